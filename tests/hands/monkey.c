/* Random hands on the whole window (tests/monkey runs it):
 *     easyfirst_monkey play EVENTS SEED FOLDER     events of the hand of that seed, in a folder of their own, which is
 *                                                  to be empty; what is done goes to FOLDER/deeds before it is done
 *     easyfirst_monkey replay DEEDS FOLDER         the same deeds again, or some of them
 * A window that ends has another one open after it, with the same state folder. */
#include "tests/hands/checks.h"
#include "tests/hands/acts.h"
#include "tests/hands/material.h"

#include "core/rng.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static Mt19937 random_numbers;

static uint32_t below(uint32_t count) {
    return mt_u32(&random_numbers) % count;
}

static int between(int least, int most) {
    return least + (int)below((uint32_t)(most - least + 1));
}

/* ---- what the hand comes to next ---- */

enum { LOOK_EVERY = 60, DISK_EVERY = 150, MET_ROOM = 4096 };

static struct Met {
    char name[48];
    unsigned times;
} met[MET_ROOM];
static size_t met_count;

static unsigned *times_met(const char *name) {
    size_t i = 0;
    while (i < met_count && strcmp(met[i].name, name) != 0)
        i++;
    if (i == MET_ROOM)
        return &met[0].times;
    if (i == met_count)
        snprintf(met[met_count++].name, sizeof met->name, "%s", name);
    return &met[i].times;
}

/* One that has not been met often, of some. */
static void choose_widget(const Window *w, Act *d) {
    const Ui *ui = &w->screen.ui;
    const UiWidget *best = NULL;
    for (int i = 0; i < 3 && ui->widget_count > 0; i++) {
        const UiWidget *one = &ui->widgets[below((uint32_t)ui->widget_count)];
        if (one->visible.w > 0.0f && (!best || *times_met(one->name) < *times_met(best->name)))
            best = one;
    }
    d->widget[0] = '\0';
    if (best) {
        ++*times_met(best->name);
        snprintf(d->widget, sizeof d->widget, "%s", best->name);
    }
    d->n[0] = between(20, 980);
    d->n[1] = between(50, 950);
}

static const int MODIFIERS[] = {KMOD_NONE,  KMOD_NONE,  KMOD_NONE, KMOD_LSHIFT,
                                KMOD_LCTRL, KMOD_LCTRL, KMOD_LALT, KMOD_LCTRL | KMOD_LSHIFT,
                                KMOD_RALT,  KMOD_CAPS};

static int modifiers(void) {
    return MODIFIERS[below(sizeof MODIFIERS / sizeof *MODIFIERS)];
}

static void choose_click(const Window *w, Act *d) {
    uint32_t what = below(20);
    choose_widget(w, d);
    d->kind = ACT_CLICK;
    d->n[2] = what < 14 ? SDL_BUTTON_LEFT : what < 18 ? SDL_BUTTON_RIGHT : SDL_BUTTON_MIDDLE;
    d->n[3] = below(8) == 0 ? 2 : below(40) == 0 ? 3 : 1;
    d->n[4] = below(8) == 0 ? modifiers() : 0;
}

static void choose_drag(const Window *w, Act *d) {
    choose_widget(w, d);
    if (below(3) == 0)
        snprintf(d->widget, sizeof d->widget, below(3) ? "plot" : "timeline");
    d->kind = ACT_DRAG;
    d->n[2] = between(-300, 300);
    d->n[3] = between(-200, 200);
    d->n[4] = below(6) ? SDL_BUTTON_LEFT : SDL_BUTTON_RIGHT;
    d->n[5] = below(5) == 0 ? modifiers() : 0;
}

static void choose_touch(const Window *w, Act *d) {
    uint32_t what = below(4);
    choose_widget(w, d);
    d->kind = what < 2 ? ACT_TAP : what == 2 ? ACT_SWIPE : ACT_PINCH;
    if (what < 2) {
        d->n[2] = below(4) ? 30 : 400;
        return;
    }
    if (what == 3 && below(2))
        snprintf(d->widget, sizeof d->widget, "plot");
    d->n[2] = between(-200, 200);
    d->n[3] = between(-200, 200);
    d->n[4] = between(1, 200);
    d->n[5] = between(0, 300);
}

