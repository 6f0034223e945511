/* Not inline: by -fno-math-errno GCC takes malloc for a function that leaves errno alone. */
#include "app/base/memory_watch.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

/* Whether the heap can't grow because something lies behind it, and there is memory elsewhere: glibc's malloc takes
 * that then, and leaves errno as the kernel's refusal set it. So it is under qemu, for one. */
static bool is_walled_in(void) {
    enum { MOST = 33 << 20 }; /* bytes: more than malloc wants of the heap at a time (mallopt(3), M_MMAP_THRESHOLD) */
    uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE), end = ((uintptr_t)sbrk(0) + page - 1) / page * page;
    int access = PROT_NONE, flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
    void *behind = mmap((void *)end, MOST, access, flags | MAP_FIXED_NOREPLACE, -1, 0);
    bool walled = behind == MAP_FAILED ? errno == EEXIST : behind != (void *)end; /* qemu: as a hint */
    if (behind != MAP_FAILED)
        munmap(behind, MOST);
    void *elsewhere = walled ? mmap(NULL, MOST, access, flags, -1, 0) : MAP_FAILED;
    if (elsewhere != MAP_FAILED)
        munmap(elsewhere, MOST);
    return elsewhere != MAP_FAILED;
}

int memory_watch(void) {
    int before = errno;
    errno = 0;
    return before;
}

bool memory_failed(int before) {
    bool failed = errno == ENOMEM && !is_walled_in();
    if (!failed)
        errno = before;
    return failed;
}

enum { STACK = 1 << 20 }; /* bytes */

/* Not inline: its frame is what is reached for. */
__attribute__((noinline)) static int reach_down(void) {
    volatile char deep[STACK];
    deep[0] = 0;
    return deep[0];
}

void memory_grow_stack(void) {
    struct rlimit most;
    if (getrlimit(RLIMIT_STACK, &most) != 0 || most.rlim_cur < 4 * STACK)
        return;
    void *room = mmap(NULL, 2 * STACK, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (room == MAP_FAILED)
        return; /* there is too little for anything else, and that is going to be said */
    munmap(room, 2 * STACK);
    (void)reach_down();
}

bool memory_enough(void) {
    void *volatile memory = malloc((size_t)4 << 20); /* volatile: a compiler may leave out both */
    free(memory);
    return memory != NULL;
}
