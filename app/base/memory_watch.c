/* Not inline: by -fno-math-errno GCC takes malloc for a function that leaves errno alone. */
#include "app/base/memory_watch.h"

#include <errno.h>
#include <stdlib.h>

int memory_watch(void) {
    int before = errno;
    errno = 0;
    return before;
}

bool memory_failed(int before) {
    bool failed = errno == ENOMEM;
    if (!failed)
        errno = before;
    return failed;
}

bool memory_enough(void) {
    void *volatile memory = malloc((size_t)4 << 20); /* volatile: a compiler may leave out both */
    free(memory);
    return memory != NULL;
}
