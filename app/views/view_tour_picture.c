#include "app/views/view_tour_private.h"

#include "app/base/language.h"
#include "app/ui/ui_spoken.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double GLIDE = 2.0; /* seconds of a glide */
enum { GLIDES = 10, TITLE_LINES = 2 };
static const float CARD_WIDTH = 288.0f, PAD = 20.0f, EDGE = 8.0f, GAP = 16.0f;
static const float FLAT_BELOW = 600.0f; /* windows so low have a card that leaves the plot free: ... */
static const float FLAT_CARD = 600.0f, FLAT_PAD = 16.0f, FLAT_ABOVE = 8.0f, FLAT_SIDE = 104.0f;
static const float COUNT_ROW = 16.0f, TITLE_ROW = 25.0f, BODY_ROW = 20.0f;

/* What a step says: before the deed, and for the second after it. */
static const struct {
    const char *title, *words, *after;
} SAYS[TOUR_STEPS + 1] = {
    {N_("Press Play."),
     N_("Each mark is a point with a class. The colours behind them are the model's answer. Play trains it, epoch by "
        "epoch."),
     N_("It learns from the filled points; the hollow ones wait. Each epoch lets more of them in.")},
    {N_("This line is the threshold λ. Drag it."),
     N_("Points whose loss is left of it are easy: the model learns from them. To the right they are hard: they wait. In "
        "the plot they light up as you drag."),
     N_("Filled: easy, weight v = 1. Hollow: hard, weight v = 0.")},
    {N_("Scrub back on the timeline."), N_("Every epoch is kept. Drag along the timeline to see an earlier one again."),
     N_("This is the run as it was then: points, boundary and λ.")},
    {N_("Go on from here."),
     N_("Training can go on from any epoch, with another λ if you like. What came after it is put aside; undo brings it "
        "back."),
     N_("It trains on from there.")},
    {N_("Pin a hard point."),
     N_("Click a hollow point. Its loss is then followed in the histogram and on the timeline: you see it come in when "
        "λ has passed it."),
     ""},
    {N_("That is self-paced learning."),
     N_("Easy points first: those with a loss below λ count (v = 1), hard ones wait (v = 0), and λ grows until they may "
        "join. Help (F1) has every word and key."),
     ""},
};

/* ---- the dimmed window ---- */

/* A corner of a lit part that is dimmed: the square of the radius without the quarter disc. */
static void dim_corner(Ui *ui, float x, float y, float way_x, float way_y, Color shade) {
    enum { CHORDS = 6 };
    float r = CARD_RADIUS * ui->scale, points[2 * (CHORDS + 2)] = {x, y};
    for (int i = 0; i <= CHORDS; i++) {
        float turn = 1.5707963f * (float)i / (float)CHORDS;
        points[2 * i + 2] = x + way_x * r * (1.0f - cosf(turn));
        points[2 * i + 3] = y + way_y * r * (1.0f - sinf(turn));
    }
    canvas_polygon(ui->canvas, points, CHORDS + 2, shade);
}

/* Everything but the lit parts, which do not overlap: in bands between their edges. */
static void dim(const Tour *tour, Ui *ui) {
    Color shade = ui->theme == &THEME_LIGHT ? 0x7f10151e : 0x8c000000;
    float edges[2 * TOUR_MAX_LIT + 2] = {0.0f, (float)ui->canvas->height};
    int count = 2;
    for (int i = 0; i < tour->lit_count; i++) {
        edges[count++] = tour->lit[i].y;
        edges[count++] = tour->lit[i].y + tour->lit[i].h;
    }
    for (int i = 1; i < count; i++) /* sorted */
        for (int k = i; k > 0 && edges[k - 1] > edges[k]; k--) {
            float swap = edges[k];
            edges[k] = edges[k - 1];
            edges[k - 1] = swap;
        }
    for (int band = 0; band + 1 < count; band++) {
        float y0 = edges[band], y1 = edges[band + 1], x = 0.0f;
        while (y1 > y0) { /* up to the next lit part on the right, then on behind it */
            const Rect *next = NULL;
            for (int i = 0; i < tour->lit_count; i++) {
                const Rect *r = &tour->lit[i];
                if (r->y <= y0 && r->y + r->h >= y1 && r->x >= x && (!next || r->x < next->x))
                    next = r;
            }
            float end = next ? next->x : (float)ui->canvas->width;
            canvas_rect(ui->canvas, (Rect){x, y0, end - x, y1 - y0}, shade);
            if (!next)
                break;
            x = next->x + next->w;
        }
    }
    for (int i = 0; i < tour->lit_count; i++) {
        Rect r = tour->lit[i];
        dim_corner(ui, r.x, r.y, 1.0f, 1.0f, shade);
        dim_corner(ui, r.x + r.w, r.y, -1.0f, 1.0f, shade);
        dim_corner(ui, r.x, r.y + r.h, 1.0f, -1.0f, shade);
        dim_corner(ui, r.x + r.w, r.y + r.h, -1.0f, -1.0f, shade);
    }
}

