/* Memory for arrays whose contents are computed anew whenever their size changes. */
#ifndef EASYFIRST_MAKE_ROOM_H
#define EASYFIRST_MAKE_ROOM_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* `items` if its capacity is enough for count items of that size; otherwise new memory for them, and `items` is
 * freed: the contents are not kept. NULL without memory; `items` and *capacity are then what they were. */
static inline void *make_room(void *items, size_t *capacity, size_t count, size_t size) {
    if (items && count <= *capacity)
        return items;
    size_t bytes;
    if (__builtin_mul_overflow(count ? count : 1, size, &bytes) || bytes > PTRDIFF_MAX)
        return NULL;
    void *larger = malloc(bytes);
    if (!larger)
        return NULL;
    free(items);
    *capacity = count;
    return larger;
}

#endif
