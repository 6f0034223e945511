/* Texts for a DrawList: letters instead of a mask. */
#include "app/draw/draw_list.h"
#include "app/draw/text_private.h"

#include <stdlib.h>
#include <string.h>

/* What is recorded of one text. */
typedef struct Words {
    Text *text;
    const Canvas *canvas;
    const TextEntry *entry;
    const char *spacer; /* what stands between its letters, to be left out; NULL: nothing */
    DrawText as;
    float left, baseline;
    Color color;
} Words;

/* The run's letters without what only spaces them. */
static void copy_letters(char *copy, const char *run, size_t length, const char *spacer) {
    size_t used = 0, step = spacer ? strlen(spacer) : 0;
    for (size_t at = 0; at < length;) {
        if (spacer && at + step <= length && memcmp(run + at, spacer, step) == 0)
            at += step;
        else
            copy[used++] = run[at++];
    }
    copy[used] = '\0';
}

static void record_run(const Words *words, const TextRun *run) {
    char path[4096], letters[PREPARED_MAX];
    DrawText as = words->as;
    DrawFont font;
    if (!text_run_font(words->text, words->entry->style, run, path, sizeof path, &font))
        return;
    copy_letters(letters, words->entry->key + run->start, (size_t)run->length, words->spacer);
    as.width = (float)run->width / TEXT_WIDER;
    as.right_to_left = run->level % 2 == 1;
    DrawItem item = {.x = words->left + (float)run->x / TEXT_WIDER, .y = words->baseline, .color = words->color};
    draw_list_text(words->canvas->record, canvas_clip(words->canvas), item, &font, as, letters);
}

/* Whether one of its fonts consists of pixels. */
static bool has_bitmaps(const Text *text, const TextEntry *entry) {
    for (int i = 0; i < entry->run_count; i++)
        if (entry->runs[i].font != TEXT_OWN && text->fallbacks[entry->runs[i].font].bitmap && !entry->runs[i].colored)
            return true;
    return false;
}

/* The run and those to the right of it that only its script parts from it: how many in *joined. */
static TextRun joined_run(const TextEntry *entry, int first, int *joined) {
    TextRun run = entry->runs[first];
    *joined = 1;
    for (int i = first + 1; i < entry->run_count; i++, ++*joined) {
        const TextRun *next = &entry->runs[i];
        bool goes_on = next->level == run.level && run.level % 2 == 0 && next->start == run.start + run.length;
        if (!goes_on || next->font != run.font || next->colored != run.colored)
            break;
        run.length += next->length;
        run.width += next->width;
    }
    return run;
}

bool text_record(Text *text, const Canvas *canvas, const TextEntry *entry, const TextPlace *at) {
    TextStyle style = entry->style;
    if (has_bitmaps(text, entry))
        return false;
    int before = memory_watch();
    bool spaced = text_style_spaced(style);
    const char *spacer = spaced ? TEXT_HAIR_SPACE : NULL;
    Words words = {text, canvas, entry, spacer, {0}, (float)at->left, (float)at->baseline, at->color};
    words.as.size = text_style_size(text, style);
    words.as.anchor = entry->run_count <= 1 ? at->anchor : 0;
    if (spaced)
        words.as.spacing = (float)text_wide_width(text->fonts[style].font, TEXT_HAIR_SPACE) / TEXT_WIDER;
    TextRun whole = {.length = (int)entry->length, .font = TEXT_OWN, .width = (int)(entry->width * TEXT_WIDER)};
    if (!entry->runs)
        record_run(&words, &whole);
    for (int i = 0, joined; i < entry->run_count; i += joined) {
        TextRun run = joined_run(entry, i, &joined);
        if (!run.colored)
            record_run(&words, &run);
    }
    text->failed = memory_failed(before) || text->failed;
    return true;
}
