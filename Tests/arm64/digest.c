#include "digest.h"

apus_isa isa;

static uint64_t state, hash;
static const char *family, *kernel;
static size_t slots;
static unsigned char called[64];
static void *blocks[4096];
static size_t block_count;

void seed(uint64_t value) { state = value * 0x9e3779b97f4a7c15u + 1; }

static uint64_t next(void) {
    // SplitMix64 (Steele, Lea, Flood 2014).
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return z ^ z >> 31;
}

uint32_t draw(uint32_t below) { return (uint32_t)(next() >> 32) % below; }

static void *block_of(size_t size) {
    if (block_count == sizeof blocks / sizeof *blocks) {
        fprintf(stderr, "kernels: too many blocks of memory; release() between the cases\n");
        exit(2);
    }
    void *block = NULL;
    if (posix_memalign(&block, 64, size + 64) != 0) {
        fprintf(stderr, "kernels: no memory\n");
        exit(2);
    }
    memset(block, 0, size + 64);
    return blocks[block_count++] = block;
}

void release(void) {
    while (block_count > 0) free(blocks[--block_count]);
}

float *numbers(size_t count, float range) {
    float *values = block_of(4 * (count + MARGIN));
    for (size_t i = 0; i < count; i++) {
        values[i] = range * ((float)(next() >> 40) * 0x1p-23f - 1);
    }
    return values;
}

float *edge_numbers(size_t count, float range) {
    static const uint32_t edges[] = {
        0x00000000, 0x80000000, 0x7f800000, 0xff800000, 0x7fc00000, 0x00000001, 0x80000001,
        0x007fffff, 0x00800000, 0x807fffff, 0x7f7fffff, 0xff7fffff, 0x3f800000, 0xbf800000,
        0x3f7fffff, 0x42b17218, 0xc2aeac50, 0x4b800000, 0x33800000, 0x4effffff, 0x00ffffff,
    };
    float *values = numbers(count, range);
    for (size_t i = 0; i < count; i++) {
        if (draw(3) == 0) memcpy(values + i, edges + draw(sizeof edges / 4), 4);
        if (draw(7) == 0) {
            uint32_t bits = (uint32_t)next();
            memcpy(values + i, &bits, 4);
        }
    }
    return values;
}

float *any_numbers(size_t count, float range, int has_edges) {
    return has_edges ? edge_numbers(count, range) : numbers(count, range);
}

int32_t *integers(size_t count, int32_t below) {
    int32_t *values = block_of(4 * (count + MARGIN));
    for (size_t i = 0; i < count; i++) values[i] = (int32_t)draw((uint32_t)below);
    return values;
}

float *result_of(size_t count) {
    float *values = block_of(4 * (count + MARGIN));
    for (size_t i = 0; i < count + MARGIN; i++) values[i] = -77.25f;
    return values;
}

static void add_word(uint32_t word) {
    for (int shift = 0; shift < 32; shift += 8) {
        hash = (hash ^ (word >> shift & 255)) * 0x100000001b3u;
    }
}

void add_floats(const float *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t bits;
        memcpy(&bits, values + i, 4);
        add_word(values[i] != values[i] ? 0x7fc00000 : bits);
    }
}

void add_result(const float *values, size_t count) { add_floats(values, count + MARGIN); }

void add_doubles(const double *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint64_t bits;
        memcpy(&bits, values + i, 8);
        if (values[i] != values[i]) bits = 0x7ff8000000000000u;
        add_word((uint32_t)bits);
        add_word((uint32_t)(bits >> 32));
    }
}

void add_integers(const int32_t *values, size_t count) {
    for (size_t i = 0; i < count; i++) add_word((uint32_t)values[i]);
}

void add_bytes(const uint8_t *values, size_t count) {
    for (size_t i = 0; i < count; i++) add_word(values[i]);
}

static void end_kernel(void) {
    if (kernel) printf("%s.%s %016llx\n", family, kernel, (unsigned long long)hash);
    kernel = NULL;
    release();
}

void begin_family(const char *name, size_t size) {
    family = name;
    slots = size / sizeof(void (*)(void));
    memset(called, 0, sizeof called);
}

void skip_field(size_t offset) { called[offset / sizeof(void (*)(void))] = 1; }

void begin_kernel(const char *name, size_t offset) {
    end_kernel();
    kernel = name;
    hash = 0xcbf29ce484222325u;
    seed(offset + 7);
    skip_field(offset);
}

int end_family(void) {
    end_kernel();
    int is_complete = 1;
    for (size_t slot = 0; slot < slots; slot++) {
        if (called[slot]) continue;
        fprintf(
            stderr,
            "kernels: field %zu of apus_%s_kernels is not called here; add a KERNEL for it to "
            "Tests/arm64\n",
            slot, family);
        is_complete = 0;
    }
    return is_complete;
}
