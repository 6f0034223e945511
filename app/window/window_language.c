/* The language of the window: as the desktop's environment asks, or as it was chosen here and is remembered. */
#include "app/base/language.h"
#include "app/window/window_private.h"

#include <stdio.h>

static bool use(const char *code, Status *status) {
    if (code[0])
        return language_choose(code, status);
    bool done = language_choose("en", status);
    language_from_environment();
    return done;
}

void window_begin_language(Window *w) {
    Status status = {0}; /* its words may be gone: then it is as the desktop */
    snprintf(w->language, sizeof w->language, "%s", w->remembered.language);
    if (!w->cli->language && w->language[0])
        use(w->language, &status);
}

void window_choose_language(Window *w, const char *code) {
    Status status = {0};
    if (!use(code, &status)) {
        window_say(w, status.message);
        return;
    }
    snprintf(w->language, sizeof w->language, "%s", code);
    w->screen.toolbar.language.chosen = w->language;
    window_set_titles(w);
    window_follow_source(w);
    window_use_kept(w);
    w->screen.ui.wants_frame = true;
    w->dirty = true;
    window_remember_soon(w);
}