static bool lies_in(Rect inner, Rect outer) {
    return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.w <= outer.x + outer.w &&
           inner.y + inner.h <= outer.y + outer.h;
}

static void light(Tour *tour, const TourScene *scene, const TourTarget *t, float scale) {
    tour->lit_count = 0;
    tour->lit[tour->lit_count++] = rect_rounded(scene->card);
    if (t->found && !lies_in(t->rect, tour->lit[0]))
        tour->lit[tour->lit_count++] =
            rect_rounded(t->pulse && tour->step != STEP_PIN ? tour_grown(t->rect, 4.0f * scale) : t->rect);
}

/* ---- the ghost ---- */

static void draw_ghost(const Tour *tour, Ui *ui, const TourTarget *t) {
    double since = ui->input.time - tour->since;
    bool still = !ui->motion || since >= (double)GLIDES * GLIDE;
    float part = still ? 0.35f : fminf(1.0f, (float)(fmod(since, GLIDE) / (0.7 * GLIDE)));
    part = part * part * (3.0f - 2.0f * part);
    float s = ui->scale, x = t->from.x, y = t->from.y;
    Color accent = ui->theme->accent;
    ui->wants_frame = ui->wants_frame || !still;
    if (t->pulse) {
        float radius = (10.0f + 12.0f * part) * s;
        canvas_ring(ui->canvas, x, y, radius, 2.0f * s, color_alpha(accent, 0.9f - 0.6f * part));
        canvas_ring(ui->canvas, x, y, radius + 5.0f * s, 1.5f * s, color_alpha(accent, 0.5f - 0.4f * part));
        return;
    }
    for (int i = 1; i <= 3; i++) /* the way, and where it leads */
        canvas_disc(ui->canvas, x + t->from.w * (float)i / 5.0f, y, 4.0f * s, color_alpha(accent, 0.3f));
    float tip = x + t->from.w, way = t->from.w < 0.0f ? -1.0f : 1.0f;
    const float head[6] = {tip, y, tip - way * 8.0f * s, y - 6.0f * s, tip - way * 8.0f * s, y + 6.0f * s};
    canvas_line(ui->canvas, x + t->from.w * 0.7f, y, tip - way * 6.0f * s, y, 2.0f * s, ui->theme->text);
    canvas_polygon(ui->canvas, head, 3, ui->theme->text);
    float hand = still ? x : x + t->from.w * part;
    canvas_disc(ui->canvas, hand, y, 9.0f * s, color_alpha(accent, 0.45f));
    canvas_ring(ui->canvas, hand, y, 14.0f * s, 2.0f * s, color_alpha(accent, 0.8f));
}

/* ---- the card ---- */

typedef struct CardText {
    char title[UI_LINES][UI_LINE_BYTES], words[UI_LINES][UI_LINE_BYTES];
    int titles, lines;
    bool flat;           /* title and buttons in one row */
    float width, height; /* of the card, pixels */
} CardText;

/* What is to be taken is not on the screen; what has been taken may have gone with the deed. */
static bool is_missing(const Tour *tour, const TourTarget *t) {
    return !t->found && !tour->done && tour->step < STEP_PIN;
}

static void announce(Ui *ui, const Tour *tour, const char *title, const char *words) {
    char step[48], all[512];
    snprintf(step, sizeof step, tr("Step %d of %d."), tour->step + 1, TOUR_STEPS);
    snprintf(all, sizeof all, "%s %s %s", tour->step < TOUR_STEPS ? step : "", title, words);
    ui_announce(ui, "tour-card", all);
}

