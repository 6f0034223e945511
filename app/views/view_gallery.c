#include "app/views/view_gallery.h"

#include "core/trainer.h"
#include "app/experiment/snapshot.h"
#include "app/plot/plot.h"
#include "app/ui/ui_widget.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const float PICTURE_W = 132.0f, PICTURE_H = 88.0f, TITLE = 24.0f, PAD = 16.0f, GAP = 12.0f, HEAD = 30.0f,
                   FOOT = 40.0f;
enum { COLUMNS = 5, SAMPLES = 300, SAMPLE_STEPS = 30000 };
/* Multiplications by a parameter, in a picture's whole run and in a frame's share of it: some 5 ms of work. */
static const double RUN_WORK = 1.5e8, FRAME_WORK = 5e6, BATCH_WORK = 2000.0;

static void free_pictures(Gallery *g) {
    trainer_free(g->making);
    g->making = NULL;
    for (int i = 0; i < g->picture_count; i++)
        free(g->pictures[i]);
    free(g->pictures);
    g->pictures = NULL;
    g->picture_count = 0;
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
    g->first_row = 0;
    g->by_key = true;
}

/* ---- layout ---- */

typedef struct GalleryLayout {
    Rect sheet;
    int cards, columns, rows, rows_shown;
    float s, card_w, card_h, x, y; /* x, y: of the first card of the top row */
} GalleryLayout;

static int own(const Gallery *g) {
    return g->own_title != NULL;
}

static GalleryLayout lay_out(const Gallery *g, float s, const Canvas *canvas) {
    GalleryLayout l = {.s = s, .cards = g->count + own(g)};
    float width = (float)canvas->width / s, height = (float)canvas->height / s;
    l.card_w = PICTURE_W + GAP;
    l.card_h = PICTURE_H + TITLE + GAP;
    l.columns = (int)fmaxf(1.0f, fminf((float)COLUMNS, (width - 2 * PAD - 16.0f + GAP) / l.card_w));
    l.columns = l.columns < l.cards ? l.columns : l.cards;
    l.rows = (l.cards + l.columns - 1) / l.columns;
    float room = height - HEAD - FOOT - 2 * PAD - 16.0f;
    l.rows_shown = (int)fmaxf(1.0f, floorf((room + GAP) / l.card_h));
    l.rows_shown = l.rows_shown < l.rows ? l.rows_shown : l.rows;
    float w = (float)l.columns * l.card_w - GAP + 2 * PAD,
          h = (float)l.rows_shown * l.card_h - GAP + 2 * PAD + HEAD + FOOT;
    l.sheet = (Rect){roundf(((float)canvas->width - w * s) / 2), roundf(((float)canvas->height - h * s) / 2),
                     roundf(w * s), roundf(h * s)};
    l.x = l.sheet.x + PAD * s;
    l.y = l.sheet.y + (PAD + HEAD) * s;
    return l;
}

static Rect card_rect(const Gallery *g, const GalleryLayout *l, int i) {
    int row = i / l->columns - g->first_row, column = i % l->columns;
    if (row < 0 || row >= l->rows_shown)
        return (Rect){0};
    return (Rect){roundf(l->x + (float)column * l->card_w * l->s), roundf(l->y + (float)row * l->card_h * l->s),
                  roundf(PICTURE_W * l->s), roundf((PICTURE_H + TITLE) * l->s)};
}

static void keep_in_view(Gallery *g, const GalleryLayout *l) {
    int row = g->mark / l->columns, most = l->rows - l->rows_shown;
    if (g->by_key && row < g->first_row)
        g->first_row = row;
    if (g->by_key && row >= g->first_row + l->rows_shown)
        g->first_row = row - l->rows_shown + 1;
    g->first_row = g->first_row < 0 ? 0 : g->first_row > most ? most : g->first_row;
}

static void move(Gallery *g, const GalleryLayout *l, int by) {
    int mark = g->mark + by;
    if (mark >= 0 && mark < l->cards)
        g->mark = mark;
    g->by_key = true;
}

/* Marks the next card whose title begins with that letter. */
static void find_letter(Gallery *g, const GalleryLayout *l, uint32_t letter) {
    for (int k = 1; k <= l->cards && letter < 128; k++) {
        int i = (g->mark + k) % l->cards;
        const char *title = i < own(g) ? g->own_title : g->presets[i - own(g)].title;
        unsigned char first = (unsigned char)title[0];
        if (first < 128 && tolower(first) == tolower((int)letter)) {
            move(g, l, i - g->mark);
            return;
        }
    }
}

