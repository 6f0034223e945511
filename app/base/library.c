#include "app/base/library.h"

#include <dlfcn.h>
#include <string.h>

bool library_look_up(void *library, const LibraryName *names, size_t count, void *to) {
    for (size_t i = 0; i < count; i++) {
        void *found = library ? dlsym(library, names[i].name) : NULL;
        if (!found)
            return false;
        memcpy((char *)to + names[i].place, &found, sizeof found);
    }
    return true;
}
