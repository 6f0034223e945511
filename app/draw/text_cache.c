#include "app/draw/text_private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* ---- Entries ---- */

void text_cache_reset(Text *text) {
    for (int i = 0; i < TEXT_BUCKETS; i++)
        text->buckets[i] = TEXT_NONE;
    for (int i = 0; i < TEXT_CACHE_ENTRIES; i++)
        text->entries[i].next = i + 1 < TEXT_CACHE_ENTRIES ? i + 1 : TEXT_NONE;
    text->free = 0;
    text->newest = text->oldest = TEXT_NONE;
}

static size_t mask_bytes(const TextMask *mask) {
    size_t pixels = !mask->coverage ? 0 : (size_t)mask->width * (size_t)mask->height;
    return pixels * (mask->color ? 1 + sizeof *mask->color : 1);
}

static void unlink_use(Text *text, int index) {
    TextEntry *entry = &text->entries[index];
    if (entry->newer != TEXT_NONE)
        text->entries[entry->newer].older = entry->older;
    else
        text->newest = entry->older;
    if (entry->older != TEXT_NONE)
        text->entries[entry->older].newer = entry->newer;
    else
        text->oldest = entry->newer;
}

static void link_newest(Text *text, int index) {
    TextEntry *entry = &text->entries[index];
    entry->newer = TEXT_NONE;
    entry->older = text->newest;
    if (text->newest != TEXT_NONE)
        text->entries[text->newest].newer = index;
    else
        text->oldest = index;
    text->newest = index;
}

static void drop(Text *text, int index) {
    TextEntry *entry = &text->entries[index];
    int *link = &text->buckets[entry->hash & (TEXT_BUCKETS - 1)];
    while (*link != index)
        link = &text->entries[*link].next;
    *link = entry->next;
    unlink_use(text, index);
    for (int kind = 0; kind < 2; kind++) {
        text->use.bytes -= mask_bytes(&entry->mask[kind]);
        free(entry->mask[kind].coverage);
        free(entry->mask[kind].color);
    }
    free(entry->runs);
    free(entry->key);
    *entry = (TextEntry){.next = text->free};
    text->free = index;
    text->use.entries--;
}

void text_cache_clear(Text *text) {
    while (text->oldest != TEXT_NONE)
        drop(text, text->oldest);
}

/* FNV-1a */
static uint32_t hash_of(TextStyle style, const char *key, size_t length) {
    uint32_t hash = (2166136261u ^ (uint32_t)style) * 16777619u;
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (uint8_t)key[i]) * 16777619u;
    return hash ^ hash >> 15;
}

int text_wide_width(TTF_Font *font, const char *prepared) {
    int width = 0, height = 0;
    return TTF_SizeUTF8(font, prepared, &width, &height) == 0 && width > 0 ? width : 0;
}

/* NULL without memory; what else fails for want of it is in errno. */
static TextEntry *add_entry(Text *text, TextStyle style, const char *key, size_t length, uint32_t hash) {
    char *copy = malloc(length + 1);
    if (!copy)
        return NULL;
    memcpy(copy, key, length + 1);
    if (text->free == TEXT_NONE)
        drop(text, text->oldest);
    int index = text->free, *bucket = &text->buckets[hash & (TEXT_BUCKETS - 1)];
    TextEntry *entry = &text->entries[index];
    text->free = entry->next;
    *entry = (TextEntry){.key = copy, .length = length, .hash = hash, .style = style, .next = *bucket};
    *bucket = index;
    link_newest(text, index);
    text->use.entries++;
    int wide = 0;
    if (text_is_plain(text, style, key, length))
        wide = text_wide_width(text->fonts[style].font, key);
    else
        entry->runs = text_runs(text, style, key, length, &entry->run_count, &wide);
    entry->width = (float)wide / TEXT_WIDER;
    return entry;
}

