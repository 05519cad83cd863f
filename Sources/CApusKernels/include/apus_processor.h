// What a thread says to, or asks of, the processor and the scheduler while it works with others.
#ifndef APUS_PROCESSOR_H
#define APUS_PROCESSOR_H

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

/// Waiting for another core: spend less, watch memory.
static inline void apus_pause(void) {
#if defined(__x86_64__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

/// The number of the processor that runs this thread; -1 where the system does not tell.
static inline int apus_current_processor(void) {
#if defined(__linux__)
    unsigned processor = 0;
    if (syscall(SYS_getcpu, &processor, (void *)0, (void *)0) == 0) return (int)processor;
#endif
    return -1;
}

/// Moves this thread to any other processor that it may run on. It may come back later.
///
/// A woken thread often lands on the processor of the one that woke it and, where all others are busy with
/// other programs, stays there for good: two threads that should work side by side take turns.
static inline void apus_leave_processor(int processor) {
#if defined(__linux__)
    unsigned long allowed[16] = {0}, others[16];
    const int bits = 8 * (int)sizeof(unsigned long);
    if (processor < 0 || processor >= 16 * bits) return;
    if (syscall(SYS_sched_getaffinity, 0, sizeof(allowed), allowed) <= 0) return;
    int count = 0;
    for (int i = 0; i < 16; i++) {
        others[i] = allowed[i];
        if (i == processor / bits) others[i] &= ~(1ul << (processor % bits));
        if (others[i]) count++;
    }
    if (count == 0) return;
    // Only the first call moves the thread; the second lets the scheduler choose freely again.
    if (syscall(SYS_sched_setaffinity, 0, sizeof(others), others) != 0) return;
    syscall(SYS_sched_setaffinity, 0, sizeof(allowed), allowed);
#else
    (void)processor;
#endif
}

#endif