static void fit_text(const Tour *tour, Ui *ui, const TourScene *scene, const TourTarget *t, CardText *text) {
    float s = ui->scale, logical = (float)ui->canvas->width / s;
    const char *title = tr(SAYS[tour->step].title), *words = tr(SAYS[tour->step].words);
    if (is_missing(tour, t)) {
        words = tr("In a window as small as this it is not on the screen.");
    } else if (tour->step == STEP_DRAG && t->found && !t->line && !t->opener && !tour->done) {
        title = tr("This slider is the threshold λ. Drag it.");
        words =
            tr("Points with a loss below it are easy: the model learns from them. Those above it are hard: they wait. "
               "In the plot they light up as you drag.");
    } else if (t->opener) {
        title = tr("λ is behind this button.");
        words = tr("Open the panel, then drag the line λ in it.");
    } else if (tour->step == STEP_PIN && !t->found) {
        words = tr("All points in view are easy now. Click any of them: its loss is then followed in the histogram and "
                   "on the timeline.");
    } else if (tour->step == STEP_PIN && scene->hand->pinned >= 0 && !tour->done) {
        words = tr("That point is easy: it is filled. Click a hollow one.");
    } else if (tour->done && SAYS[tour->step].after[0]) {
        words = tr(SAYS[tour->step].after);
    }
    text->flat = (float)ui->canvas->height / s < FLAT_BELOW && logical >= FLAT_CARD + 2 * EDGE;
    text->width = roundf((text->flat ? FLAT_CARD : CARD_WIDTH) * s);
    float inner = text->width - (text->flat ? 2 * FLAT_PAD + FLAT_SIDE : 2 * PAD) * s;
    announce(ui, tour, title, words);
    text->titles = ui_wrap(ui, TEXT_TITLE, title, inner, TITLE_LINES, text->title);
    text->lines = ui_wrap(ui, TEXT_BODY, words, inner, UI_LINES, text->words);
    /* as high as what it says before the deed, so that it does not jump */
    char before[UI_LINES][UI_LINE_BYTES];
    int rows = ui_wrap(ui, TEXT_BODY, tr(SAYS[tour->step].words), inner, UI_LINES, before);
    rows = rows > text->lines ? rows : text->lines;
    if (text->flat)
        text->height = roundf((2 * FLAT_ABOVE + CONTROL + 6.0f + BODY_ROW * fmaxf(2.0f, (float)rows) + 2.0f) * s);
    else
        text->height = roundf(
            (2 * PAD + COUNT_ROW + 8.0f + TITLE_ROW * (float)text->titles + BODY_ROW * (float)rows + 20.0f + CONTROL) *
            s);
}

/* Below, above, right or left of a rect, moved into the window. */
static Rect beside(const Ui *ui, Rect r, int side, float w, float h) {
    float gap = GAP * ui->scale, edge = EDGE * ui->scale;
    Rect card = {r.x + r.w / 2 - w / 2, r.y + r.h / 2 - h / 2, w, h};
    if (side == 0)
        card.y = r.y + r.h + gap;
    else if (side == 1)
        card.y = r.y - gap - h;
    else if (side == 2)
        card.x = r.x + r.w + gap;
    else
        card.x = r.x - gap - w;
    card.x = fmaxf(edge, fminf(card.x, (float)ui->canvas->width - edge - w));
    card.y = fmaxf(edge, fminf(card.y, (float)ui->canvas->height - edge - h));
    return rect_rounded(card);
}

/* Where the card hides least: never what is to be taken if that can be helped, then as little as can be of what
 * answers. *side: of the target that it stands at, or -1. */
static Rect place_card(const Tour *tour, const Ui *ui, const TourScene *scene, const TourTarget *t,
                       const CardText *text, int *side) {
    Rect best = {0}, answer = scene->hand->camera.view, around = tour_grown(t->rect, 8.0f * ui->scale);
    float least = 1e30f;
    for (int i = 0; i < 8; i++) {
        if (i < 4 && (!t->found || tour->step == STEP_PIN))
            continue;
        Rect card = beside(ui, i < 4 ? t->rect : answer, i % 4, text->width, text->height);
        float hides = rect_overlap(card, answer) + 8.0f * (float)i; /* of equal ones the first */
        if (i >= 4)
            hides += (text->flat ? 0.5f : 1.0f) * card.w * card.h; /* away from its target it is less about it */
        if (t->found)
            hides += 1000.0f * rect_overlap(card, t->pulse ? around : t->rect);
        if (hides < least) {
            least = hides;
            best = card;
            *side = i < 4 && rect_overlap(card, t->rect) <= 0.0f ? i : -1;
        }
    }
    return best;
}

static void draw_pointer(Ui *ui, Rect card, Rect target, int side) {
    float s = ui->scale, half = 9.0f * s, high = 9.0f * s, inset = 2 * CARD_RADIUS * s;
    float x = fmaxf(card.x + inset, fminf(target.x + target.w / 2, card.x + card.w - inset));
    float y = fmaxf(card.y + inset, fminf(target.y + target.h / 2, card.y + card.h - inset));
    float points[6];
    if (side < 2) {
        float edge = side == 0 ? card.y : card.y + card.h, way = side == 0 ? -1.0f : 1.0f;
        memcpy(points, (float[6]){x - half, edge, x, edge + way * high, x + half, edge}, sizeof points);
    } else {
        float edge = side == 2 ? card.x : card.x + card.w, way = side == 2 ? -1.0f : 1.0f;
        memcpy(points, (float[6]){edge, y - half, edge + way * high, y, edge, y + half}, sizeof points);
    }
    canvas_polygon(ui->canvas, points, 3, ui->theme->card);
}

