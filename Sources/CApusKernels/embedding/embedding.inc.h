// Bags and gathers of embedding rows for one instruction set. A table does not fit the caches, so the cost
// is the random access: rows are asked for some ids ahead, and each is read once for up to MOST_VECTORS · 16
// columns, whose sums stay in registers over the whole bag.

#include "narrow.inc.h"
#include "apus_reduce.h"

#if APUS_TARGET_CODE == APUS_TARGET_IS_avx512
#define MOST_VECTORS 8
#elif APUS_TARGET_CODE == APUS_TARGET_IS_portable
#define MOST_VECTORS 2
#else
#define MOST_VECTORS 4
#endif

// How many ids ahead a row is asked for: out of a big table, rows of 10 floats come twice as fast at 48 as at
// 12 (the processor's own reordering reaches that far), wide ones are as fast from 12 on.
enum { NARROW_ROWS_AHEAD = 48, WIDE_ROWS_AHEAD = 16 };

static inline APUS_INLINE void ask_for_row(const float *row, size_t width) {
    // A 16th float starts each next cache line, and the last float may stand in one more.
    for (size_t column = 0; column < width; column += 16) __builtin_prefetch(row + column, 0, 3);
    __builtin_prefetch(row + width - 1, 0, 3);
}

// The positions first ..< end of one bag; `list_end` is where the ids of the whole call end.
typedef struct {
    const float *table;
    const int32_t *ids;
    const float *weights;
    size_t width;
    int64_t first, end, list_end;
} bag;

static inline APUS_INLINE lanes bag_add(lanes sum, lanes value, float weight, int weighted) {
    return weighted ? fma_lanes(all_lanes(weight), value, sum) : sum + value;
}

static inline APUS_INLINE lanes bag_finish(lanes sum, const bag *b, apus_bag_mode mode) {
    if (mode != APUS_BAG_MEAN || b->first == b->end) return sum;
    return sum / all_lanes((float)(b->end - b->first));
}

// `vectors` (a constant) times 16 columns from `column` on. The last vector starts at `last`: it overlaps
// the one before where the width is no multiple of 16.
static inline APUS_INLINE void bag_vectors(
    int vectors, int weighted, float *out, const bag *b, size_t column, size_t last,
    apus_bag_mode mode) {
    lanes sums[MOST_VECTORS];
    for (int v = 0; v < vectors; v++) sums[v] = all_lanes(0);
    for (int64_t i = b->first; i < b->end; i++) {
        if (i + WIDE_ROWS_AHEAD < b->list_end) {
            const float *ahead = b->table + (size_t)b->ids[i + WIDE_ROWS_AHEAD] * b->width + column;
            for (int v = 0; v < vectors; v++) __builtin_prefetch(ahead + 16 * v, 0, 3);
            __builtin_prefetch(ahead + (last - column) + 15, 0, 3);
        }
        const float *row = b->table + (size_t)b->ids[i] * b->width;
        float weight = weighted ? b->weights[i] : 1;
        // A weight of 0 leaves a row out, whatever it holds: 0 · ∞ would be no number.
        if (weighted && weight == 0) continue;
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) {
            size_t start = v == vectors - 1 ? last : column + 16 * v;
            sums[v] = bag_add(sums[v], load_lanes(row + start), weight, weighted);
        }
    }
    for (int v = 0; v < vectors; v++) {
        size_t start = v == vectors - 1 ? last : column + 16 * v;
        store_lanes(out + start, bag_finish(sums[v], b, mode));
    }
}

static inline APUS_INLINE void bag_wide(
    int weighted, float *out, const bag *b, apus_bag_mode mode) {
    size_t vectors = (b->width + 15) / 16;
    for (size_t done = 0; done < vectors; done += MOST_VECTORS) {
        size_t count = vectors - done < MOST_VECTORS ? vectors - done : MOST_VECTORS;
        size_t column = 16 * done;
        size_t last = column + 16 * (count - 1);
        if (last + 16 > b->width) last = b->width - 16;
        switch (count) {
        case 1: bag_vectors(1, weighted, out, b, column, last, mode); break;
#if MOST_VECTORS > 2
        case 2: bag_vectors(2, weighted, out, b, column, last, mode); break;
        case 3: bag_vectors(3, weighted, out, b, column, last, mode); break;
#endif
#if MOST_VECTORS > 4
        case 4: bag_vectors(4, weighted, out, b, column, last, mode); break;
        case 5: bag_vectors(5, weighted, out, b, column, last, mode); break;
        case 6: bag_vectors(6, weighted, out, b, column, last, mode); break;
        case 7: bag_vectors(7, weighted, out, b, column, last, mode); break;
#endif
        default: bag_vectors(MOST_VECTORS, weighted, out, b, column, last, mode); break;
        }
    }
}

static inline APUS_INLINE void bag_narrow(
    size_t width, int weighted, float *out, const bag *b, apus_bag_mode mode) {
    lanes sum = all_lanes(0);
    for (int64_t i = b->first; i < b->end; i++) {
        if (i + NARROW_ROWS_AHEAD < b->list_end) {
            ask_for_row(b->table + (size_t)b->ids[i + NARROW_ROWS_AHEAD] * width, width);
        }
        if (weighted && b->weights[i] == 0) continue;
        lanes value = load_narrow(b->table + (size_t)b->ids[i] * width, width);
        sum = bag_add(sum, value, weighted ? b->weights[i] : 1, weighted);
    }
    store_narrow(out, width, bag_finish(sum, b, mode));
}

