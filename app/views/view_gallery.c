#include "app/views/view_gallery.h"

#include "core/trainer.h"
#include "app/base/language.h"
#include "app/experiment/snapshot.h"
#include "app/plot/plot.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const float PICTURE_W = 120.0f, PICTURE_H = 80.0f, PAD = 16.0f, GAP = 8.0f, HEAD = 40.0f, GROUP_HEAD = 26.0f,
                   TEXT_GAP = 12.0f, TITLE = 18.0f, ROW = 14.0f, BAR = 12.0f, WIDEST = 1232.0f;
/* Logical widths from which there are two and three columns. */
static const float TWO_FROM = 800.0f, THREE_FROM = 1180.0f;
enum { SAMPLES = 300, SAMPLE_STEPS = 30000 };
/* Multiplications by a parameter, in a picture's whole run and in a frame's share of it: some 5 ms of work. */
static const double RUN_WORK = 1.5e8, FRAME_WORK = 5e6, BATCH_WORK = 2000.0;

static const char *const GROUP_TITLES[PRESET_GROUPS] = {N_("Start here"), N_("What helps"), N_("What goes wrong"),
                                                        N_("Lessons"), N_("Your own")};

/* A card's sentence, broken into lines. */
typedef struct GalleryText {
    char lines[UI_LINES][UI_LINE_BYTES];
    int count;
} GalleryText;

static void free_pictures(Gallery *g) {
    trainer_free(g->making);
    g->making = NULL;
    for (int i = 0; i < g->picture_count; i++)
        free(g->pictures[i]);
    free(g->pictures);
    free(g->texts);
    g->pictures = NULL;
    g->texts = NULL;
    g->picture_count = g->text_count = 0;
}

void gallery_free(Gallery *g) {
    free_pictures(g);
    memset(g, 0, sizeof *g);
}

void gallery_renew(Gallery *g) {
    free_pictures(g);
}

void gallery_toggle(Gallery *g, int chosen) {
    g->open = !g->open;
    g->mark = chosen < 0 ? 0 : chosen;
    g->scroll = 0.0f;
    g->by_key = true;
    g->bar_held = false;
}

/* ---- which card stands where ---- */

static int own(const Gallery *g) {
    return g->own_title != NULL;
}

static int cards_of(const Gallery *g) {
    return g->count + own(g);
}

/* The group of a card; own points are among the user's own. */
static PresetGroup group_of(const Gallery *g, int card) {
    return card < own(g) ? PRESET_OWN : g->presets[card - own(g)].group;
}

/* The card at a place of the sheet, in reading order: own points, though card 0, are the first of the last group. */
static int card_at(const Gallery *g, int place) {
    int shipped = 0;
    while (shipped < g->count && g->presets[shipped].group != PRESET_OWN)
        shipped++;
    if (!own(g) || place > shipped)
        return place;
    return place == shipped ? 0 : place + 1;
}

static int place_of(const Gallery *g, int card) {
    int place = 0;
    while (place < cards_of(g) - 1 && card_at(g, place) != card)
        place++;
    return place;
}

/* ---- layout ---- */

typedef struct GalleryLayout {
    Rect sheet, view; /* view: of the cards, which scroll in it */
    int columns;
    float s, card_w, card_h, content; /* content: height of all */
} GalleryLayout;

/* The card at a place of the sheet, in pixels from the view's corner, not scrolled. *content: height up to its end. */
static Rect place_rect(const Gallery *g, const GalleryLayout *l, int place, float *content) {
    float y = 0.0f, across = (l->card_w + GAP) * l->s, down = (l->card_h + GAP) * l->s;
    Rect rect = {0};
    int column = 0;
    for (int i = 0; i <= place; i++) {
        PresetGroup group = group_of(g, card_at(g, i));
        if (i == 0 || group != group_of(g, card_at(g, i - 1))) {
            y += (i > 0 ? down : 0.0f) + GROUP_HEAD * l->s;
            column = 0;
        } else if (++column == l->columns) {
            y += down;
            column = 0;
        }
        rect = (Rect){(float)column * across, y, l->card_w * l->s, l->card_h * l->s};
    }
    *content = y + down;
    return rect;
}

