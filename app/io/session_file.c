#include "app/io/session_file.h"

#include "app/base/file_named.h"
#include "app/base/file_open.h"
#include "app/base/language.h"
#include "app/base/terminal.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define PIECE ((size_t)1 << 20) /* bytes that are read at a time */
#define LOG_WORD "easyfirst log "
#define SESSION_WORD "easyfirst session "

typedef struct Reader {
    FILE *stream;
    Session *session;
    uint64_t at; /* bytes read */
    uint32_t sum;
    size_t capacity; /* of the log */
    Status *status;  /* of what ends it for good: memory, the disk */
    bool failed;
    bool view_only; /* of the rest sums are read, and what they are of is not kept; a checkpoint is not even read */
} Reader;

typedef struct Head {
    char kind[SESSION_KIND + 1];
    size_t size;
    uint32_t sum, before; /* as it stands there; of all before the record's bytes */
} Head;

bool session_is_file(const char *name) {
    size_t length = strlen(name), ending = strlen(SESSION_ENDING);
    return length > ending && strcmp(name + length - ending, SESSION_ENDING) == 0;
}

void session_free(Session *s) {
    free(s->path);
    free(s->log);
    free(s->view);
    free(s->checkpoint);
    session_source_free(&s->source);
    *s = (Session){0};
}

/* ---- bytes ---- */

static bool fail(Reader *r, int error) {
    r->failed = true;
    if (error == ENOMEM)
        return status_no_memory(r->status, "the session");
    return status_fail(r->status, STATUS_FAILED, "cannot read %s: %s", r->session->path, tr_error(error));
}

/* The sound records end here. */
static void ends_at(Reader *r, uint64_t at) {
    Session *s = r->session;
    bool cut = feof(r->stream);
    s->damaged = !cut;
    status_fail(&s->damage, STATUS_FAILED, cut ? N_("%s: breaks off at byte %llu") : N_("%s: damaged at byte %llu"),
                s->path, (unsigned long long)at);
}

/* Appends so many bytes to a block, which grows as they come, with room for one more. False at the end of the file, or
 * if the reader has failed. */
static bool take_bytes(Reader *r, char **bytes, size_t *capacity, size_t *size, size_t count) {
    while (count > 0) {
        size_t piece = count < PIECE ? count : PIECE;
        if (*capacity < *size + piece + 1) {
            size_t more = *capacity / 2 < count ? *capacity / 2 : count;
            size_t longer = *size + (piece > more ? piece : more) + 1;
            char *grown = realloc(*bytes, longer);
            if (!grown)
                return fail(r, ENOMEM);
            *bytes = grown;
            *capacity = longer;
        }
        size_t got = fread(*bytes + *size, 1, piece, r->stream);
        if (got == 0 && ferror(r->stream))
            return fail(r, errno);
        r->at += got;
        *size += got;
        count -= got;
        if (got < piece)
            return false;
    }
    return true;
}

static bool skip_bytes(Reader *r, uint32_t *sum, size_t count) {
    unsigned char piece[16384];
    while (count > 0) {
        size_t got = fread(piece, 1, count < sizeof piece ? count : sizeof piece, r->stream);
        if (got == 0)
            return ferror(r->stream) ? fail(r, errno) : false;
        *sum = (uint32_t)crc32_z(*sum, piece, got);
        r->at += got;
        count -= got;
    }
    return true;
}

/* Goes past so many bytes, whose sum is taken for what the head says. False where the file cannot do that. */
static bool seek_past(Reader *r, const Head *head, uint32_t *sum) {
    if (fseeko(r->stream, (off_t)head->size, SEEK_CUR) != 0)
        return false;
    r->at += head->size;
    *sum = head->sum;
    return true;
}

/* A line without its end; false if it is longer, or the file ends in it. */
static bool take_line(Reader *r, char *line, size_t size) {
    size_t length = 0;
    for (int c; (c = getc(r->stream)) != EOF; line[length++] = (char)c) {
        r->at++;
        if (c == '\n') {
            line[length] = '\0';
            return true;
        }
        if (length + 1 >= size || c == '\0')
            return false;
    }
    return ferror(r->stream) ? fail(r, errno) : false;
}

/* ---- records ---- */

/* "KIND BYTES SUM" */
static bool take_head(Reader *r, Head *head) {
    char line[SESSION_HEAD];
    if (!take_line(r, line, sizeof line))
        return false;
    size_t length = strspn(line, "abcdefghijklmnopqrstuvwxyz-");
    uint64_t size;
    const char *c = line + length;
    if (length == 0 || length > SESSION_KIND || !log_take(&c, " ") || !log_take_whole(&c, SESSION_LARGEST, &size) ||
        !log_take(&c, " "))
        return false;
    head->before = (uint32_t)crc32_z(r->sum, (const unsigned char *)line, (size_t)(c - line));
    memcpy(head->kind, line, length);
    head->kind[length] = '\0';
    head->size = (size_t)size;
    return log_take_hex(&c, &head->sum) && *c == '\0' && size < SESSION_LARGEST - r->at;
}

