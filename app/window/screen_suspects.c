#include "app/views/suspects_words.h"
#include "app/window/screen_private.h"

#include <stdlib.h>
#include <string.h>

void screen_select_all(Screen *w, const Snapshot *snapshot) {
    const SuspectRows *list = &w->panel.suspects.rows;
    if (!w->panel.suspects.open || list->count == 0) {
        selection_all(&w->selection, snapshot, &w->hand.hidden);
        return;
    }
    uint32_t *samples = malloc(list->count * sizeof *samples);
    size_t count = 0;
    for (size_t i = 0; samples && i < list->count; i++) {
        int64_t sample = suspect_rows_sample(list, &list->rows[i]);
        if (sample >= 0)
            samples[count++] = (uint32_t)sample;
    }
    selection_use(&w->selection, samples, count, SELECT_ONLY);
    free(samples);
}

static bool page_is_seen(const Screen *w) {
    return w->panel.suspects.open && w->layout.panel.w > 0.0f;
}

bool screen_wants_labels(const Screen *w) {
    bool colors = plot_color_by_value(w->hand.color) && w->hand.color != PLOT_COLOR_LOSS;
    bool plots = !w->panel.network.large; /* which lies over them */
    return page_is_seen(w) || (plots && (colors || screen_map_seen(w)));
}

void screen_toggle_suspects(Screen *w) {
    if (w->presenting)
        return;
    bool seen = page_is_seen(w);
    if (seen)
        w->panel.suspects.open = false;
    else
        suspects_open(&w->panel.suspects);
    w->drawer = w->layout.drawer && !seen;
    w->ui.wants_frame = true;
}

void screen_say_suspects(Screen *w, const Snapshot *snapshot) {
    const SuspectsState *st = &w->panel.suspects;
    if (page_is_seen(w))
        suspects_say_line(&st->rows, snapshot, st->reveal, &w->line.topic);
    else
        memset(&w->line.topic, 0, sizeof w->line.topic);
}
