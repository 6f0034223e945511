#include "app/io/points_private.h"

#include "app/base/memory_watch.h"

#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

enum { RAW = 64 << 10 };

struct PointsSource {
    PointsFaults *faults;
    gzFile file; /* reads what is not packed as it is */
    double size; /* of the file; 0: not known */
    double got;  /* bytes so far, unpacked */
    size_t line; /* in what was converted so far */
    bool begun, ended;
    const char *encoding;
    iconv_t convert; /* (iconv_t)-1: the bytes are UTF-8 */
    char raw[RAW];   /* bytes that are still to be converted, or handed on */
    size_t raw_start, raw_end;
};

static void fail_reading(PointsSource *s, const char *reason) {
    s->faults->failed = true;
    s->ended = true;
    status_fail(s->faults->status, STATUS_FAILED, "cannot read %s: %s", s->faults->path, reason);
}

/* More bytes behind those that are left. */
static void fill_raw(PointsSource *s) {
    memmove(s->raw, s->raw + s->raw_start, s->raw_end - s->raw_start);
    s->raw_end -= s->raw_start;
    s->raw_start = 0;
    while (!s->ended && s->raw_end < RAW) {
        errno = 0;
        int got = gzread(s->file, s->raw + s->raw_end, (unsigned)(RAW - s->raw_end));
        if (got < 0) {
            int code;
            const char *why = gzerror(s->file, &code);
            fail_reading(s, code == Z_ERRNO        ? tr_error(errno)
                            : code == Z_DATA_ERROR ? tr("its gzip data are damaged")
                                                   : why);
        } else if (got == 0) {
            int code;
            gzerror(s->file, &code);
            if (code == Z_BUF_ERROR)
                fail_reading(s, tr("its gzip data end early"));
            else if (gzdirect(s->file) && s->got < s->size)
                fail_reading(s, tr("it has become shorter while it was read"));
            s->ended = true;
        } else {
            s->raw_end += (size_t)got;
            s->got += got;
        }
    }
}

/* Whether text has this many bytes a character, one of which, the one at `place`, holds ASCII: then the others are 0.
 * Elsewhere in text there are no zeros, so a third of the characters will do. */
static bool is_wide(const char *bytes, size_t size, size_t width, size_t place) {
    size_t characters = size / width < 512 ? size / width : 512, ascii = 0, zeros = 0;
    for (size_t i = 0; i < characters; i++) {
        size_t others = 0;
        for (size_t k = 0; k < width; k++)
            others += k != place && bytes[width * i + k] == 0;
        ascii += others == width - 1 && bytes[width * i + place] > 0;
        zeros += bytes[width * i + place] == 0;
    }
    return characters >= 4 && 3 * ascii >= characters && 50 * zeros <= characters;
}

static const struct {
    const char *name, *mark;
    size_t length, width, place;
} WIDE[] = {
    {"UTF-32LE", "\xff\xfe\0\0", 4, 4, 0}, /* before UTF-16, whose mark is the first half */
    {"UTF-32BE", "\0\0\xfe\xff", 4, 4, 3}, {"UTF-16LE", "\xff\xfe", 2, 2, 0},
    {"UTF-16BE", "\xfe\xff", 2, 2, 1},     {"UTF-8", "\xef\xbb\xbf", 3, 1, 0},
};

/* The encoding of the first bytes, and how many of these are its mark, which is never wrong; else the one that is
 * given, or what they look like. */
static const char *find_encoding(PointsSource *s, const char *given, size_t *mark) {
    const char *bytes = s->raw;
    size_t size = s->raw_end;
    *mark = 0;
    for (size_t i = 0; i < sizeof WIDE / sizeof *WIDE; i++)
        if (size >= WIDE[i].length && memcmp(bytes, WIDE[i].mark, WIDE[i].length) == 0) {
            *mark = WIDE[i].length;
            if (given && strncasecmp(given, "UTF", 3) != 0)
                points_note(s->faults, "begins with the mark of %s: read as that, not as %.60s", WIDE[i].name, given);
            return WIDE[i].name;
        }
    if (given)
        return given;
    for (size_t i = 0; i < sizeof WIDE / sizeof *WIDE; i++)
        if (WIDE[i].width > 1 && is_wide(bytes, size, WIDE[i].width, WIDE[i].place)) {
            points_note(s->faults, "read as %s", WIDE[i].name);
            return WIDE[i].name;
        }
    return "UTF-8";
}

/* iconv from an encoding to UTF-8; without signs between its letters where it is not known with them: Latin-1. */
static iconv_t open_encoding(const char *name) {
    if (!name[0]) /* that of the locale, to iconv */
        return (iconv_t)-1;
    iconv_t convert = iconv_open("UTF-8", name);
    char plain[64];
    size_t used = 0;
    for (const char *at = name; convert == (iconv_t)-1 && *at && used < sizeof plain - 1; at++)
        if (!strchr("-_ ", *at))
            plain[used++] = *at;
    plain[used] = '\0';
    return convert == (iconv_t)-1 && used > 0 ? iconv_open("UTF-8", plain) : convert;
}