/* Keys that mean something, many times; else any. */
static void choose_key(Act *d) {
    static const struct {
        SDL_Scancode code;
        int modifiers;
    } KEYS[] = {
        {SDL_SCANCODE_SPACE, 0},
        {SDL_SCANCODE_SPACE, 0},
        {SDL_SCANCODE_PERIOD, 0},
        {SDL_SCANCODE_PERIOD, 0},
        {SDL_SCANCODE_COMMA, 0},
        {SDL_SCANCODE_R, 0},
        {SDL_SCANCODE_R, KMOD_LSHIFT},
        {SDL_SCANCODE_H, 0},
        {SDL_SCANCODE_LEFT, KMOD_LSHIFT},
        {SDL_SCANCODE_RIGHT, KMOD_LSHIFT},
        {SDL_SCANCODE_ESCAPE, 0},
        {SDL_SCANCODE_ESCAPE, 0},
        {SDL_SCANCODE_ESCAPE, 0},
        {SDL_SCANCODE_END, 0},
        {SDL_SCANCODE_HOME, 0},
        {SDL_SCANCODE_BACKSPACE, 0},
        {SDL_SCANCODE_TAB, 0},
        {SDL_SCANCODE_TAB, 0},
        {SDL_SCANCODE_TAB, KMOD_LSHIFT},
        {SDL_SCANCODE_RETURN, 0},
        {SDL_SCANCODE_RETURN, 0},
        {SDL_SCANCODE_LEFT, 0},
        {SDL_SCANCODE_RIGHT, 0},
        {SDL_SCANCODE_UP, 0},
        {SDL_SCANCODE_DOWN, 0},
        {SDL_SCANCODE_PAGEUP, 0},
        {SDL_SCANCODE_PAGEDOWN, 0},
        {SDL_SCANCODE_F, 0},
        {SDL_SCANCODE_DELETE, 0},
        {SDL_SCANCODE_M, 0},
        {SDL_SCANCODE_L, 0},
        {SDL_SCANCODE_K, 0},
        {SDL_SCANCODE_A, KMOD_LCTRL},
        {SDL_SCANCODE_D, 0},
        {SDL_SCANCODE_W, 0},
        {SDL_SCANCODE_V, 0},
        {SDL_SCANCODE_B, 0},
        {SDL_SCANCODE_E, 0},
        {SDL_SCANCODE_X, 0},
        {SDL_SCANCODE_C, 0},
        {SDL_SCANCODE_1, 0},
        {SDL_SCANCODE_2, 0},
        {SDL_SCANCODE_9, 0},
        {SDL_SCANCODE_LEFTBRACKET, 0},
        {SDL_SCANCODE_RIGHTBRACKET, 0},
        {SDL_SCANCODE_Z, KMOD_LCTRL},
        {SDL_SCANCODE_Z, KMOD_LCTRL},
        {SDL_SCANCODE_Y, KMOD_LCTRL},
        {SDL_SCANCODE_U, 0},
        {SDL_SCANCODE_O, KMOD_LCTRL},
        {SDL_SCANCODE_E, KMOD_LCTRL},
        {SDL_SCANCODE_S, KMOD_LCTRL},
        {SDL_SCANCODE_S, KMOD_LCTRL | KMOD_LSHIFT},
        {SDL_SCANCODE_O, KMOD_LCTRL | KMOD_LSHIFT},
        {SDL_SCANCODE_S, 0},
        {SDL_SCANCODE_C, KMOD_LCTRL},
        {SDL_SCANCODE_V, KMOD_LCTRL},
        {SDL_SCANCODE_X, KMOD_LCTRL},
        {SDL_SCANCODE_F1, 0},
        {SDL_SCANCODE_S, KMOD_LALT},
        {SDL_SCANCODE_L, KMOD_LALT},
        {SDL_SCANCODE_F5, 0},
        {SDL_SCANCODE_P, 0},
        {SDL_SCANCODE_N, 0},
        {SDL_SCANCODE_F10, KMOD_LSHIFT},
        {SDL_SCANCODE_EQUALS, KMOD_LCTRL},
        {SDL_SCANCODE_MINUS, KMOD_LCTRL},
        {SDL_SCANCODE_0, KMOD_LCTRL},
        {SDL_SCANCODE_EQUALS, 0},
        {SDL_SCANCODE_MINUS, 0},
        {SDL_SCANCODE_0, 0},
        {SDL_SCANCODE_Q, 0},
    };
    d->kind = ACT_KEY;
    if (below(8) == 0) {
        d->n[0] = between(SDL_SCANCODE_A, SDL_SCANCODE_KP_EQUALS);
        d->n[1] = modifiers();
    } else {
        uint32_t i = below(sizeof KEYS / sizeof *KEYS);
        d->n[0] = (int)KEYS[i].code;
        d->n[1] = KEYS[i].modifiers;
    }
    d->n[2] = below(6) == 0 ? between(1, 20) : 0;
}

