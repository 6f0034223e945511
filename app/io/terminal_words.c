#include "app/io/terminal_words.h"

#include "core/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef struct Range {
    uint32_t first, last;
} Range;

/* Unicode's East_Asian_Width W and F. */
static const Range WIDE[] = {
    {0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0x33ff},   {0x3400, 0x4dbf},   {0x4e00, 0xa4cf},
    {0xa960, 0xa97c},   {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe10, 0xfe19},   {0xfe30, 0xfe6b},
    {0xff01, 0xff60},   {0xffe0, 0xffe6},   {0x17000, 0x18cff}, {0x1b000, 0x1b2ff}, {0x1f300, 0x1f64f},
    {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd},
};

/* Marks that stand on the letter before them, and what is not seen. */
static const Range NARROW[] = {
    {0x0300, 0x036f}, {0x0483, 0x0489}, {0x0591, 0x05bd}, {0x064b, 0x065f}, {0x1ab0, 0x1aff},
    {0x1dc0, 0x1dff}, {0x200b, 0x200f}, {0x202a, 0x202e}, {0x2060, 0x2064}, {0x20d0, 0x20f0},
    {0x302a, 0x302d}, {0x3099, 0x309a}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}, {0xfeff, 0xfeff},
};

#define IN(ranges, letter) is_in(ranges, sizeof(ranges) / sizeof *(ranges), letter)

static bool is_in(const Range *ranges, size_t count, uint32_t letter) {
    for (size_t i = 0; i < count; i++)
        if (letter >= ranges[i].first && letter <= ranges[i].last)
            return true;
    return false;
}

int words_width(const char *text) {
    int width = 0;
    for (size_t bytes; *text != '\0'; text += bytes) {
        uint32_t letter = utf8_letter(text, UTF8_LONGEST, &bytes);
        width += IN(NARROW, letter) ? 0 : IN(WIDE, letter) ? 2 : 1;
    }
    return width;
}

int words_field(const char *text, int width) {
    return width + (int)strlen(text) - words_width(text);
}