/* Before the first byte: what the bytes are. */
static void begin(PointsSource *s, const char *encoding) {
    size_t mark = 0;
    const char *what = points_binary_kind(s->raw, s->raw_end);
    s->encoding = what ? encoding : find_encoding(s, encoding, &mark);
    if (!what && strcasecmp(s->encoding, "UTF-8") == 0)
        what = points_text_kind(s->raw + mark, s->raw_end - mark);
    if (what) {
        points_fault(s->faults, 0, "%s", tr(what));
        return;
    }
    s->raw_start = mark;
    if (strcasecmp(s->encoding, "UTF-8") == 0 && (mark > 0 || !encoding))
        return;
    int before = memory_watch();
    s->convert = open_encoding(s->encoding);
    if (s->convert == (iconv_t)-1 && memory_failed(before)) {
        s->faults->failed = true;
        status_no_memory(s->faults->status, "the points");
    } else if (s->convert == (iconv_t)-1) {
        s->faults->failed = true;
        status_fail(s->faults->status, STATUS_USAGE,
                    "--encoding: there is no encoding '%.60s'; iconv --list names them", s->encoding);
    }
}

bool points_encoding_check(const char *name, Status *status) {
    if (!name[0])
        return status_fail(status, STATUS_USAGE, "the name of the encoding is empty; iconv --list has names");
    int before = memory_watch();
    iconv_t convert = open_encoding(name);
    if (convert == (iconv_t)-1 && memory_failed(before))
        return status_no_memory(status, "the points");
    if (convert == (iconv_t)-1)
        return status_fail(status, STATUS_USAGE, "there is no encoding '%.60s'; iconv --list names them", name);
    iconv_close(convert);
    return true;
}

PointsSource *points_source_open(const char *path, const char *encoding, PointsFaults *faults) {
    PointsSource *s = calloc(1, sizeof *s);
    if (!s) {
        faults->failed = true;
        status_no_memory(faults->status, "the points");
        return NULL;
    }
    s->faults = faults;
    s->convert = (iconv_t)-1;
    bool standard = strcmp(path, "-") == 0;
    struct stat info;
    errno = 0;
    s->file = standard ? gzdopen(dup(STDIN_FILENO), "rb") : gzopen(path, "rb");
    if (!s->file)
        fail_reading(s, errno ? tr_error(errno) : tr("not enough memory"));
    else if (!standard && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        fail_reading(s, tr("it is a folder"));
    else if (!standard && stat(path, &info) == 0 && S_ISREG(info.st_mode))
        s->size = (double)info.st_size;
    if (!faults->failed)
        fill_raw(s);
    if (!faults->failed)
        begin(s, encoding);
    if (!faults->failed)
        return s;
    points_source_close(s);
    return NULL;
}

/* From raw through iconv. A character may lie across two reads. */
static size_t convert(PointsSource *s, char *buffer, size_t size) {
    char *out = buffer;
    size_t room = size;
    while (out == buffer && !s->faults->failed) {
        char *in = s->raw + s->raw_start;
        size_t left = s->raw_end - s->raw_start;
        errno = 0;
        size_t result = iconv(s->convert, &in, &left, &out, &room);
        s->raw_start = s->raw_end - left;
        if (result == (size_t)-1 && errno == EILSEQ) {
            for (const char *c = buffer; c < out; c++)
                s->line += *c == '\n';
            points_fault(s->faults, s->line + 1, "a character is not %s; %s", s->encoding, tr(POINTS_NAME_ENCODING));
            return 0;
        }
        for (const char *c = buffer; c < out; c++)
            s->line += *c == '\n';
        if (out > buffer)
            break;
        if (s->ended) {
            if (left > 0)
                points_fault(s->faults, 0, "ends within a character");
            return 0;
        }
        fill_raw(s);
    }
    return (size_t)(out - buffer);
}

size_t points_source_read(PointsSource *s, char *buffer, size_t size) {
    if (s->raw_start == s->raw_end && !s->ended)
        fill_raw(s);
    if (s->faults->failed)
        return 0;
    if (s->convert != (iconv_t)-1)
        return convert(s, buffer, size);
    size_t part = s->raw_end - s->raw_start < size ? s->raw_end - s->raw_start : size;
    memcpy(buffer, s->raw + s->raw_start, part);
    s->raw_start += part;
    return part;
}

double points_source_share(const PointsSource *s) {
    double done = (double)gzoffset(s->file);
    return s->size > 0.0 ? done < s->size ? done / s->size : 1.0 : 0.0;
}

const char *points_source_encoding(const PointsSource *s) {
    return s->encoding;
}

bool points_source_packed(const PointsSource *s) {
    return !gzdirect(s->file);
}

void points_source_close(PointsSource *s) {
    if (!s)
        return;
    if (s->file)
        gzclose(s->file);
    if (s->convert != (iconv_t)-1)
        iconv_close(s->convert);
    free(s);
}
