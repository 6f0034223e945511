/* The pixels of a GIF's frame as its file has them (GIF89a, appendix F): LZW in codes of up to 12 bits, lowest bits
 * first, in blocks of up to 255 bytes. The dictionary begins anew where it is full. It takes no memory but its own, so
 * that nothing but writing can fail: that is why it is not a library's. libcgif 0.3, which wrote the same bytes,
 * crashes at 57 of 62 allocations that are refused, most of them within its own calls, and 0.5 joins frames that are
 * alike. */
#ifndef EASYFIRST_GIF_LZW_H
#define EASYFIRST_GIF_LZW_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { GIF_CODES = 4096, GIF_SLOTS = 2 * GIF_CODES };

/* Dictionary entries are a code with, below it, what it is found by: its last pixel, in `others` also the code of all
 * pixels before that; 0: none. */
typedef struct GifLzw {
    FILE *stream;
    int clear;                  /* the code for a new dictionary: a power of 2 above all pixels */
    int next;                   /* the next new code; the last one is followed by GIF_CODES */
    int width;                  /* bits of a code now */
    uint32_t only[GIF_CODES];   /* of a code: the first entry that goes on from it, code << 8 | pixel */
    uint32_t others[GIF_SLOTS]; /* the further ones, hashed: code << 20 | code before << 8 | pixel */
    uint64_t bits;              /* not yet in the block */
    int pending;                /* how many */
    uint8_t block[256];         /* its length, then its bytes */
} GifLzw;

/* Writes a frame's minimum code size, blocks and the empty block: pixels below 2^depth (depth 2 to 8), rows from the
 * top, `pitch` from one to the next. Errors stay in the stream. */
void gif_lzw_write(GifLzw *lzw, FILE *stream, int depth, const uint8_t *pixels, size_t pitch, int width, int height);

#endif
