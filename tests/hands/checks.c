#include "tests/hands/checks.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/sessions.h"

#include "app/ui/ui_widget.h"

#include <ctype.h>
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* GCC's and clang's sanitizers have it, a release build has not. */
size_t __sanitizer_get_current_allocated_bytes(void) __attribute__((weak));

static const size_t MEMORY = (size_t)1 << 30; /* bytes */

/* ---- of each frame ---- */

static void read_text(void *user, const char *utf8, bool cut, bool clipped) {
    static const char *const WORDS[] = {"nan", "inf"}; /* as printf has them; people type NaN */
    (void)user;
    (void)cut;
    (void)clipped;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++)
        for (const char *at = strstr(utf8, WORDS[i]); at; at = strstr(at + 1, WORDS[i])) {
            bool begins = at == utf8 || !(isalnum((unsigned char)at[-1]) || at[-1] == '_' || at[-1] == '/');
            unsigned char next = (unsigned char)at[strlen(WORDS[i])];
            if (begins && !isalnum(next) && next != '_' && next != '.')
                hands_wrong("a number that is none is shown: \"%s\"", utf8);
        }
}

static void check_widgets(const Ui *ui) {
    static uint32_t missing; /* that has the focus: it may be made in the next frame */
    uint32_t ids[UI_MAX_WIDGETS];
    bool found = ui->focus == 0;
    if (ui->widget_count >= UI_MAX_WIDGETS)
        hands_wrong("there are too many widgets");
    for (int i = 0; i < ui->widget_count; i++) {
        const UiWidget *one = &ui->widgets[i];
        ids[i] = ui_id(one->name);
        found = found || ids[i] == ui->focus;
        if (!isfinite(one->rect.x + one->rect.y + one->rect.w + one->rect.h))
            hands_wrong("widget %s is nowhere", one->name);
        for (int k = 0; k < i && one->focusable; k++)
            if (ids[k] == ids[i] && ui->widgets[k].focusable)
                hands_wrong("two widgets are called %s (%s)", one->name, ui->widgets[k].name);
    }
    if (!found && missing == ui->focus)
        hands_wrong("what has the focus is not there");
    missing = found ? 0 : ui->focus;
}

void check_frame(Window *w) {
    text_watch(w->screen.text, read_text, NULL); /* from the first frame on */
    check_widgets(&w->screen.ui);
    if (__sanitizer_get_current_allocated_bytes && __sanitizer_get_current_allocated_bytes() > MEMORY)
        hands_wrong("%zu bytes are in use", __sanitizer_get_current_allocated_bytes());
}

/* ---- the picture ---- */

enum { SETTLING = 5 }; /* frames of half a second, until what glides is there */
static enum { LOOK_NONE, LOOK_SETTLES, LOOK_FIRST, LOOK_SECOND } stage;
static int settled;
static uint32_t *picture;
static size_t pixels;

static bool is_still(Window *w) {
    return w->experiment.mode == MODE_PAUSED && !experiment_is_behind(&w->experiment) && !w->reading && !w->reopening &&
           !w->job && !w->copy.busy && !w->portal && !w->summing && w->experiment.queued == 0 &&
           !experiment_is_watching(&w->experiment) && !age_path_pending(&w->path) && !window_is_checking(w) &&
           !w->experiment.tape;
}

static void check_no_part(const char *folder) {
    DIR *stream = opendir(folder);
    const struct dirent *entry;
    while (stream && (entry = readdir(stream)))
        if (strstr(entry->d_name, ".part"))
            hands_wrong("%s/%s is left", folder, entry->d_name);
    if (stream)
        closedir(stream);
}

void check_look(Window *w) {
    if (!w->job && !w->copy.busy) {
        check_no_part(".");
        check_no_part("state/easyfirst");
        check_no_part("config/easyfirst/presets");
    }
    if (!is_still(w))
        return;
    hands_tick(0.0);
    w->dirty = true;
    settled = 0;
    stage = LOOK_SETTLES;
}

static void check_shown(Window *w) {
    const Canvas *c = &w->screen.canvas;
    SDL_Surface *s = SDL_GetWindowSurface(w->present.window);
    for (int y = 0; s && y < c->height && y < s->h; y++)
        for (int x = 0; x < c->width && x < s->w; x++) {
            uint32_t shown = ((const uint32_t *)((const char *)s->pixels + y * s->pitch))[x];
            if ((shown ^ c->pixels[(size_t)y * (size_t)c->width + (size_t)x]) & 0xffffff)
                hands_wrong("the display has not what was drawn at %d %d", x, y);
        }
}

