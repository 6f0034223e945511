/* Text that grows, and the reading of a line of it: what the log is made of. */
#ifndef EASYFIRST_LOG_TEXT_H
#define EASYFIRST_LOG_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct LogText {
    char *text; /* size bytes, not ended by a 0; owned */
    size_t size, capacity;
    bool failed; /* there was no memory: what was to be added is missing */
} LogText;

void log_text_free(LogText *text); /* leaves it zeroed, which is valid and empty */
void log_put_bytes(LogText *text, const char *bytes, size_t count);
/* So many bytes, which the caller fills; NULL without memory. */
char *log_put_room(LogText *text, size_t count);
void log_put(LogText *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void log_put_whole(LogText *text, uint64_t value);
/* As few digits as it takes to read back the same number. The value is finite. */
void log_put_float(LogText *text, float value);
void log_put_double(LogText *text, double value);
/* Any bytes, so that they fit a line and stay readable: % and what is no printable character as %XX. */
void log_put_name(LogText *text, const char *name);

/* ---- reading, at *c in a line that ends with a 0; *c is moved behind what was read, and nothing is read on failure */

/* A word, and the blank behind it if one follows. */
bool log_take_word(const char **c, const char *word);
/* Exactly these characters. */
bool log_take(const char **c, const char *characters);
/* Digits, at most `most`. */
bool log_take_whole(const char **c, uint64_t most, uint64_t *value);
/* A finite number. */
bool log_take_double(const char **c, double *value);
bool log_take_float(const char **c, float *value);
/* Eight hexadecimal digits. */
bool log_take_hex(const char **c, uint32_t *value);
/* What log_put_name has written, up to the end of the line; malloc'd, *length bytes and a 0. NULL: it is none, or there
 * is no memory. */
char *log_take_name(const char **c, size_t *length);

/* A checksum over more bytes; begin with LOG_SUM. No change of one byte leaves it as it was. */
#define LOG_SUM UINT32_C(2166136261)
#define LOG_SUM_WORD " sum " /* before it, at the end of a line */
uint32_t log_sum(uint32_t sum, const void *bytes, size_t count);

/* Over more of a log, from the beginning of a line on. In a line that begins with LOG_PACKED four bytes (the first one
 * the lowest) count as one. */
#define LOG_PACKED ':'
uint32_t log_sum_lines(uint32_t sum, const char *lines, size_t count);

/* Of a line with a checksum at its end, how many of its bytes count; 0: it has none. */
size_t log_summed_part(const char *line, size_t length, uint32_t *sum);

#endif
