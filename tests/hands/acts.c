#include "tests/hands/acts.h"

#include "tests/support/widgets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

/* ---- as lines ---- */

static const char *const NAMES[ACT_KINDS] = {"start",   "move", "click", "drag",  "wheel", "key",    "type",
                                             "preedit", "tap",  "swipe", "pinch", "drop",  "resize", "window",
                                             "clip",    "wait", "full",  "quit",  "look",  "disk"};

void act_write(const Act *d, FILE *stream) {
    fprintf(stream, "%s %s", NAMES[d->kind], d->widget[0] ? d->widget : "-");
    for (int i = 0; i < ACT_NUMBERS; i++)
        fprintf(stream, " %d", d->n[i]);
    fprintf(stream, " ");
    for (const char *c = d->text; *c; c++) {
        bool plain = (*c > ' ' && *c < 127 && *c != '%');
        fprintf(stream, plain ? "%c" : "%%%02x", (unsigned char)*c);
    }
    fprintf(stream, "\n");
    fflush(stream);
}

static int hex(char c) {
    return c >= 'a' ? c - 'a' + 10 : c - '0';
}

bool act_read(Act *d, const char *line) {
    char name[16];
    int at = 0;
    size_t bytes = 0;
    *d = (Act){0};
    if (sscanf(line, "%15s %47s %d %d %d %d %d %d %n", name, d->widget, &d->n[0], &d->n[1], &d->n[2], &d->n[3],
               &d->n[4], &d->n[5], &at) != 8)
        return false;
    for (const char *c = line + at; *c && *c != '\n' && bytes + 1 < ACT_TEXT; c++) {
        if (c[0] == '%' && c[1] && c[2]) {
            d->text[bytes++] = (char)(hex(c[1]) * 16 + hex(c[2]));
            c += 2;
        } else {
            d->text[bytes++] = *c;
        }
    }
    if (strcmp(d->widget, "-") == 0)
        d->widget[0] = '\0';
    for (int i = 0; i < ACT_KINDS; i++)
        if (strcmp(NAMES[i], name) == 0) {
            d->kind = (DeedKind)i;
            return true;
        }
    return false;
}

/* ---- events that wait ---- */

typedef struct Waiting {
    SDL_Event event; /* of type 0: none */
    Uint16 modifiers;
    double seconds; /* that pass with its frame */
    bool last;      /* of its frame */
} Waiting;

enum { ROOM = 4096 };
static Waiting waiting[ROOM];
static size_t first, count;
static unsigned long events;

static void put(SDL_Event event, int modifiers) {
    if (count < ROOM)
        waiting[count++] = (Waiting){.event = event, .modifiers = (Uint16)modifiers};
    else
        hands_wrong("a deed has too many events");
}

static void end_frame(double seconds) {
    put((SDL_Event){0}, 0);
    waiting[count - 1].seconds = seconds;
    waiting[count - 1].last = true;
}

void act_forget(void) {
    first = count = 0;
}

unsigned long act_events(void) {
    return events;
}

bool act_next_frame(Window *w) {
    if (first == count)
        return false;
    SDL_SetModState(KMOD_NONE);
    for (bool last = false; first < count && !last; first++) {
        Waiting *one = &waiting[first];
        last = one->last;
        if (one->modifiers)
            SDL_SetModState((SDL_Keymod)one->modifiers);
        hands_pass(one->seconds);
        if (one->event.type == 0)
            continue;
        if (one->event.type == SDL_TEXTINPUT && !SDL_IsTextInputActive())
            continue; /* nobody would send it */
        if (one->event.type == SDL_DROPFILE)
            one->event.drop.file = SDL_strdup(one->event.drop.file);
        events++;
        if (SDL_PushEvent(&one->event) != 1)
            SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    }
    w->dirty = true;
    if (first == count)
        act_forget();
    return true;
}

/* ---- what a hand does ---- */

/* Pixels; false: the widget is not there. */
static bool place(const Act *d, const Window *w, float *x, float *y) {
    Rect r = {0.0f, 0.0f, (float)w->screen.canvas.width, (float)w->screen.canvas.height};
    if (d->widget[0]) {
        const UiWidget *widget = find_widget(&w->screen.ui, d->widget);
        if (!widget || widget->visible.w <= 0.0f)
            return false;
        r = widget->visible;
    }
    *x = floorf(r.x + r.w * (float)d->n[0] / 1000.0f);
    *y = floorf(r.y + r.h * (float)d->n[1] / 1000.0f);
    return true;
}

