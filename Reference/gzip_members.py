#!/usr/bin/env python3
"""The compressed bytes of SystemTests/GzipTests.swift.

Another version of zlib may compress to other bytes, just as good; those of the test stay.
"""

import gzip

for text in [b"swifts sleep\n", b"on the wing\n"]:
    member = bytearray(gzip.compress(text, mtime=0))
    member[9] = 0xFF  # made on an unknown system: versions of Python differ in what they write here
    assert gzip.decompress(member) == text
    print(repr(text))
    for start in range(0, len(member), 12):
        print("   ", " ".join(f"0x{byte:02X}," for byte in member[start:start + 12]))