static GalleryLayout lay_out(const Gallery *g, float s, const Canvas *canvas) {
    float width = (float)canvas->width / s, height = (float)canvas->height / s;
    GalleryLayout l = {.s = s, .card_h = fmaxf(PICTURE_H, g->card_height)};
    l.columns = width >= THREE_FROM ? 3 : width >= TWO_FROM ? 2 : 1;
    float w = fminf(width - 16.0f, WIDEST), room = w - 2 * PAD - BAR;
    l.card_w = floorf((room - (float)(l.columns - 1) * GAP) / (float)l.columns);
    place_rect(g, &l, cards_of(g) - 1, &l.content);
    float h = fminf(height - 16.0f, HEAD + l.content / s + PAD);
    l.sheet = (Rect){roundf(((float)canvas->width - w * s) / 2), roundf(((float)canvas->height - h * s) / 2),
                     roundf(w * s), roundf(h * s)};
    l.view = (Rect){l.sheet.x + PAD * s, roundf(l.sheet.y + HEAD * s), l.sheet.w - 2 * PAD * s,
                    roundf(l.sheet.h - (HEAD + PAD - GAP) * s)};
    return l;
}

static float most_scroll(const GalleryLayout *l) {
    return fmaxf(0.0f, l->content - l->view.h);
}

static Rect card_rect(const Gallery *g, const GalleryLayout *l, int card) {
    float content;
    Rect rect = place_rect(g, l, place_of(g, card), &content);
    return (Rect){roundf(l->view.x + rect.x), roundf(l->view.y + rect.y - g->scroll), roundf(rect.w), roundf(rect.h)};
}

/* The part of it that the view shows; empty if none. */
static Rect shown_part(const GalleryLayout *l, Rect r) {
    float y0 = fmaxf(r.y, l->view.y), y1 = fminf(r.y + r.h, l->view.y + l->view.h);
    return (Rect){r.x, y0, r.w, fmaxf(0.0f, y1 - y0)};
}

static void keep_in_view(Gallery *g, const GalleryLayout *l) {
    float content;
    Rect rect = place_rect(g, l, place_of(g, g->mark), &content);
    if (g->by_key) {
        float above = rect.y - GROUP_HEAD * l->s, below = rect.y + rect.h - l->view.h;
        g->scroll = fmaxf(fminf(g->scroll, above), below);
    }
    g->scroll = roundf(fmaxf(0.0f, fminf(g->scroll, most_scroll(l))));
}

/* ---- pointer and keys ---- */

static void mark(Gallery *g, int card) {
    g->mark = card;
    g->by_key = true;
}

static void step(Gallery *g, int by) {
    int place = place_of(g, g->mark) + by;
    if (place >= 0 && place < cards_of(g))
        mark(g, card_at(g, place));
}

/* The nearest card of the next row down (1) or up (-1), whatever its group. */
static void step_row(Gallery *g, const GalleryLayout *l, float way) {
    Rect from = card_rect(g, l, g->mark);
    float nearest = 1e30f;
    int best = g->mark;
    for (int i = 0; i < cards_of(g); i++) {
        Rect r = card_rect(g, l, i);
        float down = (r.y - from.y) * way, away = down * 100.0f + fabsf(r.x - from.x);
        if (down > 1.0f && away < nearest) {
            nearest = away;
            best = i;
        }
    }
    mark(g, best);
}

static const char *title_of(const Gallery *g, int card) {
    if (card < own(g))
        return g->own_title;
    const Preset *preset = &g->presets[card - own(g)];
    return preset_words(preset, preset->title);
}

/* Marks the next card whose title begins with that letter. */
static void find_letter(Gallery *g, uint32_t letter) {
    int cards = cards_of(g), from = place_of(g, g->mark);
    for (int k = 1; k <= cards && letter < 128; k++) {
        int i = card_at(g, (from + k) % cards);
        unsigned char first = (unsigned char)title_of(g, i)[0];
        if (first < 128 && tolower(first) == tolower((int)letter)) {
            mark(g, i);
            return;
        }
    }
}