int gallery_touch(Gallery *g, const Ui *ui, const UiInput *input, const Canvas *canvas) {
    GalleryLayout l = lay_out(g, ui->scale, canvas);
    int chosen = -1;
    g->mark = g->mark < l.cards ? g->mark : 0;
    keep_in_view(g, &l);
    for (int i = 0; i < input->key_count && chosen < 0; i++) {
        const UiKey *key = &input->keys[i];
        switch (key->code) {
        case KEY_LEFT:
            move(g, &l, -1);
            break;
        case KEY_RIGHT:
            move(g, &l, 1);
            break;
        case KEY_UP:
            move(g, &l, -l.columns);
            break;
        case KEY_DOWN:
            move(g, &l, l.columns);
            break;
        case KEY_CHARACTER:
            if (!key->ctrl && !key->alt)
                find_letter(g, &l, key->character);
            break;
        case KEY_HOME:
        case KEY_PAGE_UP:
            move(g, &l, -g->mark);
            break;
        case KEY_END:
        case KEY_PAGE_DOWN:
            move(g, &l, l.cards - 1 - g->mark);
            break;
        case KEY_ENTER:
        case KEY_SPACE:
            chosen = key->repeat ? -1 : g->mark;
            break;
        case KEY_ESCAPE:
        case KEY_TAB:
            g->open = false;
            break;
        default:
            break;
        }
    }
    if (input->wheel != 0.0f) {
        g->first_row -= input->wheel > 0.0f ? 1 : -1;
        g->by_key = false;
    }
    keep_in_view(g, &l);
    for (int i = 0; i < l.cards; i++) {
        if (!rect_has(card_rect(g, &l, i), input->mouse_x, input->mouse_y))
            continue;
        if (input->mouse_x != g->pointer_x || input->mouse_y != g->pointer_y || input->pressed) {
            g->mark = i;
            g->by_key = false;
        }
        if (input->pressed)
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
        double share = (double)s.samples / SAMPLES; /* as many batches an epoch as before, if possible */
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

static void draw_card(const Gallery *g, Ui *ui, const GalleryLayout *l, int i) {
    Rect card = card_rect(g, l, i);
    if (card.w <= 0.0f)
        return;
    float s = l->s, line = fmaxf(1.0f, roundf(s));
    const Theme *theme = ui->theme;
    int preset = i - own(g);
    Rect picture = {card.x, card.y, roundf(PICTURE_W * s), roundf(PICTURE_H * s)};
    if (preset >= 0 && preset < g->picture_count && g->pictures[preset])
        canvas_blit(ui->canvas, (int)picture.x, (int)picture.y, g->pictures[preset], g->width, g->height);
    else
        canvas_rect(ui->canvas, picture, theme->chip);
    canvas_rounded_frame(ui->canvas, picture, 0.0f, i == g->mark ? 2.5f * line : line,
                         i == g->mark ? theme->accent : theme->line);
    Rect title = {card.x, picture.y + picture.h, card.w, TITLE * s};
    text_draw_in(ui->text, ui->canvas, i == g->mark ? TEXT_MEDIUM : TEXT_BODY, title, ALIGN_LEFT, theme->text,
                 preset < 0 ? g->own_title : g->presets[preset].title);
    char name[32];
    snprintf(name, sizeof name, "preset-%d", i);
    ui_note(ui, name, card);
}

/* The sentence in one line, or two. */
static void draw_watch(Ui *ui, Rect rect, const char *watch) {
    char lines[UI_LINES][UI_LINE_BYTES];
    int count = ui_wrap(ui, TEXT_BODY, watch, rect.w, 2, lines);
    Rect line = {rect.x, rect.y, rect.w, rect.h / 2};
    for (int i = 0; i < count; i++, line.y += line.h)
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, line, ALIGN_LEFT, ui->theme->muted, lines[i]);
}

void gallery_draw(Gallery *g, Ui *ui) {
    Canvas *canvas = ui->canvas;
    make_picture(g, ui);
    GalleryLayout l = lay_out(g, ui->scale, canvas);
    keep_in_view(g, &l);
    float s = l.s;
    canvas_rect(canvas, (Rect){0.0f, 0.0f, (float)canvas->width, (float)canvas->height},
                color_alpha(0xff000000, 0.45f));
    canvas_rounded(canvas, l.sheet, CARD_RADIUS * s, ui->theme->card);
    Rect head = {l.x, l.sheet.y + PAD * s * 0.75f, l.sheet.w - 2 * PAD * s, HEAD * s};
    text_draw_in(ui->text, canvas, TEXT_TITLE, head, ALIGN_LEFT, ui->theme->text, "Runs to watch");
    if (l.rows > l.rows_shown) {
        char text[48];
        snprintf(text, sizeof text, "rows %d to %d of %d", g->first_row + 1, g->first_row + l.rows_shown, l.rows);
        text_draw_in(ui->text, canvas, TEXT_CAPTION, head, ALIGN_RIGHT, ui->theme->muted, text);
    }
    for (int i = 0; i < l.cards; i++)
        draw_card(g, ui, &l, i);
    int preset = g->mark - own(g);
    Rect foot = {l.x, l.sheet.y + l.sheet.h - (FOOT + PAD * 0.5f) * s, l.sheet.w - 2 * PAD * s, FOOT * s};
    draw_watch(ui, foot, preset >= 0 && preset < g->count ? g->presets[preset].watch : "The current points.");
    for (int i = 0; i < l.cards; i++)
        if (rect_has(card_rect(g, &l, i), g->pointer_x, g->pointer_y))
            ui->cursor = CURSOR_HAND;
    ui_note(ui, "gallery", l.sheet);
}
