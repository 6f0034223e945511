/* A session that is written as it grows (session_file.h), by a thread of its own: records are appended and brought to
 * the disk there, and whoever puts them never waits for it. What was put before the program is killed, and on disk, is
 * there when it is read again. */
#ifndef EASYFIRST_SESSION_PEN_H
#define EASYFIRST_SESSION_PEN_H

#include "app/experiment/log_text.h"
#include "core/status.h"

#include <stddef.h>

/* Bytes that may wait for the disk; one record is always taken. */
#define SESSION_PEN_ROOM ((size_t)64 << 20)

typedef struct SessionPen SessionPen;

/* Makes the file, anew if there is one, and locks it (flock) as long as it is open: one that another program writes is
 * refused. NULL and *status on failure. */
SessionPen *session_pen_open(const char *path, Status *status);

/* Copies a record, and returns at once. False if it is not taken: too much waits already, or there is no memory. Then
 * it has to be put again, or with more of the log, before anything else. */
bool session_pen_put(SessionPen *pen, const char *kind, const char *bytes, size_t size);

/* A record that is made where it is written, so that the caller does not wait for that either. It is written behind all
 * that was put before, and when nothing else waits: so what is put later may stand before it, and a pen that closes
 * leaves it out. make is called once, by the pen's thread, or by whoever gives the pen up: then text is NULL, and only
 * what user is has to be freed. If it fails (LogText.failed), the record is left out. False without memory, and while
 * another one waits or is written; then make is not called. */
typedef void (*SessionMake)(void *user, LogText *text);
bool session_pen_put_made(SessionPen *pen, const char *kind, SessionMake make, void *user);
/* Whether one waits or is written. */
bool session_pen_makes(SessionPen *pen);

/* False and one line when something is wrong that has not been said: once for each row of failures (what could not be
 * written is kept, and tried again every second), and once for each time that the disk does not follow. */
bool session_pen_state(SessionPen *pen, Status *status);

/* Whether all that was put is on disk, also what is to be made. */
bool session_pen_is_done(SessionPen *pen);

/* How many bytes have been put, or made, so far. */
size_t session_pen_bytes(SessionPen *pen);

const char *session_pen_path(const SessionPen *pen); /* absolute where it can be */

/* Writes what waits, but makes nothing any longer, for at most so many seconds, and frees the pen. False and one line
 * if it is not all on disk. A file in which no record is whole is removed: it would be taken for a damaged session.
 * NULL is fine. */
bool session_pen_close(SessionPen *pen, double seconds, Status *status);

/* Whether a program has the file open with a pen. */
bool session_pen_writes(const char *path);

#endif
