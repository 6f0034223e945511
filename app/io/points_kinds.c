#include "app/io/points_private.h"

#include <string.h>
#include <strings.h>

typedef struct Kind {
    const char *bytes;
    size_t length;
    const char *what;
} Kind;

#define KIND(bytes, what)                                                                                              \
    { bytes, sizeof bytes - 1, what }

/* What begins like this is no text. */
static const Kind BINARY[] = {
    KIND("PK\5\6", N_("is an empty zip archive")),
    KIND("\xd0\xcf\x11\xe0", N_("is an old Excel workbook (xls); save the sheet as CSV")),
    KIND("\x93NUMPY", N_("is a NumPy array; write it with numpy.savetxt(..., delimiter=\",\")")),
    KIND("PAR1", N_("is a Parquet file; write it with pandas' to_csv(..., index=False)")),
    KIND("ARROW1", N_("is a Feather file; write it with pandas' to_csv(..., index=False)")),
    KIND("FEA1", N_("is a Feather file; write it with pandas' to_csv(..., index=False)")),
    KIND("\xff\xff\xff\xff", N_("is an Arrow stream; write it with pandas' to_csv(..., index=False)")),
    KIND("ORC\n", N_("is an ORC file; write it with pandas' to_csv(..., index=False)")),
    KIND("Obj\1", N_("is an Avro file; write it with pandas' to_csv(..., index=False)")),
    KIND("\x89HDF", N_("is an HDF5 file; write its points as CSV")),
    KIND("MATLAB 7.3", N_("is a MATLAB file; write its points with writematrix")),
    KIND("MATLAB 5.0", N_("is a MATLAB file; write its points with writematrix")),
    KIND("SQLite format 3", N_("is an SQLite database; export the table as CSV")),
    KIND("\x1f\x8b", N_("is packed with gzip twice; unpack it once (gunzip)")),
    KIND("BZh", N_("is packed with bzip2; unpack it first (bunzip2)")),
    KIND("\xfd"
         "7zXZ",
         N_("is packed with xz; unpack it first (unxz)")),
    KIND("\x28\xb5\x2f\xfd", N_("is packed with zstd; unpack it first (unzstd)")),
    KIND("\x04\x22\x4d\x18", N_("is packed with lz4; unpack it first (unlz4)")),
    KIND("7z\xbc\xaf", N_("is a 7z archive; unpack it first")),
    KIND("Rar!\x1a", N_("is a rar archive; unpack it first")),
    KIND("%PDF", N_("is a PDF document; copy its table into a CSV file")),
    KIND("{\\rtf", N_("is an RTF document; save it as plain text")),
    KIND("\x89PNG", N_("is a picture, no table")),
    KIND("\xff\xd8\xff", N_("is a picture, no table")),
    KIND("GIF8", N_("is a picture, no table")),
    KIND("\x7f"
         "ELF",
         N_("is a program, no table")),
    KIND("\x80\2", N_("is a Python pickle; write it with pandas' to_csv(..., index=False)")),
    KIND("\x80\3", N_("is a Python pickle; write it with pandas' to_csv(..., index=False)")),
    KIND("\x80\4", N_("is a Python pickle; write it with pandas' to_csv(..., index=False)")),
    KIND("\x80\5", N_("is a Python pickle; write it with pandas' to_csv(..., index=False)")),
    KIND("RDX", N_("is an R data file; write it with write.csv(..., row.names = FALSE)")),
    KIND("RDA", N_("is an R data file; write it with write.csv(..., row.names = FALSE)")),
    KIND("X\n\0\0", N_("is an R data file; write it with write.csv(..., row.names = FALSE)")),
    KIND("<stata_dta>", N_("is a Stata file; write it with export delimited")),
    KIND("$FL2@(#)", N_("is an SPSS file; save it as CSV")),
};

/* What begins like this, in any case, behind blanks, is text, but no table. */
static const Kind TEXTS[] = {
    KIND("<!DOCTYPE", N_("is a web page; download the file itself")),
    KIND("<html", N_("is a web page; download the file itself")),
    KIND("<head", N_("is a web page; download the file itself")),
    KIND("<body", N_("is a web page; download the file itself")),
    KIND("<table", N_("is a table of a web page (HTML); save it as CSV")),
    KIND("<?xml", N_("is XML; write its points as CSV")),
    KIND("<svg", N_("is a picture, no table")),
    KIND("<?php", N_("is a program, no table")),
    KIND("{\"", N_("is JSON; write it with pandas' to_csv(..., index=False)")),
    KIND("version https://git-lfs.", N_("is a pointer to a file in Git LFS; fetch the file itself (git lfs pull)")),
};

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A zip archive by the name of its first file. */
static const char *zip_kind(const char *bytes, size_t size) {
    if (size < 30 || memcmp(bytes, "PK\3\4", 4) != 0)
        return size >= 4 && memcmp(bytes, "PK\3\4", 4) == 0 ? N_("is a zip archive that is cut") : NULL;
    size_t length = (unsigned char)bytes[26] | (size_t)(unsigned char)bytes[27] << 8;
    length = length < size - 30 ? length : size - 30;
    const char *name = bytes + 30;
    if ((length >= 3 && memcmp(name, "xl/", 3) == 0) || (length >= 5 && memcmp(name, "[Cont", 5) == 0) ||
        (length >= 6 && memcmp(name, "_rels/", 6) == 0) || (length >= 8 && memcmp(name, "docProps", 8) == 0))
        return N_("is an Excel workbook (xlsx); save the sheet as CSV");
    if (length == 8 && memcmp(name, "mimetype", 8) == 0)
        return N_("is an OpenDocument file (ods); save the sheet as CSV");
    if (length >= 4 && memcmp(name + length - 4, ".npy", 4) == 0)
        return N_("is a NumPy archive (npz); write its points with numpy.savetxt(..., delimiter=\",\")");
    return N_("is a zip archive; unpack it and open the file in it (unzip; an Excel sheet: save it as CSV)");
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
               : N_("is a tar archive; unpack it and open the file in it (tar -xf)");
}

const char *points_text_kind(const char *bytes, size_t size) {
    const char *end = bytes + size, *at = bytes;
    while (at < end && is_blank(*at))
        at++;
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        if ((size_t)(end - at) >= TEXTS[i].length && strncasecmp(at, TEXTS[i].bytes, TEXTS[i].length) == 0)
            return TEXTS[i].what;
    if (at < end && is_list(at, end))
        return N_("is JSON or a program's list; write it as CSV, a point a line: x,y,label");
    return is_binary(bytes, size) ? N_("is no text; write its points as CSV, or name its --encoding") : NULL;
}