static void draw_dots(const Tour *tour, Ui *ui, float right, float y) {
    float s = ui->scale;
    for (int i = 0; i < TOUR_STEPS; i++) {
        float x = right - (4.0f + 14.0f * (float)(TOUR_STEPS - 1 - i)) * s;
        bool past = i <= tour->step;
        canvas_disc(ui->canvas, x, y, (i == tour->step ? 4.5f : 3.5f) * s, past ? ui->theme->accent : ui->theme->track);
    }
}

/* Whose turn it is, or Next. */
static void card_turn(Tour *tour, Ui *ui, const TourTarget *t, Rect row) {
    float s = ui->scale, middle = row.y + row.h / 2;
    if (is_missing(tour, t)) { /* nobody is held up by what is not there */
        if (ui_button(ui, "tour-next", (Rect){row.x, row.y, 64.0f * s, row.h}, ICON_NONE, tr("Next"), BUTTON_PRIMARY,
                      NULL)) {
            tour_go_to(tour, tour->step + 1);
            ui->wants_frame = true;
        }
    } else if (tour->done) {
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, row, ALIGN_LEFT, ui->theme->accent, tr("Done."));
    } else {
        canvas_disc(ui->canvas, row.x + 8.0f * s, middle, 4.0f * s, ui->theme->accent);
        canvas_ring(ui->canvas, row.x + 8.0f * s, middle, 7.5f * s, 1.5f * s, ui->theme->accent);
        Rect words = {row.x + 24.0f * s, row.y, row.w - 24.0f * s, row.h};
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, ui->theme->text, tr("Your turn"));
    }
}

/* Back and Skip; at the end: what to try, and Done. At the right of the row; *width is what they take of it. */
static TourWish card_buttons(Tour *tour, Ui *ui, Rect row, float *width) {
    float s = ui->scale;
    TourWish wish = TOUR_NOTHING;
    if (tour->step == TOUR_STEPS) {
        Rect done = {row.x + row.w - 72.0f * s, row.y, 72.0f * s, row.h},
             next = {done.x - 112.0f * s, row.y, 104.0f * s, row.h};
        if (ui_button(ui, "tour-try", next, ICON_NONE, tr("What to try"), BUTTON_PLAIN, NULL)) {
            wish = TOUR_TRY;
            tour_close(tour, ui);
        }
        if (ui_button(ui, "tour-done", done, ICON_NONE, tr("Done"), BUTTON_PRIMARY, NULL))
            tour_close(tour, ui);
        *width = 184.0f * s;
        return wish;
    }
    Rect skip = {row.x + row.w - 64.0f * s, row.y, 64.0f * s, row.h},
         back = {skip.x - 72.0f * s, row.y, 64.0f * s, row.h};
    *width = 136.0f * s;
    if (tour->step > 0 &&
        ui_button(ui, "tour-back", back, ICON_NONE, tr("Back"), BUTTON_PLAIN, tr("The step before"))) {
        tour_go_to(tour, tour->step - 1);
        ui->wants_frame = true;
    }
    if (ui_button(ui, "tour-skip", skip, ICON_NONE, tr("Skip"), BUTTON_PLAIN,
                  tr("End the tour (Esc); Help has it again")))
        tour_close(tour, ui);
    return wish;
}

static void put_count(const Tour *tour, char count[48]) {
    if (tour->step < TOUR_STEPS)
        snprintf(count, 48, trc("tour", "%d of %d"), tour->step + 1, TOUR_STEPS);
    else
        snprintf(count, 48, tr("all %d done"), TOUR_STEPS);
}

static void draw_words(Ui *ui, Rect row, const CardText *text) {
    row.h = BODY_ROW * ui->scale;
    for (int i = 0; i < text->lines; i++, row.y += row.h)
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, row, ALIGN_LEFT, ui->theme->text, text->words[i]);
}