/* The line's end behind a record's bytes; then it is sound. */
static bool is_sound(Reader *r, const Head *head, uint32_t sum) {
    if (sum != head->sum || getc(r->stream) != '\n')
        return false;
    r->at++;
    r->sum = sum;
    return true;
}

static uint32_t sum_of(const Head *head, const char *bytes) {
    return head->size > 0 ? (uint32_t)crc32_z(head->before, (const unsigned char *)bytes, head->size) : head->before;
}

static bool take_log(Reader *r, const Head *head) {
    Session *s = r->session;
    size_t size = s->log_size;
    if (!take_bytes(r, &s->log, &r->capacity, &size, head->size) ||
        !is_sound(r, head, head->size > 0 ? sum_of(head, s->log + s->log_size) : head->before))
        return false;
    s->log_size = size;
    return true;
}

static void use_checkpoint(Session *s, char *bytes, size_t size) {
    const char *c = bytes;
    const char *end = memchr(bytes, '\n', size);
    uint64_t at;
    size_t length = 0;
    bool good = end && log_take_whole(&c, SESSION_LARGEST, &at) && log_take(&c, " ") && c < end;
    if (good)
        length = (size_t)(end - c);
    if (!good || length >= sizeof s->checkpoint_kernels || at > s->log_size) {
        free(bytes);
        return;
    }
    free(s->checkpoint);
    memcpy(s->checkpoint_kernels, c, length);
    s->checkpoint_kernels[length] = '\0';
    s->checkpoint_at = (size_t)at;
    s->checkpoint_size = size - (size_t)(end + 1 - bytes);
    memmove(bytes, end + 1, s->checkpoint_size);
    s->checkpoint = bytes;
}

static void use_source(Session *s, const char *bytes) {
    SessionSource source = {0};
    size_t length;
    char *line = strndup(bytes, strcspn(bytes, "\n"));
    const char *c = line;
    if (line && log_take_whole(&c, UINT64_MAX, &source.size) && log_take(&c, " ") && log_take_hex(&c, &source.sum) &&
        log_take(&c, " "))
        source.path = log_take_name(&c, &length);
    free(line);
    if (!source.path)
        return;
    session_source_free(&s->source);
    s->source = source;
}

/* A record that is kept whole. */
static bool take_kept(Reader *r, const Head *head) {
    Session *s = r->session;
    char *bytes = NULL;
    size_t capacity = 0, size = 0;
    if (!take_bytes(r, &bytes, &capacity, &size, head->size) || !is_sound(r, head, sum_of(head, bytes))) {
        free(bytes);
        return false;
    }
    if (size > 0)
        bytes[size] = '\0';
    if (strcmp(head->kind, "view") == 0) {
        free(s->view);
        s->view = bytes;
        s->view_size = size;
    } else if (size > 0 && strcmp(head->kind, "checkpoint") == 0) {
        use_checkpoint(s, bytes, size);
    } else {
        if (size > 0)
            use_source(s, bytes);
        free(bytes);
    }
    return true;
}

static bool take_record(Reader *r) {
    Head head;
    if (!take_head(r, &head))
        return false;
    bool log = strcmp(head.kind, "log") == 0, view = strcmp(head.kind, "view") == 0;
    if (log && !r->view_only)
        return take_log(r, &head);
    if (view || (!r->view_only && (strcmp(head.kind, "checkpoint") == 0 || strcmp(head.kind, "source") == 0)))
        return take_kept(r, &head);
    uint32_t sum = head.before;
    bool past = strcmp(head.kind, "checkpoint") == 0 && seek_past(r, &head, &sum);
    if ((!past && !skip_bytes(r, &sum, head.size)) || !is_sound(r, &head, sum))
        return false;
    r->session->log_size += log ? head.size : 0;
    r->session->ends = strcmp(head.kind, "end") == 0;
    return true;
}

static bool is_over(Reader *r) {
    int c = getc(r->stream);
    if (c == EOF)
        return true;
    ungetc(c, r->stream);
    return false;
}

static void take_records(Reader *r) {
    bool good = true;
    while (good && !is_over(r)) {
        uint64_t at = r->at;
        good = !r->session->ends && take_record(r);
        if (!good && !r->failed)
            ends_at(r, at);
    }
    if (!good)
        r->session->ends = false;
}

/* ---- the whole ---- */