static void choose_text(Act *d) {
    snprintf(d->text, sizeof d->text, "%s", MATERIAL_TEXTS[below((uint32_t)MATERIAL_TEXT_COUNT)]);
}

static void choose_size(Act *d) {
    static const int SIZES[][2] = {{640, 480}, {640, 480}, {700, 500},  {800, 600},  {1000, 560}, {1280, 720},
                                   {320, 240}, {1, 1},     {641, 1000}, {1280, 480}, {100, 900},  {900, 100}};
    static const int LARGE[][2] = {{1920, 1080}, {4096, 2160}};
    const int *size = below(40) == 0 ? LARGE[below(2)] : SIZES[below(sizeof SIZES / sizeof *SIZES)];
    d->kind = ACT_RESIZE;
    d->n[0] = size[0];
    d->n[1] = size[1];
}

static void choose_start(Act *d) {
    static const char *const STARTS[] = {"",
                                         "",
                                         "--preset noisy-moons",
                                         "--preset anomalies --hidden 16,16",
                                         "--preset three-blobs --window-size 1000x700",
                                         "--preset diverged",
                                         "--preset learned-threshold",
                                         "good.csv",
                                         "eight.csv --theme dark",
                                         "words.csv --language zh_CN",
                                         "--compare plain --window-size 1280x720",
                                         "--compare plain --compare pace=share --window-size 1300x700",
                                         "--samples 2000",
                                         "--theme dark --scale 2",
                                         "--reduced-motion --speak --sound",
                                         "--lesson collapse",
                                         "--lesson meta",
                                         "--record run.log --force",
                                         "--test 0.3 --flip 0.1 --epochs 20",
                                         "--language zh_CN --window-size 800x600",
                                         "--widgets w.txt --live-trace live.csv --force"};
    d->kind = ACT_START;
    snprintf(d->text, sizeof d->text, "%s", STARTS[below(sizeof STARTS / sizeof *STARTS)]);
}

static void choose_other(Act *d) {
    static const int WINDOW[] = {SDL_WINDOWEVENT_EXPOSED, SDL_WINDOWEVENT_FOCUS_LOST, SDL_WINDOWEVENT_FOCUS_GAINED,
                                 SDL_WINDOWEVENT_HIDDEN,  SDL_WINDOWEVENT_SHOWN,      SDL_WINDOWEVENT_LEAVE,
                                 SDL_WINDOWEVENT_ENTER,   SDL_WINDOWEVENT_MINIMIZED,  SDL_WINDOWEVENT_RESTORED};
    uint32_t what = below(100);
    if (what < 25) {
        d->kind = ACT_TYPE;
        choose_text(d);
        d->n[0] = between(0, 3);
    } else if (what < 32) {
        d->kind = ACT_PREEDIT;
        choose_text(d);
        d->n[0] = between(0, 5);
    } else if (what < 45) {
        d->kind = ACT_DROP;
        snprintf(d->text, sizeof d->text, "%s", MATERIAL_FILES[below((uint32_t)MATERIAL_FILE_COUNT)]);
    } else if (what < 55) {
        choose_size(d);
    } else if (what < 62) {
        d->kind = ACT_WINDOW;
        d->n[0] = WINDOW[below(sizeof WINDOW / sizeof *WINDOW)];
    } else if (what < 67) {
        d->kind = ACT_CLIP;
        choose_text(d);
        d->n[0] = (int)below(2);
    } else if (what < 92) {
        d->kind = ACT_WAIT;
        d->n[0] = below(4) ? between(1, 600) : between(600, 300000);
        d->n[1] = between(1, 5);
    } else if (what < 94) {
        d->kind = ACT_FULL;
        d->n[0] = below(4) == 0;
    } else if (what < 96) {
        d->kind = ACT_QUIT;
    } else {
        d->kind = ACT_WHEEL;
        d->n[0] = between(-5, 5);
    }
}

/* What often comes together is kept for the next deeds: a value that is typed in a field. */
static Act later;
static bool has_later;

static void choose_value(const Window *w, Act *d) {
    choose_widget(w, d);
    d->kind = ACT_CLICK;
    d->n[2] = SDL_BUTTON_LEFT;
    d->n[3] = 1;
    d->n[4] = KMOD_LCTRL;
    later = (Act){.kind = ACT_TYPE};
    choose_text(&later);
    later.n[0] = between(1, 3);
    has_later = true;
}