/* To be looked at: a PPM. */
static void save_picture(const char *name, const uint32_t *from, const Canvas *c) {
    FILE *file = fopen(name, "w");
    if (!file)
        return;
    fprintf(file, "P6 %d %d 255\n", c->width, c->height);
    for (size_t i = 0; i < pixels; i++)
        for (int shift = 16; shift >= 0; shift -= 8)
            fputc((int)(from[i] >> shift & 255), file);
    fclose(file);
}

static void compare(Window *w) {
    const Canvas *c = &w->screen.canvas;
    if (memcmp(picture, c->pixels, pixels * sizeof *picture) != 0) {
        save_picture("look-first.ppm", picture, c);
        save_picture("look-second.ppm", c->pixels, c);
    }
    for (size_t i = 0; i < pixels; i++)
        if (picture[i] != c->pixels[i])
            hands_wrong("the picture depends on the one before at %zu %zu (%08x, %08x)", i % (size_t)c->width,
                        i / (size_t)c->width, picture[i], c->pixels[i]);
}

static void end_look(void) {
    free(picture);
    picture = NULL;
    stage = LOOK_NONE;
    hands_tick(0.001);
}

bool check_look_on(Window *w) {
    const Canvas *c = &w->screen.canvas;
    size_t now = (size_t)c->width * (size_t)c->height;
    if (stage == LOOK_NONE)
        return false;
    if (!is_still(w) || (stage == LOOK_SECOND && now != pixels)) {
        end_look();
        return false;
    }
    w->dirty = true;
    if (stage == LOOK_SETTLES) {
        hands_pass(0.5);
        stage = ++settled < SETTLING ? LOOK_SETTLES : LOOK_FIRST;
    } else if (w->screen.ui.wants_frame) { /* what moves for ever */
        end_look();
        return false;
    } else if (stage == LOOK_FIRST) {
        pixels = now;
        picture = malloc(pixels * sizeof *picture);
        memcpy(picture, c->pixels, pixels * sizeof *picture);
        memset(c->pixels, 0x5a, pixels * sizeof *picture);
        stage = LOOK_SECOND;
    } else {
        compare(w);
        check_shown(w);
        end_look();
        return false;
    }
    return true;
}

/* ---- the disk ---- */

static const int64_t LONGEST = 4000; /* epochs of a run that is played again */

static bool is_settled(const Window *w) {
    return is_still((Window *)w) && window_is_unsaved(w) && w->experiment.log && !w->experiment.hand &&
           w->experiment.trainer->epoch < LONGEST && w->experiment.trainer->data.count <= 3000;
}

static void wait_for_pen(Window *w) {
    for (int i = 0; i < 20000 && !session_pen_is_done(w->keeping.pen); i++)
        usleep(1000);
}

static void play(Experiment *e, Tape *tape, const char *path, Recording *recording, Session *session) {
    Status status = {0};
    if (!session_open(session, recording, path, true, &status) || !tape_begin(tape, e, recording, &status))
        hands_wrong("what is kept cannot be opened: %s", status.message);
    while (tape_play(e, 1000) > 0)
        ;
    char complaint[1024];
    tape_complaint(tape, e, complaint);
    e->tape = NULL;
    if (tape->failed || complaint[0])
        hands_wrong("what is kept cannot be played: %s", complaint);
}

void check_disk(Window *w) {
    Status status = {0};
    if (!is_settled(w))
        return;
    w->keeping.at = w->keeping.progress = 0.0;
    window_keep(w);
    if (!w->keeping.pen || window_is_checking(w))
        return;
    wait_for_pen(w);
    if (!session_pen_is_done(w->keeping.pen) || !session_pen_state(w->keeping.pen, &status))
        return; /* the disk is full */
    Session session = {0};
    Recording recording = {0};
    Experiment again = {0};
    Tape tape = {0};
    play(&again, &tape, session_pen_path(w->keeping.pen), &recording, &session);
    assert_same_session(&w->experiment, &again);
    experiment_free(&again);
    tape_free(&tape);
    recording_free(&recording);
    session_free(&session);
}

void check_left(void) {
    KeptList left;
    check_no_part(".");
    check_no_part("state/easyfirst");
    check_no_part("config/easyfirst/presets");
    kept_load(&left);
    if (left.count > 3 * KEPT_MOST)
        hands_wrong("%d sessions are kept", left.count);
    for (int i = 0; i < left.count; i++)
        if (left.items[i].damaged)
            hands_wrong("%s is damaged", left.items[i].path);
    kept_free(&left);
}