/* A mouse tells its way a thousand times a second: so many times a frame. */
enum { TELLS = 12 };

static void motion(float x, float y, int modifiers) {
    static float from_x, from_y;
    for (int i = 1; i <= TELLS; i++) {
        float share = (float)i / TELLS;
        put((SDL_Event){.motion = {.type = SDL_MOUSEMOTION,
                                   .x = (Sint32)(from_x + (x - from_x) * share),
                                   .y = (Sint32)(from_y + (y - from_y) * share)}},
            modifiers);
    }
    from_x = x;
    from_y = y;
    end_frame(0.0);
}

static void button(bool down, int number, int clicks, float x, float y, int modifiers) {
    SDL_MouseButtonEvent event = {.type = down ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP,
                                  .button = (Uint8)number,
                                  .state = down ? SDL_PRESSED : SDL_RELEASED,
                                  .clicks = (Uint8)clicks,
                                  .x = (Sint32)x,
                                  .y = (Sint32)y};
    put((SDL_Event){.button = event}, modifiers);
    end_frame(0.02);
}

static void click(const Act *d, float x, float y) {
    motion(x, y, d->n[4]);
    for (int i = 1; i <= d->n[3]; i++) {
        button(true, d->n[2], i, x, y, d->n[4]);
        button(false, d->n[2], i, x, y, d->n[4]);
    }
}

enum { STEPS = 4 };

static void drag(const Act *d, float x, float y) {
    motion(x, y, d->n[5]);
    button(true, d->n[4], 1, x, y, d->n[5]);
    for (int i = 1; i <= STEPS; i++)
        motion(x + (float)(d->n[2] * i / STEPS), y + (float)(d->n[3] * i / STEPS), d->n[5]);
    button(false, d->n[4], 1, x + (float)d->n[2], y + (float)d->n[3], d->n[5]);
}

static void key(int scancode, int modifiers, int repeats) {
    for (int i = 0; i <= repeats; i++) {
        SDL_KeyboardEvent event = {.type = SDL_KEYDOWN, .state = SDL_PRESSED, .repeat = (Uint8)(i > 0)};
        event.keysym = (SDL_Keysym){.scancode = (SDL_Scancode)scancode,
                                    .sym = SDL_GetKeyFromScancode((SDL_Scancode)scancode),
                                    .mod = (Uint16)modifiers};
        put((SDL_Event){.key = event}, modifiers);
    }
    put((SDL_Event){.key = {.type = SDL_KEYUP, .keysym.scancode = (SDL_Scancode)scancode}}, modifiers);
    end_frame(0.0);
}

static void type(const Act *d) {
    SDL_Event event = {.text = {.type = SDL_TEXTINPUT}};
    size_t bytes = strlen(d->text), at = 0;
    while (at < bytes) {
        size_t some = bytes - at < sizeof event.text.text ? bytes - at : sizeof event.text.text - 1;
        while (at + some < bytes && some > 1 && utf8_continues(d->text[at + some]))
            some--;
        memcpy(event.text.text, d->text + at, some);
        event.text.text[some] = '\0';
        put(event, 0);
        end_frame(0.0);
        at += some;
    }
    if (d->n[0])
        key(d->n[0] == 1 ? SDL_SCANCODE_RETURN : d->n[0] == 2 ? SDL_SCANCODE_TAB : SDL_SCANCODE_ESCAPE, 0, 0);
}

static void preedit(const Act *d) {
    SDL_Event event = {.edit = {.type = SDL_TEXTEDITING, .start = d->n[0]}};
    size_t bytes = strnlen(d->text, sizeof event.edit.text - 1);
    memcpy(event.edit.text, d->text, bytes); /* cut anywhere: also within a letter */
    put(event, 0);
    end_frame(0.0);
}

static void finger(const Window *w, Uint32 kind, int id, float x, float y) {
    put((SDL_Event){.tfinger = {.type = kind,
                                .touchId = 1,
                                .fingerId = id,
                                .x = x / (float)w->screen.canvas.width,
                                .y = y / (float)w->screen.canvas.height}},
        0);
}

static void tap(const Act *d, const Window *w, float x, float y) {
    finger(w, SDL_FINGERDOWN, 1, x, y);
    end_frame(0.001 * d->n[2]);
    end_frame(0.001 * d->n[2]);
    finger(w, SDL_FINGERUP, 1, x, y);
    end_frame(0.0);
    end_frame(0.0);
}

