/* Memory for pictures and fields. */
#ifndef EASYFIRST_LARGE_PAGES_H
#define EASYFIRST_LARGE_PAGES_H

#include <stddef.h>

/* As malloc; what is a megabyte or more lies on large pages where the system gives some: the first touch of a picture
 * otherwise costs as much as drawing it. To be freed with free. */
void *large_pages_alloc(size_t bytes);

#endif