/* A log alone: all that there is, up to a byte that no log has. */
static void take_rest(Reader *r, const char *line) {
    Session *s = r->session;
    size_t length = strlen(line);
    bool more = (s->log = malloc(PIECE)) != NULL;
    if (!more) {
        fail(r, ENOMEM);
        return;
    }
    r->capacity = PIECE;
    memcpy(s->log, line, length);
    s->log[length] = '\n';
    s->log_size = length + 1;
    for (size_t before = s->log_size; more && r->at < SESSION_LARGEST; before = s->log_size) {
        more = take_bytes(r, &s->log, &r->capacity, &s->log_size, PIECE) &&
               !memchr(s->log + before, '\0', s->log_size - before);
    }
}

static bool take_all(Reader *r) {
    Session *s = r->session;
    char line[SESSION_HEAD];
    const char *c = line;
    uint64_t version;
    bool whole = take_line(r, line, sizeof line);
    if (r->failed)
        return false;
    if (whole && strncmp(line, LOG_WORD, strlen(LOG_WORD)) == 0) {
        take_rest(r, line);
        return !r->failed;
    }
    if (!whole || !log_take(&c, SESSION_WORD) || !log_take_whole(&c, 1000000, &version) || *c != '\0')
        return status_fail(r->status, STATUS_USAGE, "%s: this is no session of easyfirst, and no log", s->path);
    if (version != SESSION_VERSION)
        return status_fail(r->status, STATUS_USAGE,
                           "%s: a session of version %llu, and this easyfirst reads version %d; a newer one reads it",
                           s->path, (unsigned long long)version, SESSION_VERSION);
    take_records(r);
    if (r->failed)
        return false;
    if (s->log_size == 0 && s->damage.code != STATUS_OK)
        return status_fail(r->status, STATUS_FAILED, "%.900s; nothing before that can be opened", s->damage.message);
    return s->log_size > 0 || status_fail(r->status, STATUS_FAILED, "%s: there is no run in this session", s->path);
}

typedef enum { READ_ANY, READ_FILE, READ_VIEW } ReadWhat; /* a pipe, too; a file's; of a file, but for its log */

static bool read_file(Session *s, const char *path, ReadWhat what, Status *status) {
    *s = (Session){.path = strdup(path)};
    Reader r = {.session = s, .sum = SESSION_SUM, .status = status, .view_only = what == READ_VIEW};
    const char *why = NULL;
    bool done = s->path || status_no_memory(status, "the session");
    r.stream = !done ? NULL : what == READ_ANY ? file_open_named(path, &why) : file_open(path, NULL, &why);
    if (done && !r.stream)
        done = status_fail(status, STATUS_FAILED, "cannot read %s: %s", path, why);
    done = done && take_all(&r);
    if (r.stream)
        fclose(r.stream);
    if (!done)
        session_free(s);
    return done;
}

bool session_read(Session *s, const char *path, Status *status) {
    return read_file(s, path, READ_ANY, status);
}

bool session_read_file(Session *s, const char *path, Status *status) {
    return read_file(s, path, READ_FILE, status);
}

bool session_read_view(Session *s, const char *path, Status *status) {
    return read_file(s, path, READ_VIEW, status);
}

/* ---- its log ---- */

/* What of it can be played, as the second half of a line. */
static void put_what(const Recording *r, char text[128]) {
    unsigned long long epoch = r->until.epoch + (r->until.batch > 0);
    if (epoch > 0)
        snprintf(text, 128, tr("what was done until epoch %llu can be opened"), epoch);
    else
        snprintf(text, 128, "%s", tr("what was done before the first epoch can be opened"));
}

bool session_recording(const Session *s, Recording *r, char doubt[1024], Status *status) {
    doubt[0] = '\0';
    char *text = malloc(s->log_size + 1);
    if (!text)
        return status_no_memory(status, "the log");
    memcpy(text, s->log, s->log_size);
    if (!recording_read(r, text, s->log_size, s->path, status))
        return false;
    const Status *damage = s->damage.code != STATUS_OK ? &s->damage : r->damaged ? &r->damage : NULL;
    if (!damage)
        return true;
    char what[128];
    put_what(r, what);
    snprintf(doubt, 1024, "%.800s; %s", damage->message, what);
    return true;
}

bool session_open(Session *s, Recording *r, const char *path, bool sound_part, Status *status) {
    if (!session_read(s, path, status))
        return false;
    char doubt[1024], changed[1024];
    if (!session_recording(s, r, doubt, status)) {
        session_free(s);
        return false;
    }
    if ((s->damaged || r->damaged) && !sound_part) {
        recording_free(r);
        session_free(s);
        return status_fail(status, STATUS_FAILED, "%.900s with --skip-bad", doubt);
    }
    if (!doubt[0] && !s->ends && !r->ends) {
        char what[128];
        put_what(r, what);
        snprintf(doubt, sizeof doubt, tr("%.800s: the program was ended in mid-run, or the file was cut; %s"), path,
                 what);
    }
    if (doubt[0])
        terminal_say(doubt);
    if (session_source_changed(&s->source, changed))
        terminal_say(changed);
    return true;
}
