#include "app/io/points_private.h"

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
    bool begun, ended;
    const char *encoding;
    iconv_t convert; /* (iconv_t)-1: the bytes are UTF-8 */
    char raw[RAW];   /* bytes that are still to be converted, or handed on */
    size_t raw_start, raw_end;
};

/* What begins like this is no text, and what to do about it. */
static const struct {
    const char *bytes;
    size_t length;
    const char *what;
} FOREIGN[] = {
    {"PK\3\4", 4, "a zip archive or an Excel workbook (xlsx); save the sheet as CSV, or unpack the archive"},
    {"\xd0\xcf\x11\xe0", 4, "an old Excel workbook (xls); save the sheet as CSV"},
    {"\x93NUMPY", 6, "a NumPy array; write it with numpy.savetxt(..., delimiter=\",\")"},
    {"PAR1", 4, "a Parquet file; write it with pandas' to_csv(..., index=False)"},
    {"ARROW1", 6, "a Feather file; write it with pandas' to_csv(..., index=False)"},
    {"\x89HDF", 4, "an HDF5 file; write its points as CSV"},
    {"MATLAB 5.0", 10, "a MATLAB file; write it with writematrix"},
    {"SQLite format 3", 15, "an SQLite database; export the table as CSV"},
    {"BZh", 3, "packed with bzip2; unpack it first (bunzip2)"},
    {"\xfd"
     "7zXZ",
     5, "packed with xz; unpack it first (unxz)"},
    {"\x28\xb5\x2f\xfd", 4, "packed with zstd; unpack it first (unzstd)"},
    {"%PDF", 4, "a PDF document"},
    {"\x89PNG", 4, "a picture"},
    {"\x80\4\x95", 3, "a Python pickle; write it with pandas' to_csv(..., index=False)"},
    {"<!DOCTYPE", 9, "a web page; download the file itself"},
    {"<html", 5, "a web page; download the file itself"},
    {"[{", 2, "JSON; write it as CSV"},
    {"{\"", 2, "JSON; write it as CSV"},
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
            fail_reading(s, code == Z_ERRNO        ? strerror(errno)
                            : code == Z_DATA_ERROR ? "its gzip data are damaged"
                                                   : why);
        } else if (got == 0) {
            int code;
            gzerror(s->file, &code);
            if (code == Z_BUF_ERROR)
                fail_reading(s, "its gzip data end early");
            s->ended = true;
        } else {
            s->raw_end += (size_t)got;
        }
    }
}

/* Whether every other byte of ASCII text is 0, from the first or from the second on. */
static bool is_wide(const char *bytes, size_t size, size_t zero) {
    size_t pairs = size / 2 < 64 ? size / 2 : 64, good = 0;
    for (size_t i = 0; i < pairs; i++)
        good += bytes[2 * i + zero] == 0 && bytes[2 * i + 1 - zero] > 0;
    return pairs >= 4 && good == pairs;
}

/* Before the first byte: what the bytes are. */
static void begin(PointsSource *s, const char *encoding) {
    const char *bytes = s->raw;
    size_t size = s->raw_end;
    for (size_t i = 0; i < sizeof FOREIGN / sizeof *FOREIGN; i++)
        if (size >= FOREIGN[i].length && memcmp(bytes, FOREIGN[i].bytes, FOREIGN[i].length) == 0) {
            points_fault(s->faults, 0, "is %s", FOREIGN[i].what);
            return;
        }
    const char *from = encoding;
    size_t mark = 0;
    if (!encoding && size >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        mark = 3;
    else if (!encoding && size >= 2 && memcmp(bytes, "\xff\xfe", 2) == 0)
        from = "UTF-16LE", mark = 2;
    else if (!encoding && size >= 2 && memcmp(bytes, "\xfe\xff", 2) == 0)
        from = "UTF-16BE", mark = 2;
    else if (!encoding && (is_wide(bytes, size, 1) || is_wide(bytes, size, 0))) {
        from = is_wide(bytes, size, 1) ? "UTF-16LE" : "UTF-16BE";
        points_note(s->faults, "read as %s", from);
    }
    s->raw_start = mark;
    s->encoding = from ? from : "UTF-8";
    if (!from || strcasecmp(from, "UTF-8") == 0)
        return;
    s->convert = iconv_open("UTF-8", from);
    if (s->convert == (iconv_t)-1) {
        s->faults->failed = true;
        status_fail(s->faults->status, STATUS_USAGE,
                    "--encoding: there is no encoding '%.60s'; iconv --list names them", from);
    }
}

bool points_encoding_check(const char *name, Status *status) {
    iconv_t convert = iconv_open("UTF-8", name);
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
        fail_reading(s, errno ? strerror(errno) : "not enough memory");
    else if (!standard && stat(path, &info) == 0 && S_ISDIR(info.st_mode))
        fail_reading(s, "it is a folder");
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
            points_fault(s->faults, 0, "is not in that encoding: a character at byte %zu of a part cannot be read",
                         s->raw_start);
            return 0;
        }
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
