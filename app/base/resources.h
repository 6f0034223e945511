/* Where the program's own files are: <folder of the executable>/share, or once installed where CMake's
 * CMAKE_INSTALL_DATADIR lies seen from CMAKE_INSTALL_BINDIR, as in ../share/easyfirst. */
#ifndef EASYFIRST_RESOURCES_H
#define EASYFIRST_RESOURCES_H

#include "core/status.h"

/* The folder `name` ("fonts", "presets") of the program's files, malloc'd; NULL and *status if there is none. */
char *resource_path(const char *name, Status *status);
/* Likewise the folder of the languages' catalogs: <folder of the executable>/locale, or CMAKE_INSTALL_LOCALEDIR. */
char *resource_catalogs(Status *status);

#endif