static Act choose(const Window *w) {
    static unsigned long number;
    Act d = {0};
    number++;
    if (has_later) {
        has_later = false;
        return later;
    }
    if (number % LOOK_EVERY == 0 || number % DISK_EVERY == 1) {
        d.kind = number % LOOK_EVERY == 0 ? ACT_LOOK : ACT_DISK;
        return d;
    }
    if (w->screen.canvas.width > 1400) {
        choose_size(&d);
        return d;
    }
    uint32_t what = below(1000);
    if (what < 330) {
        choose_click(w, &d);
    } else if (what < 380) {
        choose_value(w, &d);
    } else if (what < 470) {
        choose_drag(w, &d);
    } else if (what < 520) {
        choose_touch(w, &d);
    } else if (what < 560) {
        choose_widget(w, &d);
        d.kind = ACT_MOVE;
    } else if (what < 580) {
        d.kind = ACT_WHEEL;
        d.n[0] = between(-5, 5);
    } else if (what < 850) {
        choose_key(&d);
    } else if (what < 994) {
        choose_other(&d);
    } else {
        choose_start(&d);
    }
    return d;
}

/* ---- doing it ---- */

static FILE *from, *to; /* deeds that are done again, or NULL; those that are done now */
static unsigned long most_events, deeds, windows;
static bool over; /* all is done */
static char start[ACT_TEXT];

static bool next_deed(const Window *w, Act *d) {
    char line[ACT_LINE];
    if (!from) {
        if (act_events() >= most_events)
            return false;
        *d = choose(w);
        return true;
    }
    while (fgets(line, sizeof line, from))
        if (act_read(d, line))
            return true;
    return false;
}

void hands_next(Window *w) {
    Act d;
    if (w->quit)
        return;
    check_frame(w);
    bool waits = SDL_HasEvents(SDL_FIRSTEVENT, SDL_LASTEVENT); /* of the last deed */
    if (waits || check_look_on(w) || act_next_frame(w))
        return;
    if (!next_deed(w, &d)) {
        over = w->quit = true;
        return;
    }
    deeds++;
    act_write(&d, to);
    switch (d.kind) {
    case ACT_START:
        snprintf(start, sizeof start, "%s", d.text);
        w->quit = true;
        break;
    case ACT_LOOK:
        check_look(w);
        break;
    case ACT_DISK:
        check_disk(w);
        break;
    default:
        act_do(&d, w);
        act_next_frame(w);
        break;
    }
}

/* A failure to open is fine where something is wrong with the arguments' files; without them there is none. */
static void open_window(void) {
    char words[ACT_TEXT], *arguments[16], *rest;
    int count = 0;
    Status status = {0};
    snprintf(words, sizeof words, "%s", start);
    for (char *word = strtok_r(words, " ", &rest); word && count < 16; word = strtok_r(NULL, " ", &rest))
        arguments[count++] = word;
    windows++;
    bool done = hands_window(count, arguments, &status);
    act_forget();
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    if (!done && (count == 0 || strstr(status.message, "cannot draw")))
        hands_wrong("the window (%s) ended: %s", start, status.message);
    if (!done)
        start[0] = '\0';
    else
        check_left();
}

int main(int argc, char **argv) {
    bool plays = argc == 5 && strcmp(argv[1], "play") == 0;
    if (!plays && !(argc == 4 && strcmp(argv[1], "replay") == 0)) {
        fprintf(stderr, "usage: easyfirst_monkey play EVENTS SEED FOLDER | replay DEEDS FOLDER\n");
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    setenv("CMOCKA_TEST_ABORT", "1", 1); /* what two runs differ in ends the program */
    if (!plays && !(from = fopen(argv[2], "r")))
        hands_wrong("no %s", argv[2]);
    if (plays) {
        most_events = strtoul(argv[2], NULL, 10);
        mt_seed(&random_numbers, (uint32_t)strtoul(argv[3], NULL, 10));
    }
    hands_settle(argv[argc - 1]);
    material_make();
    to = fopen(plays ? "deeds" : "deeds-again", "w");
    while (!over)
        open_window();
    printf("%lu events, %lu deeds, %lu windows, %zu widgets, %.0f s\n", act_events(), deeds, windows, met_count,
           hands_time());
    fclose(to);
    if (from)
        fclose(from);
    return 0;
}