/* Returns whether the key chooses the marked card. */
static bool take_key(Gallery *g, const GalleryLayout *l, const UiKey *key) {
    switch (key->code) {
    case KEY_LEFT:
    case KEY_RIGHT:
        step(g, key->code == KEY_LEFT ? -1 : 1);
        break;
    case KEY_UP:
    case KEY_DOWN:
        step_row(g, l, key->code == KEY_UP ? -1.0f : 1.0f);
        break;
    case KEY_CHARACTER:
        if (!key->ctrl && !key->alt)
            find_letter(g, key->character);
        break;
    case KEY_HOME:
    case KEY_PAGE_UP:
        mark(g, card_at(g, 0));
        break;
    case KEY_END:
    case KEY_PAGE_DOWN:
        mark(g, card_at(g, cards_of(g) - 1));
        break;
    case KEY_ENTER:
    case KEY_SPACE:
        return !key->repeat;
    case KEY_ESCAPE:
    case KEY_TAB:
        g->open = false;
        break;
    default:
        break;
    }
    return false;
}

/* The bar at the view's right side: dragged. Returns whether it has the pointer. */
static bool touch_bar(Gallery *g, const GalleryLayout *l, const UiInput *input) {
    Rect bar = {l->view.x + l->view.w - BAR * l->s, l->view.y, (BAR + PAD) * l->s, l->view.h};
    if (most_scroll(l) <= 0.0f || !input->down)
        g->bar_held = false;
    if (most_scroll(l) > 0.0f && input->pressed && rect_has(bar, input->mouse_x, input->mouse_y))
        g->bar_held = true;
    if (!g->bar_held)
        return false;
    g->by_key = false;
    g->scroll = (input->mouse_y - bar.y) / bar.h * l->content - l->view.h / 2;
    return true;
}

static bool asks_for_kept(const Gallery *g, const UiInput *input) {
    if (g->kept_count == 0)
        return false;
    for (int i = 0; i < input->key_count; i++)
        if (input->keys[i].character == 'o' && input->keys[i].ctrl && input->keys[i].shift)
            return true;
    return input->pressed && rect_has(g->kept, input->mouse_x, input->mouse_y);
}

int gallery_touch(Gallery *g, const Ui *ui, const UiInput *input, const Canvas *canvas) {
    GalleryLayout l = lay_out(g, ui->scale, canvas);
    int chosen = -1;
    if (asks_for_kept(g, input)) {
        g->open = false;
        return GALLERY_KEPT;
    }
    g->mark = g->mark < cards_of(g) ? g->mark : 0;
    keep_in_view(g, &l);
    for (int i = 0; i < input->key_count && chosen < 0; i++)
        if (take_key(g, &l, &input->keys[i]))
            chosen = g->mark;
    if (input->wheel != 0.0f) {
        g->scroll -= input->wheel * 48.0f * l.s;
        g->by_key = false;
    }
    if (input->touch && input->down && !input->pressed) /* a finger drags the cards */
        g->scroll -= input->mouse_y - g->pointer_y;
    bool on_bar = touch_bar(g, &l, input);
    keep_in_view(g, &l);
    for (int i = 0; i < cards_of(g) && !on_bar; i++) {
        if (!rect_has(shown_part(&l, card_rect(g, &l, i)), input->mouse_x, input->mouse_y))
            continue;
        if (input->mouse_x != g->pointer_x || input->mouse_y != g->pointer_y || input->pressed) {
            g->mark = i;
            g->by_key = false;
        }
        if (input->pressed && input->drag == UI_DRAG_NONE)
            chosen = i;
    }
    if (input->pressed && !rect_has(l.sheet, input->mouse_x, input->mouse_y))
        g->open = false;
    g->pointer_x = input->mouse_x;
    g->pointer_y = input->mouse_y;
    if (chosen >= 0)
        g->open = false;
    return chosen;
}

/* ---- pictures ---- */