// A bag of more ids than a chunk of a sum has: pieces of APUS_COLUMN_PIECE, their sums added in double. 64
// columns at a time.
static void long_bag(int weighted, float *out, const bag *b, apus_bag_mode mode) {
    enum { VECTORS = 4 };
    typedef double totals __attribute__((vector_size(128)));
    for (size_t column = 0; column < b->width; column += 16 * VECTORS) {
        int64_t left[VECTORS];
        totals total[VECTORS];
        for (int v = 0; v < VECTORS; v++) {
            int64_t rest = (int64_t)b->width - (int64_t)column - 16 * v;
            left[v] = rest < 0 ? 0 : rest > 16 ? 16 : rest;
            total[v] = (totals){0};
        }
        for (int64_t start = b->first; start < b->end; start += APUS_COLUMN_PIECE) {
            int64_t end = b->end - start < APUS_COLUMN_PIECE ? b->end : start + APUS_COLUMN_PIECE;
            lanes sums[VECTORS] = {all_lanes(0), all_lanes(0), all_lanes(0), all_lanes(0)};
            for (int64_t i = start; i < end; i++) {
                const float *row = b->table + (size_t)b->ids[i] * b->width + column;
                for (int v = 0; v < VECTORS && left[v] > 0; v++) {
                    lanes value = left[v] == 16 ? load_lanes(row + 16 * v)
                                                : load_first_lanes(row + 16 * v, left[v]);
                    sums[v] = bag_add(sums[v], value, weighted ? b->weights[i] : 1, weighted);
                }
            }
            for (int v = 0; v < VECTORS; v++) {
                total[v] += __builtin_convertvector(sums[v], totals);
            }
        }
        for (int v = 0; v < VECTORS && left[v] > 0; v++) {
            lanes sum = bag_finish(__builtin_convertvector(total[v], lanes), b, mode);
            store_first_lanes(out + column + 16 * v, sum, left[v]);
        }
    }
}

static inline APUS_INLINE void all_bags(
    int weighted, float *out, bag b, const int32_t *offsets, size_t first_bag, size_t end_bag,
    apus_bag_mode mode) {
    for (size_t i = first_bag; i < end_bag; i++) {
        b.first = offsets[i];
        b.end = offsets[i + 1];
        float *row = out + i * b.width;
        if (b.end - b.first > APUS_SUM_CHUNK) {
            long_bag(weighted, row, &b, mode);
        } else if (b.width >= 16) {
            bag_wide(weighted, row, &b, mode);
        } else {
            bag_narrow(b.width, weighted, row, &b, mode);
        }
    }
}

static void APUS_NAME(embedding_bags)(
    float *out, const float *table, size_t width, const int32_t *ids, const int32_t *offsets,
    const float *weights, size_t first_bag, size_t end_bag, apus_bag_mode mode) {
    if (width == 0 || first_bag >= end_bag) return;
    bag b = {table, ids, weights, width, 0, 0, offsets[end_bag]};
    if (weights) {
        all_bags(1, out, b, offsets, first_bag, end_bag, mode);
    } else {
        all_bags(0, out, b, offsets, first_bag, end_bag, mode);
    }
}

static void APUS_NAME(embedding_gather)(
    float *out, const float *table, size_t width, const int32_t *ids, size_t count) {
    if (width == 0) return;
    size_t rows_ahead = width < 16 ? NARROW_ROWS_AHEAD : WIDE_ROWS_AHEAD;
    for (size_t i = 0; i < count; i++, out += width) {
        if (i + rows_ahead < count) {
            ask_for_row(table + (size_t)ids[i + rows_ahead] * width, width);
        }
        const float *row = table + (size_t)ids[i] * width;
        if (width < 16) {
            store_narrow(out, width, load_narrow(row, width));
            continue;
        }
        lanes tail = load_lanes(row + width - 16);
        for (size_t column = 0; column + 16 <= width; column += 16) {
            store_lanes(out + column, load_lanes(row + column));
        }
        store_lanes(out + width - 16, tail);
    }
}

static int64_t APUS_NAME(embedding_check_ids)(const int32_t *ids, size_t count, int64_t rows) {
    // As unsigned numbers, negative ids are too large as well: one comparison tests both ends.
    uint32_t limit = rows > INT32_MAX ? (uint32_t)INT32_MAX + 1 : rows < 0 ? 0 : (uint32_t)rows;
    typedef uint32_t ulanes __attribute__((vector_size(64)));
    size_t i = 0;
    for (; i + 64 <= count; i += 64) {
        ulanes part[4];
        memcpy(part, ids + i, sizeof part);
        ilanes outside = (part[0] >= limit) | (part[1] >= limit) | (part[2] >= limit)
            | (part[3] >= limit);
        if (__builtin_reduce_or(outside)) break;
    }
    for (; i < count; i++) {
        if ((uint32_t)ids[i] >= limit) return (int64_t)i;
    }
    return -1;
}

const apus_embedding_kernels APUS_NAME(apus_embedding) = {
    .bags = APUS_NAME(embedding_bags),
    .gather = APUS_NAME(embedding_gather),
    .check_ids = APUS_NAME(embedding_check_ids),
};
