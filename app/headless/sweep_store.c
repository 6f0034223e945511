#define _GNU_SOURCE /* asprintf */
#include "app/headless/sweep_store.h"

#include "app/base/clock.h"
#include "app/base/file_write.h"
#include "app/base/language.h"
#include "app/base/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define SYNC_SECONDS 2.0

static const char title[] = "rows of an easyfirst sweep: --resume goes on with them\n";
static const char rows_follow[] = "rows\n", all_done[] = "complete\n"; /* behind the head */

size_t shard_first(const Sweep *sweep, size_t shard, size_t shards) {
    return (shard - 1) * sweep->runs / shards; /* at most 10^14 on the way */
}

size_t shard_end(const Sweep *sweep, size_t shard, size_t shards) {
    return shard * sweep->runs / shards;
}

/* ---- the head ---- */

static uint32_t sum_of(uint32_t sum, const void *bytes, size_t size) {
    return bytes ? (uint32_t)crc32_z(sum, bytes, size) : sum;
}

/* Of all that the runs see of the points. */
static uint32_t points_sum(const Dataset *d) {
    uint32_t sum = sum_of(0, d->x, d->count * sizeof *d->x);
    sum = sum_of(sum, d->y, d->count * sizeof *d->y);
    sum = sum_of(sum, d->label, d->count);
    sum = sum_of(sum, d->truth, d->truth ? d->count : 0);
    sum = sum_of(sum, d->clean, d->clean ? d->count : 0);
    return sum_of(sum, d->origin, sizeof d->origin);
}

static bool is_axis(const Sweep *sweep, const Property *property) {
    for (size_t a = 0; a < sweep->axis_count; a++)
        if (sweep->axes[a].property == property)
            return true;
    return false;
}

static void put_spec(FILE *stream, const char *spec) {
    fputs("sweep ", stream);
    for (; *spec != '\0'; spec++)
        fputc(*spec == '\n' ? ' ' : *spec, stream);
    fputc('\n', stream);
}

static char *head_of(const Sweep *sweep, const StorePlan *plan) {
    char *head = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&head, &size);
    if (!stream)
        return NULL;
    fputs(title, stream);
    fputs("version " EASYFIRST_VERSION "\n", stream);
    put_spec(stream, plan->spec);
    fprintf(stream, "shard %zu/%zu\n", plan->shard, plan->shards);
    const Dataset *points = plan->points;
    if (points)
        fprintf(stream, "points %zu in %d classes, sum %08x\n", points->count, points->classes, points_sum(points));
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *property = &PROPERTIES[i];
        if (is_axis(sweep, property) || (points && property_makes_points(property->id)))
            continue;
        char text[SETTING_TEXT_MAX];
        property_format(&sweep->base, property, text);
        fprintf(stream, "%s %s\n", property->name, text);
    }
    bool whole = !ferror(stream);
    if (fclose(stream) == 0 && whole)
        return head;
    free(head);
    return NULL;
}

/* How the file stands to the head. */
typedef enum { HEAD_NONE, HEAD_OTHER, HEAD_ROWS, HEAD_COMPLETE, HEAD_FOREIGN } HeadState;

static void cut_line(char text[128], const char *line) {
    snprintf(text, 128, "%.*s", (int)strcspn(line, "\n"), line);
}

/* The first lines that differ, for the message. */
static void differing_lines(const char *a, const char *b, char line_a[128], char line_b[128]) {
    while (*a != '\0' && *b != '\0') {
        size_t length = strcspn(a, "\n") + 1;
        if (strncmp(a, b, length) != 0)
            break;
        a += length, b += length;
    }
    cut_line(line_a, a);
    cut_line(line_b, b);
}