static double parameters_of(const Settings *s) {
    double count = 0.0, inputs = 2.0;
    for (int i = 0; i < s->hidden_count; i++) {
        count += (inputs + 1.0) * s->hidden[i];
        inputs = s->hidden[i];
    }
    return count + (inputs + 1.0) * settings_classes(s);
}

/* A short version of the run: fewer points, and only as many epochs as take a moment. */
static Settings shortened(const Settings *settings) {
    Settings s = *settings;
    if (s.samples > SAMPLES) {
        double share = (double)s.samples / (double)SAMPLES; /* as many batches an epoch as before, if possible */
        s.batch = (int)fmax(2.0, s.batch / share);
        s.samples = SAMPLES;
    }
    s.test = 0.0;
    double most = fmin((double)SAMPLE_STEPS, RUN_WORK / parameters_of(&s)) / s.samples;
    s.epochs = s.epochs < most ? s.epochs : (int)fmax(1.0, most);
    return s;
}

/* Trains a frame's share of the run; returns whether the run is over. Counted in work, not by the clock, so that it is
 * the same everywhere. */
static bool train_on(Trainer *t) {
    double sample = (double)t->mlp.parameters, batch = (double)t->settings.batch * sample + BATCH_WORK;
    for (double left = FRAME_WORK; left > 0.0;) {
        if (trainer_finished(t) || t->diverged)
            return true;
        size_t trained = trainer_run(t, (size_t)fmax(1.0, left / batch));
        left -= (double)trained * batch + (t->batch == 0 ? (double)t->data.count * sample : 0.0);
    }
    return trainer_finished(t) || t->diverged;
}

static bool draw_picture(const Gallery *g, Ui *ui, Trainer *t, uint32_t *pixels) {
    Status status = {0};
    Plot *plot = plot_new(&status);
    Canvas canvas = {0};
    bool drawn = false;
    if (plot && canvas_resize(&canvas, g->width, g->height, &status)) {
        trainer_evaluate(t);
        Snapshot snapshot = snapshot_of(t);
        PlotOptions options = {.scale = ui->scale * 0.8f, .field_step = 2};
        /* the plotted area is the whole picture: axes lie outside */
        Rect outer = {0.0f, 0.0f, (float)g->width + 200.0f, (float)g->height + 200.0f};
        Rect area = plot_area(&options, outer);
        outer.x = -area.x;
        outer.y = -area.y;
        outer.w = (float)g->width + (outer.w - area.w);
        outer.h = (float)g->height + (outer.h - area.h);
        area = plot_area(&options, outer);
        Camera camera;
        camera_fit(&camera, snapshot.data, area);
        canvas_fill(&canvas, ui->theme->card);
        PlotScene scene = {outer, &camera, &snapshot, &options};
        drawn = plot_draw(plot, &canvas, ui->text, ui->theme, &scene, &status);
        memcpy(pixels, canvas.pixels, (size_t)g->width * (size_t)g->height * sizeof *pixels);
    }
    canvas_free(&canvas);
    plot_free(plot);
    return drawn;
}

/* The picture of t as it is. Without t or memory, a plain card: better than trying again for ever. */
static void finish_picture(Gallery *g, Ui *ui, int i, Trainer *t) {
    size_t count = (size_t)g->width * (size_t)g->height;
    g->pictures[i] = calloc(count, sizeof *g->pictures[i]);
    if (g->pictures[i] && !(t && draw_picture(g, ui, t, g->pictures[i])))
        for (size_t k = 0; k < count; k++)
            g->pictures[i][k] = ui->theme->chip;
}