/* Count, title and buttons in one row; below them the words, and beside these whose turn it is. */
static TourWish draw_flat_card(Tour *tour, Ui *ui, const TourTarget *t, const CardText *text) {
    float s = ui->scale, pad = FLAT_PAD * s, buttons;
    Rect card = tour->card, row = {card.x + pad, card.y + FLAT_ABOVE * s, card.w - 2 * pad, CONTROL * s};
    TourWish wish = card_buttons(tour, ui, row, &buttons);
    char count[48];
    put_count(tour, count);
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, row, ALIGN_LEFT, ui->theme->muted, count);
    float counted = text_width(ui->text, TEXT_MEDIUM, count) + 12.0f * s;
    Rect title = {row.x + counted, row.y, row.w - counted - buttons, row.h};
    text_draw_in(ui->text, ui->canvas, TEXT_TITLE, title, ALIGN_LEFT, ui->theme->text, text->title[0]);
    Rect words = {row.x, row.y + row.h + 6.0f * s, row.w - FLAT_SIDE * s, 0.0f};
    draw_words(ui, words, text);
    Rect beside = {row.x + row.w - (FLAT_SIDE - 16.0f) * s, words.y, (FLAT_SIDE - 16.0f) * s, BODY_ROW * s};
    if (tour->step < TOUR_STEPS)
        card_turn(tour, ui, t, beside);
    draw_dots(tour, ui, row.x + row.w, beside.y + 1.5f * BODY_ROW * s);
    return wish;
}

static TourWish draw_card(Tour *tour, Ui *ui, const TourTarget *t, const CardText *text) {
    Canvas *canvas = ui->canvas;
    Rect card = tour->card;
    float s = ui->scale, line = fmaxf(1.0f, roundf(s)), pad = PAD * s, buttons;
    char count[48];
    put_count(tour, count);
    Rect row = {card.x + pad, card.y + pad * 0.8f, card.w - 2 * pad, COUNT_ROW * s};
    text_draw_in(ui->text, canvas, TEXT_MEDIUM, row, ALIGN_LEFT, ui->theme->muted, count);
    draw_dots(tour, ui, row.x + row.w, row.y + row.h / 2);
    row.y += row.h + 8.0f * s;
    row.h = TITLE_ROW * s;
    for (int i = 0; i < text->titles; i++, row.y += row.h)
        text_draw_in(ui->text, canvas, TEXT_TITLE, row, ALIGN_LEFT, ui->theme->text, text->title[i]);
    row.y += 6.0f * s;
    draw_words(ui, row, text);
    Rect foot = {row.x, card.y + card.h - pad * 0.7f - CONTROL * s, row.w, CONTROL * s};
    canvas_rect(canvas, (Rect){row.x, foot.y - 10.0f * s, row.w, line}, ui->theme->line);
    TourWish wish = card_buttons(tour, ui, foot, &buttons);
    foot.w -= buttons;
    if (wish == TOUR_NOTHING && tour->open && tour->step < TOUR_STEPS)
        card_turn(tour, ui, t, foot);
    return wish;
}

TourWish tour_draw(Tour *tour, Ui *ui, const TourScene *scene) {
    if (!tour->open)
        return TOUR_NOTHING;
    float s = ui->scale;
    TourTarget target = tour_target(tour, ui, scene);
    CardText text;
    int side = -1;
    light(tour, scene, &target, s);
    fit_text(tour, ui, scene, &target, &text);
    if (tour->step < TOUR_STEPS) {
        dim(tour, ui);
        tour->card = place_card(tour, ui, scene, &target, &text, &side);
        if (target.found && tour->step != STEP_PIN) {
            Rect ring = rect_rounded(tour_grown(target.rect, (target.pulse ? 4.0f : 0.0f) * s));
            canvas_rounded_frame(ui->canvas, ring, CARD_RADIUS * s, 3.0f * s, ui->theme->accent);
        }
        if (target.found && !tour->done)
            draw_ghost(tour, ui, &target);
    } else {
        tour->card = place_card(tour, ui, scene, &target, &text, &side); /* where that of the last step was */
    }
    canvas_shadow(ui->canvas, tour->card, CARD_RADIUS * s, s);
    if (side >= 0)
        draw_pointer(ui, tour->card, target.rect, side);
    canvas_rounded(ui->canvas, tour->card, CARD_RADIUS * s, ui->theme->card);
    if (ui->theme != &THEME_LIGHT) /* a shadow is not seen there */
        canvas_rounded_frame(ui->canvas, tour->card, CARD_RADIUS * s, fmaxf(1.0f, roundf(s)), ui->theme->muted);
    ui->on_top = true;
    TourWish wish = text.flat ? draw_flat_card(tour, ui, &target, &text) : draw_card(tour, ui, &target, &text);
    ui_note(ui, "tour-card", tour->card);
    ui->on_top = false;
    if (target.found)
        ui_note(ui, "tour-target", target.rect);
    return wish;
}