/* Reads the head and what follows it; leaves the stream before the rows. */
static HeadState read_head(FILE *stream, const char *head, char there[128], char here[128]) {
    size_t size = strlen(head), got;
    char *text = calloc(1, size + sizeof all_done), *end = text ? text + size : NULL;
    if (!text)
        return HEAD_NONE;
    got = fread(text, 1, size, stream);
    HeadState state = HEAD_OTHER;
    if (got == 0) {
        state = HEAD_NONE;
    } else if (strncmp(text, title, sizeof title - 1) != 0) {
        state = strncmp(text, title, got) == 0 ? HEAD_NONE : HEAD_FOREIGN; /* cut within its title: nothing is lost */
    } else if (got == size && strcmp(text, head) == 0) {
        if (!fgets(end, sizeof all_done, stream) || strncmp(rows_follow, end, strlen(end)) == 0)
            state = end[0] != '\0' && strcmp(end, rows_follow) == 0 ? HEAD_ROWS : HEAD_NONE;
        else if (strcmp(end, all_done) == 0)
            state = HEAD_COMPLETE;
    } else if (got < size && strncmp(text, head, got) == 0) {
        state = HEAD_NONE; /* killed while it was begun */
    }
    if (state == HEAD_OTHER)
        differing_lines(text, head, there, here);
    free(text);
    return state;
}

/* ---- opening ---- */

static bool fail_write(const char *path, int error, Status *status) {
    return status_fail(status, STATUS_FAILED, "cannot write %s: %s", path, tr_error(error));
}

static bool open_stream(SweepStore *s, Status *status) {
    int fd = open(s->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, 0666);
    if (fd < 0)
        return fail_write(s->path, errno, status);
    struct stat info;
    if (fstat(fd, &info) == 0 && !S_ISREG(info.st_mode)) {
        close(fd);
        return status_fail(status, STATUS_FAILED, "cannot write %s: %s", s->path, tr("it is no file"));
    }
    if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        close(fd);
        return status_fail(status, STATUS_FAILED, "%s: another sweep is writing to it", s->path);
    }
    s->stream = fdopen(fd, "a+");
    if (!s->stream) {
        close(fd);
        return status_no_memory(status, "the rows");
    }
    setvbuf(s->stream, NULL, _IOFBF, (size_t)64 << 10);
    return true;
}

static bool begin_anew(SweepStore *s, Status *status) {
    rewind(s->stream);
    bool emptied = ftruncate(fileno(s->stream), 0) == 0;
    fputs(s->head, s->stream);
    fputs(rows_follow, s->stream);
    return (emptied && fflush(s->stream) == 0 && !ferror(s->stream)) || fail_write(s->path, errno, status);
}

/* Notes the rows that are there, and cuts off what follows the last sound one. */
static bool read_rows(SweepStore *s, Status *status) {
    RowReader reader;
    if (!row_reader_init(&reader, s->sweep, status)) {
        row_reader_free(&reader);
        return false;
    }
    reader.file = s->stream;
    long sound = ftell(s->stream);
    RowLine line;
    Status why = {0};
    bool good = true;
    while (good && (line = row_reader_line(&reader)) != LINE_NONE) {
        size_t run;
        RunFigures figures;
        good = line == LINE_WHOLE && row_reader_row(&reader, &run, &figures, &why) && run >= s->first && run < s->end &&
               !store_has(s, run);
        if (!good)
            break;
        s->there[(run - s->first) / 64] |= (uint64_t)1 << (run - s->first) % 64;
        s->count++;
        sound += (long)reader.length + 1;
    }
    bool failed = ferror(s->stream) != 0;
    bool torn = !good && feof(s->stream); /* only the last line can be without its end */
    row_reader_free(&reader);
    if (failed || sound < 0)
        return status_fail(status, STATUS_FAILED, "cannot read %s: %s", s->path, tr_error(errno));
    if (!good && !torn)
        terminal_print(stderr, tr("easyfirst: %s: damaged behind %zu rows; what follows is done again\n"), s->path,
                       s->count);
    rewind(s->stream);
    return ftruncate(fileno(s->stream), sound) == 0 || fail_write(s->path, errno, status);
}

/* Whether nothing follows the head, of whatever sweep it is. */
static bool is_bare(FILE *stream) {
    char line[sizeof rows_follow + sizeof all_done] = "";
    const char *const endings[] = {rows_follow, all_done};
    for (size_t i = 0; i < 2; i++) {
        size_t length = strlen(endings[i]) + 1; /* with the end of the line before */
        if (fseek(stream, -(long)length, SEEK_END) == 0 && fread(line, 1, length, stream) == length &&
            line[0] == '\n' && memcmp(line + 1, endings[i], length - 1) == 0)
            return true;
    }
    return false;
}

