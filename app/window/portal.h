/* The desktop's own file chooser, asked for over D-Bus (OpenFile and SaveFile of org.freedesktop.portal.FileChooser):
 * on a thread of its own, so that neither a slow service nor one that hangs holds up a frame. libdbus is loaded with
 * the first question. */
#ifndef EASYFIRST_PORTAL_H
#define EASYFIRST_PORTAL_H

#include "core/status.h"

#define PORTAL_PATIENCE 8.0 /* seconds in which it has to say that it shows its chooser */

typedef struct Portal Portal;

typedef enum {
    PORTAL_ASKING,    /* no answer yet */
    PORTAL_SHOWN,     /* the chooser is on the screen, or will be */
    PORTAL_CHOSEN,    /* portal_text is the file's path */
    PORTAL_CANCELLED, /* by the person */
    PORTAL_FAILED,    /* it is there, but portal_text says what went wrong */
    PORTAL_NONE,      /* there is none: no bus, no service, no libdbus */
} PortalState;

/* parent: the window that it belongs to, "x11:HEX", or "". folder: where it begins, an absolute path, or NULL. NULL and
 * *status without memory or a thread. */
Portal *portal_open(const char *parent, const char *folder, Status *status);
/* The same to save a session: name is what is proposed for it. Whether a file is replaced the chooser asks. */
Portal *portal_save(const char *parent, const char *folder, const char *name, Status *status);
bool portal_saves(const Portal *portal);

PortalState portal_state(Portal *portal);
/* Once the state is PORTAL_CHOSEN or PORTAL_FAILED: valid until portal_free. */
const char *portal_text(const Portal *portal);

/* One that is still open is closed by its thread, without being waited for. NULL is fine. */
void portal_free(Portal *portal);

/* The path that a file's URI stands for, malloc'd; NULL: it is none on this machine, or no memory. */
char *portal_path_of(const char *uri);

#endif
