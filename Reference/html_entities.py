"""Writes Sources/CApusUnicode/entities.c: the named character references of HTML5, sorted by name.
    python Reference/html_entities.py > Sources/CApusUnicode/entities.c
The names are the WHATWG's, as Python's html.entities carries them; without & and with ; where they have one."""
from html.entities import html5

names = sorted(html5, key=lambda name: name.encode())
print('// The named character references of HTML5, written by Reference/html_entities.py.')
print('#include "CApusUnicode.h"\n')
print('const apus_html_entity *apus_html_entities(int *count) {')
print('    static const apus_html_entity entities[] = {')
for name in names:
    value = ''.join('\\x%02x' % byte for byte in html5[name].encode())
    print('        {"%s", "%s"},' % (name, value))
print('    };')
print('    *count = sizeof entities / sizeof *entities;')
print('    return entities;')
print('}')
