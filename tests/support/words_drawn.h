/* The words that are drawn on a canvas, as a person reads them. Include after cmocka.h. */
#ifndef EASYFIRST_WORDS_DRAWN_H
#define EASYFIRST_WORDS_DRAWN_H

#include "app/draw/canvas.h"
#include "app/draw/draw_list.h"

#include <stdio.h>
#include <string.h>

static DrawList words_list;
static char words_text[1 << 15];

/* From here on; what was drawn before is forgotten. */
static inline void words_begin(Canvas *canvas) {
    draw_list_free(&words_list);
    canvas->record = &words_list;
}

/* All of them, in the order in which they were drawn, with blanks between them. */
static inline const char *words_drawn(void) {
    size_t used = 0;
    words_text[0] = '\0';
    for (size_t i = 0; i < words_list.text_count && used < sizeof words_text; i++)
        used += (size_t)snprintf(words_text + used, sizeof words_text - used, "%s%s", i > 0 ? " " : "",
                                 words_list.bytes + words_list.texts[i].start);
    return words_text;
}

static inline bool words_have(const char *words) {
    return strstr(words_drawn(), words) != NULL;
}

static inline void words_must_have(const char *words) {
    if (!words_have(words))
        fail_msg("'%s' is not in: %s", words, words_drawn());
}

static inline void words_end(Canvas *canvas) {
    canvas->record = NULL;
    draw_list_free(&words_list);
}

#endif
