// What Unicode 18.0 says about a scalar, in constant tables. Nothing is prepared at start-up and
// nothing is allocated: a look-up reads a block's number, a record's number and the record.
//
// The tables are printed by Reference/unicode_tables.py. Every function takes any number: what is
// beyond U+10FFFF has the properties of an unassigned scalar.
#ifndef APUS_UNICODE_H
#define APUS_UNICODE_H

#include <stdint.h>

/// The version of the Unicode Character Database in the tables: major · 100 + minor.
extern const int32_t apus_unicode_version;

/// Bits of `apus_unicode_properties.flags`. Those from `HF_` on say what Hugging Face tokenizers
/// 0.23 takes a scalar for, whose parts go by Unicode 8, 9, 16 and 17.
enum {
    APUS_UNICODE_WHITE_SPACE = 1 << 0,
    APUS_UNICODE_ALPHABETIC = 1 << 1,
    APUS_UNICODE_EMOJI = 1 << 2,
    APUS_UNICODE_EMOJI_PRESENTATION = 1 << 3,
    APUS_UNICODE_PICTOGRAPHIC = 1 << 4,
    APUS_UNICODE_IDEOGRAPHIC = 1 << 5,
    APUS_UNICODE_HF_PUNCTUATION = 1 << 6,
    APUS_UNICODE_HF_NUMERIC = 1 << 7,
    APUS_UNICODE_HF_MARK = 1 << 8,
    APUS_UNICODE_HF_NONSPACING_MARK = 1 << 9,
    APUS_UNICODE_HF_CONTROL = 1 << 10,
    APUS_UNICODE_HF_ASSIGNED = 1 << 11,
    APUS_UNICODE_HF_WORD = 1 << 12,
    APUS_UNICODE_HF_NO_LOWERCASE = 1 << 13,
    APUS_UNICODE_HF_SCRIPTED = 1 << 14,
};

/// What a scalar is. The numbers of the categories and breaks are those of the Swift enumerations.
typedef struct {
    uint8_t category, script, word_break, sentence_break;
    uint16_t flags;
} apus_unicode_properties;

/// A script's name and its four-letter code.
typedef struct {
    const char *name, *code;
} apus_unicode_script_names;

/// What is added to a scalar to get its lower case and its case folding. A folding from 0x200000 up
/// is the place of an expansion.
typedef struct {
    int32_t lower, fold;
} apus_unicode_case;

/// Up to three scalars, zeros behind the last.
typedef struct {
    uint32_t scalars[3];
} apus_unicode_expansion;

/// Bits of `apus_unicode_normal.flags`: the scalar may not, or not always, stand in text of a form;
/// it is a Hangul syllable; Unicode 9 says nothing of it.
enum {
    APUS_UNICODE_NOT_NFD = 1,
    APUS_UNICODE_NOT_NFKD = 2,
    APUS_UNICODE_NOT_NFC = 4,
    APUS_UNICODE_NOT_NFKC = 8,
    APUS_UNICODE_HANGUL_SYLLABLE = 16,
    APUS_UNICODE_AFTER_9 = 32,
};

/// How a scalar takes part in normalization: its combining class, and where its full
/// decompositions and the pairs that it begins stand.
typedef struct {
    uint8_t combining_class, flags, canonical_count, compatible_count;
    uint16_t canonical, compatible, pairs, pair_count;
} apus_unicode_normal;

/// A second scalar and what the first and it compose to.
typedef struct {
    uint32_t second, composed;
} apus_unicode_pair;

extern const uint16_t apus_unicode_property_blocks[], apus_unicode_property_cells[];
extern const apus_unicode_properties apus_unicode_property_records[];
extern const apus_unicode_script_names apus_unicode_scripts[];
extern const int32_t apus_unicode_script_count;
extern const uint16_t apus_unicode_case_blocks[], apus_unicode_case_cells[];
extern const apus_unicode_case apus_unicode_case_records[];
extern const apus_unicode_expansion apus_unicode_foldings[];
extern const uint16_t apus_unicode_normal_blocks[], apus_unicode_normal_cells[];
extern const apus_unicode_normal apus_unicode_normal_records[];
extern const uint32_t apus_unicode_decompositions[];
extern const apus_unicode_pair apus_unicode_pairs[];

#define APUS_UNICODE_BLOCK 7
// U+3FFFF is a noncharacter, unassigned for good, and so stands for what is no scalar.
#define APUS_UNICODE_FIND(table, scalar) \
    uint32_t known = (scalar) < 0x110000 ? (scalar) : 0x3FFFF; \
    uint32_t cell = (uint32_t)apus_unicode_##table##_blocks[known >> APUS_UNICODE_BLOCK]; \
    cell = cell << APUS_UNICODE_BLOCK | (known & ((1u << APUS_UNICODE_BLOCK) - 1)); \
    return &apus_unicode_##table##_records[apus_unicode_##table##_cells[cell]]

static inline const apus_unicode_properties *apus_unicode_properties_of(uint32_t scalar) {
    APUS_UNICODE_FIND(property, scalar);
}

static inline const apus_unicode_case *apus_unicode_case_of(uint32_t scalar) {
    APUS_UNICODE_FIND(case, scalar);
}

static inline const apus_unicode_normal *apus_unicode_normal_of(uint32_t scalar) {
    APUS_UNICODE_FIND(normal, scalar);
}

/// The names of a script by its number, below `apus_unicode_script_count`.
static inline const apus_unicode_script_names *apus_unicode_script_at(int32_t script) {
    return &apus_unicode_scripts[script];
}

/// The scalars of a folding from 0x200000 up.
static inline const uint32_t *apus_unicode_folding_at(int32_t fold) {
    return apus_unicode_foldings[fold - 0x200000].scalars;
}

/// The decomposed scalars from a place on.
static inline const uint32_t *apus_unicode_decomposition_at(uint16_t place) {
    return &apus_unicode_decompositions[place];
}

/// The scalar that `first` and `second` compose to, or 0. Hangul aside.
static inline uint32_t apus_unicode_composed(const apus_unicode_normal *first, uint32_t second) {
    const apus_unicode_pair *pair = apus_unicode_pairs + first->pairs;
    for (uint32_t i = 0; i < first->pair_count; ++i)
        if (pair[i].second == second) return pair[i].composed;
    return 0;
}

/// A named character reference of HTML5: the name without `&`, with `;` where it has one, and what it stands for.
typedef struct {
    const char *name;
    const char *value;
} apus_html_entity;

/// All of them, sorted by the bytes of the name.
const apus_html_entity *apus_html_entities(int *count);

#endif