static bool take_over(SweepStore *s, HeadState state, const char *there, const char *here, Status *status) {
    bool file = file_exists(s->plan.file);
    switch (state) {
    case HEAD_FOREIGN:
        return status_fail(status, STATUS_FAILED, "%s: holds something else than the rows of a sweep, which go there",
                           s->path);
    case HEAD_OTHER:
        if (s->plan.replace || (!file && is_bare(s->stream)))
            return begin_anew(s, status);
        return status_fail(status, STATUS_FAILED,
                           "%s: rows of another sweep: '%s' there, '%s' here (--force begins anew)", s->path, there,
                           here);
    case HEAD_ROWS:
        if (s->plan.resume)
            return read_rows(s, status);
        return s->plan.replace ? begin_anew(s, status)
                               : status_fail(status, STATUS_FAILED,
                                             "%s: rows of a sweep that did not end (--resume goes on with them, "
                                             "--force begins anew)",
                                             s->path);
    case HEAD_COMPLETE:
        s->complete = s->plan.resume && file;
        return s->complete || begin_anew(s, status);
    default:
        return begin_anew(s, status);
    }
}

/* With --resume the file that is there may only be what this sweep has left. */
static bool check_file(const SweepStore *s, HeadState state, Status *status) {
    if (!s->plan.resume || !file_exists(s->plan.file) || state == HEAD_COMPLETE || state == HEAD_OTHER)
        return true;
    if (state == HEAD_ROWS && s->count == s->end - s->first)
        return true;
    return status_fail(status, STATUS_FAILED,
                       "%s: exists already, and %s does not say that it is of this sweep (--force begins anew)",
                       s->plan.file, s->path);
}

bool store_open(SweepStore *s, const Sweep *sweep, const StorePlan *plan, Status *status) {
    *s = (SweepStore){.plan = *plan, .sweep = sweep, .synced = clock_seconds()};
    s->first = shard_first(sweep, plan->shard, plan->shards);
    s->end = shard_end(sweep, plan->shard, plan->shards);
    s->there = calloc((s->end - s->first) / 64 + 1, sizeof *s->there);
    s->head = head_of(sweep, plan);
    if (!s->there || !s->head || asprintf(&s->path, "%s.sweep", plan->file) < 0) {
        s->path = NULL;
        store_close(s);
        return status_no_memory(status, "the rows");
    }
    bool known = access(s->path, F_OK) == 0, done = false;
    if (!known && plan->resume && file_exists(plan->file)) {
        status_fail(status, STATUS_FAILED,
                    "%s: exists already, and nothing says whether it is whole, as there is no %s (--force begins anew)",
                    plan->file, s->path);
    } else if (open_stream(s, status)) {
        char there[128] = "", here[128] = "";
        rewind(s->stream);
        HeadState state = read_head(s->stream, s->head, there, here);
        done = take_over(s, state, there, here, status) && check_file(s, state, status);
    }
    if (!done)
        store_close(s);
    return done;
}

void store_close(SweepStore *s) {
    if (s->stream)
        fclose(s->stream);
    free(s->path);
    free(s->head);
    free(s->there);
    *s = (SweepStore){0};
}

/* ---- rows ---- */

bool store_has(const SweepStore *s, size_t run) {
    return s->there[(run - s->first) / 64] >> (run - s->first) % 64 & 1;
}

bool store_add(SweepStore *s, size_t run, const RunFigures *figures) {
    if (s->error != 0)
        return false;
    errno = 0;
    sweep_row(s->stream, s->sweep, ROWS_CSV, run, figures);
    if (fflush(s->stream) != 0 || ferror(s->stream)) {
        s->error = errno != 0 ? errno : EIO;
        return false;
    }
    double now = clock_seconds();
    if (now - s->synced >= SYNC_SECONDS) {
        s->synced = now;
        if (fdatasync(fileno(s->stream)) != 0 && errno != EINVAL && errno != ENOSYS)
            s->error = errno;
    }
    return s->error == 0;
}

/* ---- the file ---- */

/* Rows that wait for those before them. */
typedef struct Early {
    char *line; /* owned; NULL: none */
    RunFigures figures;
} Early;