/* Works on the first missing picture, if any. */
static void make_picture(Gallery *g, Ui *ui) {
    if (g->theme != ui->theme || g->scale != ui->scale || g->picture_count != g->count) {
        free_pictures(g);
        g->pictures = calloc((size_t)g->count, sizeof *g->pictures);
        g->picture_count = g->pictures ? g->count : 0;
        g->theme = ui->theme;
        g->scale = ui->scale;
        g->width = (int)roundf(PICTURE_W * ui->scale);
        g->height = (int)roundf(PICTURE_H * ui->scale);
    }
    int i = 0;
    while (i < g->picture_count && g->pictures[i])
        i++;
    if (i == g->picture_count)
        return;
    if (!g->making) {
        Settings settings = shortened(&g->presets[i].settings);
        Status status = {0};
        g->making = trainer_new(&settings, NULL, &status);
    }
    if (!g->making || train_on(g->making)) {
        finish_picture(g, ui, i, g->making);
        trainer_free(g->making);
        g->making = NULL;
    }
    ui->wants_frame = true;
}

/* ---- drawing ---- */

static const char *watch_of(const Gallery *g, int card) {
    if (card < own(g))
        return tr("The points that are there now.");
    const Preset *preset = &g->presets[card - own(g)];
    return preset_words(preset, preset->watch);
}

/* Breaks the sentences into lines, when they are new or the cards' width is, and fits the cards to the longest: a
 * sentence is always shown whole. Without memory there are no sentences. */
static void fit_texts(Gallery *g, Ui *ui) {
    GalleryLayout l = lay_out(g, ui->scale, ui->canvas);
    float width = (l.card_w - PICTURE_W - 2 * TEXT_GAP) * l.s;
    if (g->texts && g->text_count == cards_of(g) && g->text_width == width && g->text_own == own(g) &&
        g->text_language == language_now())
        return;
    free(g->texts);
    g->texts = calloc((size_t)cards_of(g), sizeof *g->texts);
    g->text_count = g->texts ? cards_of(g) : 0;
    g->text_width = width;
    g->text_own = own(g);
    g->text_language = language_now();
    int most = 0;
    for (int i = 0; i < g->text_count; i++) {
        GalleryText *text = &g->texts[i];
        text->count = ui_wrap(ui, TEXT_CAPTION, watch_of(g, i), width, UI_LINES, text->lines);
        most = text->count > most ? text->count : most;
    }
    g->card_height = TITLE + ROW * (float)most + 12.0f;
}

static void draw_card(const Gallery *g, Ui *ui, const GalleryLayout *l, int i) {
    Rect card = card_rect(g, l, i), shown = shown_part(l, card);
    if (shown.h <= 0.0f)
        return;
    float s = l->s, line = fmaxf(1.0f, roundf(s)), gap = TEXT_GAP * s;
    const Theme *theme = ui->theme;
    int preset = i - own(g);
    bool marked = i == g->mark;
    if (marked)
        canvas_rect(ui->canvas, card, theme->chip);
    Rect picture = {card.x, card.y, roundf(PICTURE_W * s), roundf(PICTURE_H * s)};
    if (preset >= 0 && preset < g->picture_count && g->pictures[preset])
        canvas_blit(ui->canvas, (int)picture.x, (int)picture.y, g->pictures[preset], g->width, g->height);
    else
        canvas_rect(ui->canvas, picture, theme->chip);
    canvas_rect(ui->canvas, (Rect){picture.x + picture.w, card.y, line, card.h}, theme->line);
    canvas_rounded_frame(ui->canvas, card, 0.0f, marked ? 2.5f * line : line, marked ? theme->accent : theme->line);
    Rect row = {picture.x + picture.w + gap, card.y + 4.0f * s, card.w - picture.w - 2 * gap, TITLE * s};
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, row, ALIGN_LEFT, theme->text, title_of(g, i));
    row.y += row.h;
    row.h = ROW * s;
    for (int k = 0; i < g->text_count && k < g->texts[i].count; k++, row.y += row.h)
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, row, ALIGN_LEFT, theme->text, g->texts[i].lines[k]);
    char name[32];
    snprintf(name, sizeof name, "preset-%d", i);
    ui_note(ui, name, shown);
}

