#include "apus_embedding.h"

#include <string.h>

// A stable radix sort of (id, position) by id, least digit first: equal ids keep their order of position,
// so the order of every later sum is fixed by the data alone. Digits are as wide as makes the fewest passes:
// a batch of some hundred ids is sorted in about a microsecond.

enum { MOST_BUCKETS = 2048 };

typedef struct {
    int passes, bits;  // passes · bits covers the largest id
} digits;

static digits digits_for(uint32_t largest_id, size_t count) {
    int id_bits = largest_id ? 32 - __builtin_clz(largest_id) : 1;
    // Counting 2048 buckets pays when there are many more ids than that.
    int widest = count < 2048 ? 8 : 11;
    int passes = (id_bits + widest - 1) / widest;
    return (digits){passes, (id_bits + passes - 1) / passes};
}

// Sorts into workspace[0 ..< count] (id in the high, position in the low half); the other half is scratch.
static void sort_by_id(uint64_t *workspace, const int32_t *ids, size_t count) {
    uint32_t all = 0;
    for (size_t i = 0; i < count; i++) all |= (uint32_t)ids[i];
    digits d = digits_for(all, count);
    uint32_t mask = (1u << d.bits) - 1;

    // An odd number of passes starts in the upper half, so that the last one ends in the lower.
    uint64_t *from = workspace + (d.passes % 2 ? count : 0);
    uint64_t *to = workspace + (d.passes % 2 ? 0 : count);
    for (size_t i = 0; i < count; i++) from[i] = (uint64_t)(uint32_t)ids[i] << 32 | i;

    for (int pass = 0; pass < d.passes; pass++) {
        uint32_t next[MOST_BUCKETS];
        memset(next, 0, sizeof(uint32_t) << d.bits);
        for (size_t i = 0; i < count; i++) next[(uint32_t)ids[i] >> pass * d.bits & mask]++;
        uint32_t start = 0;
        for (uint32_t bucket = 0; bucket <= mask; bucket++) {
            uint32_t in_bucket = next[bucket];
            next[bucket] = start;
            start += in_bucket;
        }
        int shift = 32 + pass * d.bits;
        for (size_t i = 0; i < count; i++) to[next[from[i] >> shift & mask]++] = from[i];
        uint64_t *swap = from;
        from = to;
        to = swap;
    }
}

size_t apus_transpose_bags(
    int32_t *rows, int32_t *starts, int32_t *sources, float *coefficients, uint64_t *workspace,
    const int32_t *ids, const int32_t *offsets, const float *weights, size_t bags, apus_bag_mode mode) {
    int64_t first = offsets ? offsets[0] : 0;
    size_t count = offsets ? (size_t)(offsets[bags] - first) : bags;
    starts[0] = 0;
    if (count == 0) return 0;
    ids += first;
    sort_by_id(workspace, ids, count);

    // The scratch half now says for each position its bag and its factor.
    typedef struct {
        int32_t bag;
        float factor;
    } place;
    place *places = (place *)(workspace + count);
    for (size_t b = 0; offsets && b < bags; b++) {
        int64_t size = offsets[b + 1] - offsets[b];
        float divisor = mode == APUS_BAG_MEAN ? (float)size : 1;
        float share = 1 / divisor;
        for (int64_t i = offsets[b]; i < offsets[b + 1]; i++) {
            places[i - first] = (place){(int32_t)b, weights ? weights[i] / divisor : share};
        }
    }

    size_t unique = 0;
    for (size_t k = 0; k < count; k++) {
        uint32_t position = (uint32_t)workspace[k];
        place at = offsets ? places[position] : (place){(int32_t)position, 1};
        sources[k] = at.bag;
        if (coefficients) coefficients[k] = at.factor;
        // Written always and kept when the id changes: a branch here would be guessed wrong often.
        rows[unique] = (int32_t)(workspace[k] >> 32);
        starts[unique + 1] = (int32_t)k + 1;
        unique += k + 1 == count || workspace[k + 1] >> 32 != workspace[k] >> 32;
    }
    return unique;
}
