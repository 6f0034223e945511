/* Numbers as the window and the pictures show them, and as people type them: with the decimal sign, the separator of
 * thousands and the percentage of the language (language.h), here as in English. What goes into files, and what is read
 * from them, is written by the functions that end with _c: the same in every language. */
#ifndef EASYFIRST_FORMAT_H
#define EASYFIRST_FORMAT_H

#include <stdbool.h>
#include <stddef.h>

#define MINUS "\u2212" /* the minus sign; C writes a hyphen */

/* The point of a number that C has written becomes the language's decimal sign, if there is room for it. */
void format_decimal_sign(char *text, size_t size);

/* 10000 -> "10,000" */
void format_count(size_t count, char text[32]);
/* What C's %g makes of it, with so many digits: "0.1", "1e-05". */
void format_digits(double value, int digits, char text[32]);
/* 12.34, 1 -> "12.3" */
void format_decimals(double value, int decimals, char text[32]);
/* 81.73, 1 -> "81.7 %" */
void format_percentage(double percent, int decimals, char text[32]);
/* Without decimals, and as a word that no line breaks in. */
void format_percentage_whole(double percent, char text[32]);
/* 0.8173 -> "81.7 %"; NaN (not defined): a dash. 0.0 and 100.0 are said of none and all alone. */
void format_percent(double share, char text[32]);
/* The share that format_percent shows: what is left of it adds up with it. */
double format_share(double share);
/* "0.448", "1.35", "12.3", "1.00e-5", "2.45e7" (from 1e5 on): three significant digits with trailing zeros, so that
 * widths do not jump */
void format_figure(double value, char text[32]);
/* "0.448", "1.35", "1e-5": at most so many significant digits, without trailing zeros, and without an exponent where
 * the number reads well without one (with three digits: up to 1e5) */
void format_number(double value, int digits, char text[32]);
void format_number_c(double value, int digits, char text[32]);

/* origin + position, in as few decimals as it takes that the text, less the origin, is the same float32 again. */
void format_shifted(double origin, float position, char text[32]);
void format_shifted_c(double origin, float position, char text[32]);

/* What a hand can mean: the value as a multiple of the power of ten that is `digits` - 1 places behind the first digit
 * of `size` (size 0.5, 3 digits: of 0.001), so that its text is short. size is above 0. */
double round_by_hand(double value, double size, int digits);

/* Reads a finite number as people type it, with the language's decimal sign or a point: all of the text, but for blanks
 * around it, as strtod reads it. Otherwise false, and *value is unchanged. */
bool parse_number(const char *text, double *value);
bool parse_number_c(const char *text, double *value);
/* Whether the text is a number as people type it, but too large for one: "1e999". */
bool is_beyond_numbers(const char *text);

#endif
