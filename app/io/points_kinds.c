#include "app/io/points_private.h"

#include <string.h>
#include <strings.h>

#define WITH_PANDAS "write it with pandas' to_csv(..., index=False)"
#define UNPACK "unpack it first"

typedef struct Kind {
    const char *bytes;
    size_t length;
    const char *what;
} Kind;

#define KIND(bytes, what)                                                                                              \
    { bytes, sizeof bytes - 1, what }

/* What begins like this is no text. */
static const Kind BINARY[] = {
    KIND("PK\5\6", "an empty zip archive"),
    KIND("\xd0\xcf\x11\xe0", "an old Excel workbook (xls); save the sheet as CSV"),
    KIND("\x93NUMPY", "a NumPy array; write it with numpy.savetxt(..., delimiter=\",\")"),
    KIND("PAR1", "a Parquet file; " WITH_PANDAS),
    KIND("ARROW1", "a Feather file; " WITH_PANDAS),
    KIND("FEA1", "a Feather file; " WITH_PANDAS),
    KIND("\xff\xff\xff\xff", "an Arrow stream; " WITH_PANDAS),
    KIND("ORC\n", "an ORC file; " WITH_PANDAS),
    KIND("Obj\1", "an Avro file; " WITH_PANDAS),
    KIND("\x89HDF", "an HDF5 file; write its points as CSV"),
    KIND("MATLAB 7.3", "a MATLAB file; write its points with writematrix"),
    KIND("MATLAB 5.0", "a MATLAB file; write its points with writematrix"),
    KIND("SQLite format 3", "an SQLite database; export the table as CSV"),
    KIND("\x1f\x8b", "packed with gzip twice; unpack it once (gunzip)"),
    KIND("BZh", "packed with bzip2; " UNPACK " (bunzip2)"),
    KIND("\xfd"
         "7zXZ",
         "packed with xz; " UNPACK " (unxz)"),
    KIND("\x28\xb5\x2f\xfd", "packed with zstd; " UNPACK " (unzstd)"),
    KIND("\x04\x22\x4d\x18", "packed with lz4; " UNPACK " (unlz4)"),
    KIND("7z\xbc\xaf", "a 7z archive; " UNPACK),
    KIND("Rar!\x1a", "a rar archive; " UNPACK),
    KIND("%PDF", "a PDF document; copy its table into a CSV file"),
    KIND("{\\rtf", "an RTF document; save it as plain text"),
    KIND("\x89PNG", "a picture, no table"),
    KIND("\xff\xd8\xff", "a picture, no table"),
    KIND("GIF8", "a picture, no table"),
    KIND("\x7f"
         "ELF",
         "a program, no table"),
    KIND("\x80\2", "a Python pickle; " WITH_PANDAS),
    KIND("\x80\3", "a Python pickle; " WITH_PANDAS),
    KIND("\x80\4", "a Python pickle; " WITH_PANDAS),
    KIND("\x80\5", "a Python pickle; " WITH_PANDAS),
    KIND("RDX", "an R data file; write it with write.csv(..., row.names = FALSE)"),
    KIND("RDA", "an R data file; write it with write.csv(..., row.names = FALSE)"),
    KIND("X\n\0\0", "an R data file; write it with write.csv(..., row.names = FALSE)"),
    KIND("<stata_dta>", "a Stata file; write it with export delimited"),
    KIND("$FL2@(#)", "an SPSS file; save it as CSV"),
};

/* What begins like this, in any case, behind blanks, is text, but no table. */
static const Kind TEXTS[] = {
    KIND("<!DOCTYPE", "a web page; download the file itself"),
    KIND("<html", "a web page; download the file itself"),
    KIND("<head", "a web page; download the file itself"),
    KIND("<body", "a web page; download the file itself"),
    KIND("<table", "a table of a web page (HTML); save it as CSV"),
    KIND("<?xml", "XML; write its points as CSV"),
    KIND("<svg", "a picture, no table"),
    KIND("<?php", "a program, no table"),
    KIND("{\"", "JSON; " WITH_PANDAS),
    KIND("version https://git-lfs.", "a pointer to a file in Git LFS; fetch the file itself (git lfs pull)"),
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A zip archive by the name of its first file. */
static const char *zip_kind(const char *bytes, size_t size) {
    if (size < 30 || memcmp(bytes, "PK\3\4", 4) != 0)
        return size >= 4 && memcmp(bytes, "PK\3\4", 4) == 0 ? "a zip archive that is cut" : NULL;
    size_t length = (unsigned char)bytes[26] | (size_t)(unsigned char)bytes[27] << 8;
    length = length < size - 30 ? length : size - 30;
    const char *name = bytes + 30;
    if ((length >= 3 && memcmp(name, "xl/", 3) == 0) || (length >= 5 && memcmp(name, "[Cont", 5) == 0) ||
        (length >= 6 && memcmp(name, "_rels/", 6) == 0) || (length >= 8 && memcmp(name, "docProps", 8) == 0))
        return "an Excel workbook (xlsx); save the sheet as CSV";
    if (length == 8 && memcmp(name, "mimetype", 8) == 0)
        return "an OpenDocument file (ods); save the sheet as CSV";
    if (length >= 4 && memcmp(name + length - 4, ".npy", 4) == 0)
        return "a NumPy archive (npz); write its points with numpy.savetxt(..., delimiter=\",\")";
    return "a zip archive; unpack it and open the file in it (unzip; an Excel sheet: save it as CSV)";
}

/* "[1", "[[", "[{" and the like: a list of JSON or of a program. "[x]" is a name. */
static bool is_list(const char *at, const char *end) {
    if (*at != '[' && *at != '{')
        return false;
    char open = *at++;
    bool line = false;
    for (; at < end && is_blank(*at); at++)
        line = line || *at == '\n' || *at == '\r';
    if (at == end)
        return true;
    return open == '{' ? *at == '"' || (line && *at == '}') : strchr("[{\"", *at) || points_is_digit(*at) || *at == '-';
}

/* Whether the first line has bytes that texts do not have. */
static bool is_binary(const char *bytes, size_t size) {
    for (size_t i = 0; i < size && i < 4096 && bytes[i] != '\n' && bytes[i] != '\r'; i++)
        if ((unsigned char)bytes[i] < 0x20 && !strchr("\t\f\x1a", bytes[i] ? bytes[i] : 'x'))
            return true;
    return false;
}

const char *points_binary_kind(const char *bytes, size_t size) {
    const char *what = zip_kind(bytes, size);
    for (size_t i = 0; i < sizeof BINARY / sizeof *BINARY && !what; i++)
        if (size >= BINARY[i].length && memcmp(bytes, BINARY[i].bytes, BINARY[i].length) == 0)
            what = BINARY[i].what;
    return what || size < 262 || memcmp(bytes + 257, "ustar", 5) != 0
               ? what
               : "a tar archive; unpack it and open the file in it (tar -xf)";
}

const char *points_text_kind(const char *bytes, size_t size) {
    const char *end = bytes + size, *at = bytes;
    while (at < end && is_blank(*at))
        at++;
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        if ((size_t)(end - at) >= TEXTS[i].length && strncasecmp(at, TEXTS[i].bytes, TEXTS[i].length) == 0)
            return TEXTS[i].what;
    if (at < end && is_list(at, end))
        return "JSON or a program's list; write it as CSV, a point a line: x,y,label";
    return is_binary(bytes, size) ? "no text; write its points as CSV, or name its --encoding" : NULL;
}
