/* A catalog of translated words: gettext's .mo files, as msgfmt writes them (GNU gettext manual, "The Format of GNU MO
 * Files"), of either byte order, in UTF-8. Read whole; constant from then on, so that threads may share it. */
#ifndef EASYFIRST_CATALOG_H
#define EASYFIRST_CATALOG_H

#include "core/status.h"

#include <stddef.h>

typedef struct Catalog Catalog;

/* NULL and *status where the file can't be read, is larger than 16 MB, not in UTF-8 or not a catalog: every string is
 * within it and ended, in order, and the rule of plural forms can be followed. */
Catalog *catalog_read(const char *path, Status *status);
void catalog_free(Catalog *catalog);

/* The words for `english` in `context` (NULL: none), or NULL. Lives as long as the catalog. */
const char *catalog_find(const Catalog *catalog, const char *context, const char *english);
/* The words for n things whose English singular is `one`, or NULL. */
const char *catalog_find_plural(const Catalog *catalog, const char *one, size_t n);

#endif