typedef struct Settling {
    const SweepStore *store;
    FILE *out;
    RowForm form;
    SweepSummary *summary;
    size_t next; /* run */
    Early early[SWEEP_WINDOW];
} Settling;

static void put_row(Settling *w, const char *line, const RunFigures *figures) {
    if (w->form == ROWS_JSON) {
        sweep_row(w->out, w->store->sweep, ROWS_JSON, w->next, figures);
    } else {
        fputs(line, w->out);
        fputc('\n', w->out);
    }
    if (w->summary)
        sweep_summary_add(w->summary, w->next, figures);
    w->next++;
}

static bool take_row(Settling *w, size_t run, const char *line, const RunFigures *figures, Status *status) {
    if (run != w->next) {
        Early *early = &w->early[run % SWEEP_WINDOW];
        if (run < w->next || run - w->next >= SWEEP_WINDOW || early->line)
            return status_fail(status, STATUS_FAILED, "%s: run %zu is out of place", w->store->path, run);
        *early = (Early){strdup(line), *figures};
        return early->line || status_no_memory(status, "the rows");
    }
    put_row(w, line, figures);
    for (Early *early; (early = &w->early[w->next % SWEEP_WINDOW])->line;) {
        put_row(w, early->line, &early->figures);
        free(early->line);
        early->line = NULL;
    }
    return true;
}

static bool settle_rows(Settling *w, Status *status) {
    RowReader reader;
    bool done = row_reader_init(&reader, w->store->sweep, status);
    reader.file = done ? fopen(w->store->path, "r") : NULL;
    done = done &&
           (reader.file || status_fail(status, STATUS_FAILED, "cannot read %s: %s", w->store->path, tr_error(errno)));
    long head = (long)(strlen(w->store->head) + strlen(rows_follow));
    if (done && fseek(reader.file, head, SEEK_SET) != 0)
        done = status_fail(status, STATUS_FAILED, "cannot read %s: %s", w->store->path, tr_error(errno));
    RowLine line = LINE_NONE;
    while (done && (line = row_reader_line(&reader)) != LINE_NONE) {
        size_t run;
        RunFigures figures;
        if (!row_reader_row(&reader, &run, &figures, status))
            done = status_prefix(status, "%s", w->store->path);
        else
            done = take_row(w, run, reader.line, &figures, status);
    }
    if (done && w->next != w->store->end)
        done = status_fail(status, STATUS_FAILED, "%s: run %zu is missing", w->store->path, w->next);
    if (reader.file)
        fclose(reader.file);
    row_reader_free(&reader);
    return done;
}

static bool leave_head(const SweepStore *s, Status *status) {
    FileWrite file;
    if (!file_begin(&file, s->path, true, status))
        return false;
    fputs(s->head, file.stream);
    fputs(all_done, file.stream);
    return file_commit(&file, status);
}

bool store_settle(SweepStore *s, SweepSummary *summary, Status *status) {
    if (s->error != 0)
        return status_fail(status, STATUS_FAILED, "cannot write %s: %s (--resume goes on with the rows that are there)",
                           s->path, tr_error(s->error));
    Settling *w = calloc(1, sizeof *w);
    if (!w)
        return status_no_memory(status, "the rows");
    FileWrite file = {0};
    bool killed_late = s->plan.resume && s->count == s->end - s->first; /* when FILE was just there */
    bool replace = s->plan.replace || killed_late;
    bool done = file_begin(&file, s->plan.file, replace, status);
    if (done) {
        *w = (Settling){s, file.stream, sweep_form(s->plan.file), summary, s->first, {{0}}};
        if (w->form == ROWS_CSV && s->plan.shard == 1)
            sweep_header(file.stream, s->sweep);
        done = settle_rows(w, status) && file_commit(&file, status);
    }
    file_abandon(&file);
    for (size_t i = 0; i < SWEEP_WINDOW; i++)
        free(w->early[i].line);
    free(w);
    if (done && s->plan.resume)
        return leave_head(s, status);
    if (done && unlink(s->path) != 0)
        return status_fail(status, STATUS_FAILED, "cannot remove %s: %s", s->path, tr_error(errno));
    return done;
}
