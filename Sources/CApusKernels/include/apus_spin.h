// What a loop says to the processor while it waits for another core: spend less, watch memory.
#ifndef APUS_SPIN_H
#define APUS_SPIN_H

static inline void apus_spin_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

#endif
