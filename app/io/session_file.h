/* Sessions in files, NAME.easyfirst: a log (experiment/run_log.h), what the window showed, and for long runs the whole
 * state at some byte of the log, so that it need not be played from the beginning.
 *
 *     easyfirst session 1                            version; a program that knows only older ones refuses the file
 *     source 43 1b2c3d4e                             a record: kind, bytes and sum, then so many bytes and a line's end
 *     2700 9a8b7c6d /home/me/my points.csv           bytes and CRC-32 of the points' file, and its name
 *
 *     log 8123 2c3d4e5f
 *     easyfirst log 1
 *     ...
 *
 *     view 40 3d4e5f60
 *     ...
 *
 *     end 0 4e5f6071
 *
 * Kinds are words of at most SESSION_KIND letters; a program skips those that it does not know:
 *
 *     source      the file that the points are from, as it was when they were read; names have %XX as in logs
 *     log         its bytes are appended to the log so far
 *     view        what the window showed: lines `name value`, the window's alone. Replaces the view so far
 *     checkpoint  a line `BYTES KERNELS`, then a state (experiment/checkpoint.h): as it is behind so many bytes of the
 *                 log, trained with those kernels. Replaces the one so far
 *     end         no bytes: the session was closed in order, and nothing follows
 *
 * A sum is the CRC-32 (zlib's) of all records up to this one, each as KIND, a blank, BYTES, a blank and the bytes: so
 * none can be changed, lost or moved without that being seen. What stands in a file is sound up to its last whole
 * record. A session that is saved has one log; one that the program keeps by itself grows by records as long as it runs
 * (session_pen.h). The log needs no end of its own. */
#ifndef EASYFIRST_SESSION_FILE_H
#define EASYFIRST_SESSION_FILE_H

#include "app/experiment/recording.h"

#define SESSION_VERSION 1
#define SESSION_ENDING ".easyfirst"
#define SESSION_KIND 16                           /* letters */
#define SESSION_LARGEST (UINT64_C(2) << 30)       /* bytes of a file: what is longer is read no further */
#define SESSION_HEAD (SESSION_KIND + 2 + 20 + 10) /* bytes of a record's first line and a 0, at most */

/* A file that points were read from. */
typedef struct SessionSource {
    char *path; /* absolute; owned; NULL: there is none */
    uint64_t size;
    uint32_t sum; /* CRC-32 */
} SessionSource;

typedef struct Session {
    char *path; /* that it was read from; owned, like all below */
    char *log;
    size_t log_size; /* bytes; room for one more is there */
    char *view;      /* NULL: none */
    size_t view_size;
    char *checkpoint; /* the state alone; NULL: none */
    size_t checkpoint_size;
    size_t checkpoint_at; /* bytes of the log at which it was made; at most log_size */
    char checkpoint_kernels[16];
    SessionSource source;
    bool ends;    /* it was closed in order. Otherwise the program was ended, or the file was cut, or it is a log alone,
                    * whose own end counts (Recording.ends) */
    bool damaged; /* what follows the sound records is not as it was written; */
    Status damage; /* where: "FILE: damaged at byte 812"; also where it breaks off in mid-record, as a program that is
                    * killed leaves it. Its code is STATUS_OK if there is nothing of the kind */
} Session;

/* Whether the name is a session's: it ends in .easyfirst. */
bool session_is_file(const char *name);

/* Reads a session, or a log alone, which is a session without anything else. *session is overwritten. Sound records are
 * kept, whatever follows them. False and one line if not even the beginning is sound, if it has no log, or if it is
 * something else, or of another version. Memory is taken as bytes come, not as the file says. */
bool session_read(Session *session, const char *path, Status *status);
/* The same of a file: a pipe, which would have to be waited for, is refused. */
bool session_read_file(Session *session, const char *path, Status *status);
/* That without the log (NULL; its size is told), the source and the checkpoint, whose bytes are passed over: damage
 * in them is not seen. */
bool session_read_view(Session *session, const char *path, Status *status);
void session_free(Session *session); /* leaves it zeroed, which is valid and empty */

/* Writes source, log, view and checkpoint, those that there are, and an end: whole or not at all (file_write.h). */
bool session_write(const Session *session, const char *path, bool replace, Status *status);

/* Reads the log of a session for a tape; the session's own stays as it is. Where it is damaged or breaks off, one line
 * in *doubt says what could be played: "FILE: damaged at byte N; what was done until epoch 9 can be opened"; else "". */
bool session_recording(const Session *session, Recording *recording, char doubt[1024], Status *status);

/* Both for the terminal: a damaged one is refused with what could be done, unless `sound_part`. Doubts are said on
 * stderr. */
bool session_open(Session *session, Recording *recording, const char *path, bool sound_part, Status *status);

/* ---- the points' file ---- */

/* Of a regular file: it is read once, which may take a second for a GB. To be called when the points are read, by the
 * same thread; a session that goes on keeps the source that it had. False, and an empty source, if it is none or cannot
 * be read. *source is overwritten. */
bool session_source_of(SessionSource *source, const char *path);
bool session_source_copy(SessionSource *copy, const SessionSource *source, Status *status);
void session_source_free(SessionSource *source);

/* The bytes of its record. */
void session_put_source(LogText *text, const SessionSource *source);

/* Whether the file, as it is now, is there and another than it was; then a line that says so. */
bool session_source_differs(const SessionSource *was, const SessionSource *now, char text[1024]);
/* The same by reading it now. */
bool session_source_changed(const SessionSource *source, char text[1024]);

/* ---- shared with the pen ---- */

/* The sum before the first record. */
#define SESSION_SUM 0

/* The bytes of a checkpoint's record: a line, and the state. */
void session_put_checkpoint(LogText *text, const Session *session);

/* The first line of a file, and that of a record. *sum goes on from the record before. */
int session_put_version(char head[SESSION_HEAD]);
int session_put_head(char head[SESSION_HEAD], uint32_t *sum, const char *kind, const char *bytes, size_t size);

#endif
