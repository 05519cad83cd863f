// The constants of Philox4x32-10: two multipliers, and what the two halves of the key grow by each round.
#ifndef APUS_PHILOX_H
#define APUS_PHILOX_H

#define PHILOX_MULTIPLIER_0 0xD2511F53u
#define PHILOX_MULTIPLIER_1 0xCD9E8D57u
#define PHILOX_KEY_STEP_0 0x9E3779B9u
#define PHILOX_KEY_STEP_1 0xBB67AE85u
#define PHILOX_ROUNDS 10

#endif
