/* Memory for pictures and fields. */
#ifndef EASYFIRST_LARGE_PAGES_H
#define EASYFIRST_LARGE_PAGES_H

#include <stddef.h>

/* As malloc, but a megabyte or more is put on large pages where the system gives some: otherwise the first touch of a
 * picture costs as much as drawing it. Freed with free. */
void *large_pages_alloc(size_t bytes);

#endif