TextEntry *text_cache_find(Text *text, TextStyle style, const char *key, size_t length) {
    uint32_t hash = hash_of(style, key, length);
    for (int i = text->buckets[hash & (TEXT_BUCKETS - 1)]; i != TEXT_NONE; i = text->entries[i].next) {
        TextEntry *entry = &text->entries[i];
        if (entry->hash == hash && entry->style == style && entry->length == length &&
            memcmp(entry->key, key, length) == 0) {
            if (i != text->newest) {
                unlink_use(text, i);
                link_newest(text, i);
            }
            return entry;
        }
    }
    text->use.misses++;
    bool failed = text->failed; /* earlier: this text is none of that */
    int before = memory_watch();
    text->failed = false;
    TextEntry *entry = add_entry(text, style, key, length, hash);
    if (!memory_failed(before) && !text->failed) {
        text->failed = failed;
        return entry;
    }
    text->failed = true;
    if (entry)
        drop(text, text->newest);
    return NULL;
}

/* ---- Masks ---- */

#define ALPHA_BYTE (SDL_BYTEORDER == SDL_BIG_ENDIAN ? 0 : 3) /* of a 0xAARRGGBB word */

static bool row_is_empty(const uint8_t *row, int width) {
    for (int x = 0; x < width; x++)
        if (row[4 * x + ALPHA_BYTE] != 0)
            return false;
    return true;
}

/* The mask of a text that is Roboto's alone. */
static void draw_plain(Text *text, const TextEntry *entry, TextMask *mask) {
    SDL_Surface *surface =
        TTF_RenderUTF8_Blended(text->fonts[entry->style].font, entry->key, (SDL_Color){255, 255, 255, 255});
    if (!surface)
        return;
    assert(surface->format->BytesPerPixel == 4 && surface->format->Amask == 0xff000000u);
    const uint8_t *bytes = surface->pixels;
    size_t pitch = (size_t)surface->pitch;
    int top = 0, bottom = surface->h, wide = surface->w, width = (wide + TEXT_WIDER - 1) / TEXT_WIDER;
    while (top < bottom && row_is_empty(bytes + (size_t)top * pitch, wide))
        top++;
    while (bottom > top && row_is_empty(bytes + (size_t)(bottom - 1) * pitch, wide))
        bottom--;
    if (bottom > top && (mask->coverage = malloc((size_t)width * (size_t)(bottom - top))) != NULL) {
        mask->top = top;
        mask->width = width;
        mask->height = bottom - top;
        uint8_t *coverage = mask->coverage;
        for (int y = top; y < bottom; y++) {
            const uint8_t *alpha = bytes + (size_t)y * pitch + ALPHA_BYTE;
            for (int x = 0; x < wide; x += TEXT_WIDER) {
                uint32_t sum = 0;
                for (int i = x; i < x + TEXT_WIDER && i < wide; i++)
                    sum += alpha[4 * i];
                sum = (sum + TEXT_WIDER / 2) / TEXT_WIDER;
                *coverage++ = (uint8_t)sum;
            }
        }
    }
    SDL_FreeSurface(surface);
}

const TextMask *text_cache_mask(Text *text, TextEntry *entry, bool light) {
    TextMask *mask = &entry->mask[light];
    if (entry->drawn[light])
        return mask;
    entry->drawn[light] = true;
    if (entry->width <= 0) /* SDL_ttf refuses to render nothing */
        return mask;
    int before = memory_watch();
    if (entry->runs)
        text_runs_draw(text, entry, mask);
    else
        draw_plain(text, entry, mask);
    if (memory_failed(before)) {
        text->failed = true;
        entry->drawn[light] = false;
        free(mask->coverage);
        free(mask->color);
        *mask = (TextMask){0};
        return mask;
    }
    for (size_t i = 0; light && mask->coverage && i < (size_t)mask->width * (size_t)mask->height; i++)
        mask->coverage[i] = text->light_curve[mask->coverage[i]];
    text->use.bytes += mask_bytes(mask);
    while (text->use.bytes > TEXT_CACHE_BYTES && text->oldest != text->newest)
        drop(text, text->oldest);
    return mask;
}

TextCacheUse text_cache_use(const Text *text) {
    return text->use;
}
