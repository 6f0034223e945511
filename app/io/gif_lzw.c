#include "app/io/gif_lzw.h"

#include <assert.h>
#include <string.h>

enum { MOST_BITS = 12, BLOCK = 255 };

static void write_block(GifLzw *lzw) {
    fwrite(lzw->block, 1, (size_t)lzw->block[0] + 1, lzw->stream);
    lzw->block[0] = 0;
}

static void put_byte(GifLzw *lzw) {
    lzw->block[++lzw->block[0]] = (uint8_t)lzw->bits;
    lzw->bits >>= 8;
    lzw->pending -= 8;
    if (lzw->block[0] == BLOCK)
        write_block(lzw);
}

static void put(GifLzw *lzw, int code) {
    if (lzw->next > 1 << lzw->width && lzw->width < MOST_BITS)
        lzw->width++;
    lzw->bits |= (uint64_t)code << lzw->pending;
    lzw->pending += lzw->width;
    while (lzw->pending >= 8)
        put_byte(lzw);
}

static void begin_dictionary(GifLzw *lzw, int depth) {
    memset(lzw->only, 0, sizeof lzw->only);
    memset(lzw->others, 0, sizeof lzw->others);
    lzw->next = lzw->clear + 2; /* behind the code for the end */
    lzw->width = depth + 1;
}

/* Where an entry of `others` is, or would be. */
static uint32_t *slot_of(GifLzw *lzw, uint32_t key) {
    uint32_t slot = key * 2654435769u >> 19;
    while (lzw->others[slot] != 0 && (lzw->others[slot] & 0xfffff) != key)
        slot = (slot + 1) % GIF_SLOTS;
    return &lzw->others[slot];
}

static uint32_t key_of(int code, uint8_t pixel) {
    return (uint32_t)code << 8 | pixel;
}

/* The code of one's pixels and another; 0: there is none. */
static int longer(GifLzw *lzw, int code, uint8_t pixel) {
    uint32_t only = lzw->only[code];
    if (only == 0 || (only & 0xff) == pixel)
        return (int)(only >> 8);
    return (int)(*slot_of(lzw, key_of(code, pixel)) >> 20);
}

static void add(GifLzw *lzw, int code, uint8_t pixel) {
    if (lzw->only[code] == 0) {
        lzw->only[code] = (uint32_t)lzw->next << 8 | pixel;
    } else {
        uint32_t key = key_of(code, pixel);
        *slot_of(lzw, key) = (uint32_t)lzw->next << 20 | key;
    }
    lzw->next++;
}

static void put_row(GifLzw *lzw, int depth, const uint8_t *row, int width, int *code) {
    for (int x = 0; x < width; x++) {
        int more = longer(lzw, *code, row[x]);
        if (more != 0) {
            *code = more;
            continue;
        }
        put(lzw, *code);
        if (lzw->next < GIF_CODES) {
            add(lzw, *code, row[x]);
        } else {
            put(lzw, lzw->clear);
            begin_dictionary(lzw, depth);
        }
        *code = row[x];
    }
}

void gif_lzw_write(GifLzw *lzw, FILE *stream, int depth, const uint8_t *pixels, size_t pitch, int width, int height) {
    assert(depth >= 2 && depth <= 8 && width >= 1 && height >= 1);
    lzw->stream = stream;
    lzw->clear = 1 << depth;
    lzw->bits = 0;
    lzw->pending = 0;
    lzw->block[0] = 0;
    begin_dictionary(lzw, depth);
    fputc(depth, stream);
    put(lzw, lzw->clear);
    int code = pixels[0];
    put_row(lzw, depth, pixels + 1, width - 1, &code);
    for (int y = 1; y < height; y++)
        put_row(lzw, depth, pixels + (size_t)y * pitch, width, &code);
    put(lzw, code);
    lzw->next++; /* as for who reads it: the code before has made an entry */
    put(lzw, lzw->clear + 1);
    if (lzw->pending > 0)
        put_byte(lzw);
    if (lzw->block[0] > 0)
        write_block(lzw);
    fputc(0, stream);
}