static void swipe(const Act *d, const Window *w, float x, float y) {
    finger(w, SDL_FINGERDOWN, 1, x, y);
    end_frame(0.0);
    for (int i = 1; i <= STEPS; i++) {
        finger(w, SDL_FINGERMOTION, 1, x + (float)(d->n[2] * i / STEPS), y + (float)(d->n[3] * i / STEPS));
        end_frame(0.0);
    }
    finger(w, SDL_FINGERUP, 1, x + (float)d->n[2], y + (float)d->n[3]);
    end_frame(0.0);
}

static void pinch(const Act *d, const Window *w, float x, float y) {
    for (int i = 0; i <= STEPS; i++) {
        float half = ((float)d->n[4] + (float)((d->n[5] - d->n[4]) * i) / STEPS) / 2.0f;
        for (int id = 0; id < 2; id++)
            finger(w, i == 0 ? SDL_FINGERDOWN : SDL_FINGERMOTION, id,
                   x + (float)(d->n[2] * i / STEPS) + (id ? half : -half), y + (float)(d->n[3] * i / STEPS));
        end_frame(0.0);
    }
    for (int id = 0; id < 2; id++)
        finger(w, SDL_FINGERUP, id, x, y);
    end_frame(0.0);
}

static void window_event(Uint8 what) {
    put((SDL_Event){.window = {.type = SDL_WINDOWEVENT, .event = what}}, 0);
    end_frame(0.0);
}

static void resize(Window *w, int width, int height) {
    SDL_SetWindowMinimumSize(w->present.window, 1, 1); /* which some window managers do not ask for */
    SDL_SetWindowSize(w->present.window, width, height);
    window_event(SDL_WINDOWEVENT_SIZE_CHANGED);
}

static void drop(const Act *d) {
    static char path[2 * ACT_TEXT];
    char *here = realpath(".", NULL);
    snprintf(path, sizeof path, "%s%s%s", d->text[0] == '/' ? "" : here, d->text[0] == '/' ? "" : "/", d->text);
    free(here);
    put((SDL_Event){.drop = {.type = SDL_DROPFILE, .file = path}}, 0);
    end_frame(0.0);
}

static void fill(bool full) {
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = full ? 8192 : limit.rlim_max;
    setrlimit(RLIMIT_FSIZE, &limit);
}

static void do_at(const Act *d, const Window *w) {
    float x, y;
    if (!place(d, w, &x, &y))
        return;
    switch (d->kind) {
    case ACT_MOVE:
        motion(x, y, 0);
        break;
    case ACT_CLICK:
        click(d, x, y);
        break;
    case ACT_DRAG:
        drag(d, x, y);
        break;
    case ACT_TAP:
        tap(d, w, x, y);
        break;
    case ACT_SWIPE:
        swipe(d, w, x, y);
        break;
    default:
        pinch(d, w, x, y);
        break;
    }
}

void act_do(const Act *d, Window *w) {
    switch (d->kind) {
    case ACT_MOVE:
    case ACT_CLICK:
    case ACT_DRAG:
    case ACT_TAP:
    case ACT_SWIPE:
    case ACT_PINCH:
        do_at(d, w);
        break;
    case ACT_WHEEL:
        put((SDL_Event){.wheel = {.type = SDL_MOUSEWHEEL, .preciseY = (float)d->n[0]}}, d->n[1]);
        end_frame(0.0);
        break;
    case ACT_KEY:
        key(d->n[0], d->n[1], d->n[2]);
        break;
    case ACT_TYPE:
        type(d);
        break;
    case ACT_PREEDIT:
        preedit(d);
        break;
    case ACT_DROP:
        drop(d);
        break;
    case ACT_RESIZE:
        resize(w, d->n[0], d->n[1]);
        break;
    case ACT_WINDOW:
        window_event((Uint8)d->n[0]);
        break;
    case ACT_CLIP:
        if (d->n[0])
            SDL_SetPrimarySelectionText(d->text);
        else
            SDL_SetClipboardText(d->text);
        break;
    case ACT_WAIT:
        for (int i = 0; i < d->n[1]; i++)
            end_frame(0.001 * d->n[0] / d->n[1]);
        break;
    case ACT_FULL:
        fill(d->n[0]);
        break;
    case ACT_QUIT:
        put((SDL_Event){.type = SDL_QUIT}, 0);
        end_frame(0.0);
        break;
    default:
        break;
    }
}
