// Calls every kernel of every family with fixed numbers and prints a digest of each one's results: a line a kernel.
// The lines must be the same for every instruction set and architecture (`run` compares them).
//
//     kernels portable | avx2 | avx512 | neon
#include "digest.h"

int main(int count, char **arguments) {
    static const char *const names[] = {"portable", "avx2", "avx512", "neon"};
    const char *name = count == 2 ? arguments[1] : "";
    for (int i = 0; i < 4; i++) {
        if (strcmp(name, names[i]) != 0) continue;
        isa = (apus_isa)i;
        if (!apus_isa_supported(isa)) {
            fprintf(stderr, "kernels: this processor does not run %s\n", name);
            return 3;
        }
        math_digests();
        int is_complete = pointwise_digests() & reduce_digests() & matmul_digests()
            & normalization_digests() & attention_digests() & pooling_digests()
            & recurrent_digests() & random_digests() & embedding_digests() & optimizer_digests()
            & glove_digests() & wordvector_digests();
        return is_complete ? 0 : 1;
    }
    fprintf(stderr, "usage: kernels portable | avx2 | avx512 | neon\n");
    return 64;
}
