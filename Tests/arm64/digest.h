// What the program of kernel digests is made of: numbers, hashes, and the count of what was called.
#ifndef DIGEST_H
#define DIGEST_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CApusKernels.h"

// The instruction set whose tables are called.
extern apus_isa isa;

// Floats that are written behind every result: a kernel that writes past its end changes the digest.
enum { MARGIN = 24 };

// Where the next numbers are drawn: every kernel begins anew, so that the order of the calls does not matter.
void seed(uint64_t value);
uint32_t draw(uint32_t below);

// `count` floats in -range ..< range, aligned to 64 bytes.
float *numbers(size_t count, float range);

// The same with infinities, NaNs, denormals, signed zeros and the largest numbers among them.
float *edge_numbers(size_t count, float range);

// Floats at the edge where `has_edges`.
float *any_numbers(size_t count, float range, int has_edges);

// `count` integers in 0 ..< below, or in -1 ... below with some that are outside.
int32_t *integers(size_t count, int32_t below);

// Memory of a result: every float the same, MARGIN more than asked for.
float *result_of(size_t count);

// Frees all of the above.
void release(void);

// The digest that is made now (FNV-1a over 32-bit words). All NaNs are one.
void add_floats(const float *values, size_t count);
void add_doubles(const double *values, size_t count);
void add_integers(const int32_t *values, size_t count);
void add_bytes(const uint8_t *values, size_t count);
void add_result(const float *values, size_t count);

// A family begins: its table has `size` bytes, all of them pointers to functions or sizes.
void begin_family(const char *family, size_t size);

// A kernel begins: the field at `offset` of the table.
void begin_kernel(const char *name, size_t offset);

// A field that is no function.
void skip_field(size_t offset);

// The last kernel's line is printed; false where the family has a function that was not called.
int end_family(void);

#define FAMILY(name) begin_family(#name, sizeof(apus_##name##_kernels))
#define KERNEL(family, field) begin_kernel(#field, offsetof(apus_##family##_kernels, field))

void math_digests(void);
int pointwise_digests(void);
int reduce_digests(void);
int matmul_digests(void);
int normalization_digests(void);
int attention_digests(void);
int pooling_digests(void);
int recurrent_digests(void);
int random_digests(void);
int embedding_digests(void);
int optimizer_digests(void);
int glove_digests(void);
int wordvector_digests(void);

#endif
