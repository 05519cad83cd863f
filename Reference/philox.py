#!/usr/bin/env python3
"""The random numbers that tests expect, computed a second time from the paper and from our own definitions.

Philox4x32-10 is that of Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3" (2011).
Used by KernelTests/RandomTests.swift, CoreTests/RandomKeyTests.swift and CoreTests/RandomGeneratorTests.swift.
"""

MASK = 0xFFFFFFFF


def philox(low, high, key):
    """The four words of the block with the 128-bit counter (low, high) under a 64-bit key."""
    c = [low & MASK, low >> 32, high & MASK, high >> 32]
    k = [key & MASK, key >> 32]
    for _ in range(10):
        first, second = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [second >> 32 ^ c[1] ^ k[0], second & MASK, first >> 32 ^ c[3] ^ k[1], first & MASK]
        k = [(k[0] + 0x9E3779B9) & MASK, (k[1] + 0xBB67AE85) & MASK]
    return c


# A key derives others through counters whose upper half is not 0; its lowest byte says what for.
SPLIT, NUMBER, NAME = 1, 2, 3


def child(key, counter, purpose, length=0):
    words = philox(counter, purpose | length << 8, key)
    return words[0] | words[1] << 32


def folded(key, name):
    """The key for a purpose: eight bytes of the name at a time, with the number of those still to come."""
    data = name.encode()
    for start in range(0, max(len(data), 1), 8):
        word = int.from_bytes(data[start:start + 8], "little")
        key = child(key, word, NAME, len(data) - start)
    return key


class Generator:
    """The words of a key in order."""

    def __init__(self, key):
        self.key, self.position = key, 0

    def word(self):
        block = philox(self.position // 4, 0, self.key)
        self.position += 1
        return block[(self.position - 1) % 4]

    def below(self, bound):
        """Lemire, "Fast random integer generation in an interval" (2019)."""
        while True:
            product = self.word() * bound
            if product & MASK >= (2**32 - bound) % bound:
                return product >> 32

    def shuffled(self, values):
        """Fisher and Yates, forwards."""
        values = list(values)
        for place in range(len(values)):
            other = place + self.below(len(values) - place)
            values[place], values[other] = values[other], values[place]
        return values


def hexadecimal(words):
    return "[" + ", ".join(f"0x{word >> 16:04x}_{word & 0xFFFF:04x}" for word in words) + "]"


print("philoxGivesItsPublishedNumbers")
for low, high, key in [
    (0, 0, 0),
    (2**64 - 1, 2**64 - 1, 2**64 - 1),
    (0x85A308D3243F6A88, 0x0370734413198A2E, 0x299F31D0A4093822),
]:
    print("   ", hexadecimal(philox(low, high, key)))

print("derivedKeysStayTheSame")
print("   ", [f"{child(42, index, SPLIT):_}" for index in range(2)])
print("   ", f"{child(42, 7, NUMBER):_}")
print("   ", f"{folded(42, 'dropout'):_}")

print("permutationsStayTheSame")
generator = Generator(2026)
print("   ", generator.shuffled(range(10)))
print("   ", generator.shuffled("abcde"))