static void draw_group_heads(const Gallery *g, Ui *ui, const GalleryLayout *l) {
    for (int place = 0; place < cards_of(g); place++) {
        PresetGroup group = group_of(g, card_at(g, place));
        if (place > 0 && group == group_of(g, card_at(g, place - 1)))
            continue;
        Rect card = card_rect(g, l, card_at(g, place));
        Rect head = {card.x, card.y - GROUP_HEAD * l->s, l->view.w, GROUP_HEAD * l->s};
        text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, head, ALIGN_LEFT, ui->theme->muted, tr(GROUP_TITLES[group]));
        char name[32];
        snprintf(name, sizeof name, "preset-group-%d", (int)group);
        ui_note(ui, name, shown_part(l, head));
    }
}

static void draw_bar(const Gallery *g, Ui *ui, const GalleryLayout *l) {
    if (most_scroll(l) <= 0.0f)
        return;
    float size = l->view.h * l->view.h / l->content, width = 5.0f * l->s;
    Rect thumb = {l->view.x + l->view.w - width, l->view.y + g->scroll / l->content * l->view.h, width, size};
    canvas_rounded(ui->canvas, thumb, width / 2, ui->theme->muted);
    ui_note(ui, "gallery-bar", thumb);
}

/* At the right of the head: how many sessions were left unsaved. */
static void draw_kept(Gallery *g, Ui *ui, Rect head) {
    char words[64];
    if (g->kept_count == 0)
        return;
    snprintf(words, sizeof words, tr("Unsaved sessions (%d)…"), g->kept_count);
    float width = text_width(ui->text, TEXT_BODY, words) + ui_px(ui, 24.0f), height = ui_px(ui, 26.0f);
    g->kept = (Rect){roundf(head.x + head.w - width), roundf(head.y + (head.h - height) / 2), roundf(width), height};
    bool hovered = rect_has(g->kept, g->pointer_x, g->pointer_y);
    canvas_rounded(ui->canvas, g->kept, ui_px(ui, UI_RADIUS), ui->theme->chip);
    if (hovered) {
        canvas_rounded_frame(ui->canvas, g->kept, ui_px(ui, UI_RADIUS), ui_px(ui, 1.5f), ui->theme->accent);
        ui->cursor = CURSOR_HAND;
    }
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, g->kept, ALIGN_CENTER, ui->theme->text, words);
    ui_note(ui, "gallery-kept", g->kept);
}

static void say_marked(const Gallery *g, Ui *ui) {
    char name[32];
    int preset = g->mark - own(g);
    snprintf(name, sizeof name, "preset-%d", g->mark);
    ui_announce(ui, "gallery", tr("Runs to watch"));
    ui_say_entry(ui, name,
                 &(UiSay){ROLE_ENTRY, preset < 0 ? g->own_title : g->presets[preset].title, watch_of(g, g->mark),
                          place_of(g, g->mark) + 1, cards_of(g)});
}

void gallery_draw(Gallery *g, Ui *ui) {
    Canvas *canvas = ui->canvas;
    make_picture(g, ui);
    fit_texts(g, ui);
    GalleryLayout l = lay_out(g, ui->scale, canvas);
    keep_in_view(g, &l);
    canvas_rect(canvas, (Rect){0.0f, 0.0f, (float)canvas->width, (float)canvas->height},
                color_alpha(0xff000000, 0.45f));
    canvas_rounded(canvas, l.sheet, CARD_RADIUS * l.s, ui->theme->card);
    Rect head = {l.view.x, l.sheet.y, l.view.w, HEAD * l.s};
    text_draw_in(ui->text, canvas, TEXT_TITLE, head, ALIGN_LEFT, ui->theme->text, tr("Runs to watch"));
    draw_kept(g, ui, head);
    canvas_push_clip(canvas, l.view);
    draw_group_heads(g, ui, &l);
    for (int i = 0; i < cards_of(g); i++)
        draw_card(g, ui, &l, i);
    canvas_pop_clip(canvas);
    draw_bar(g, ui, &l);
    for (int i = 0; i < cards_of(g); i++)
        if (rect_has(shown_part(&l, card_rect(g, &l, i)), g->pointer_x, g->pointer_y))
            ui->cursor = CURSOR_HAND;
    ui_note(ui, "gallery", l.sheet);
    say_marked(g, ui);
}
