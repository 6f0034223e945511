#include "app/views/view_line.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/draw/line_break.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <string.h>

/* Logical pixels. */
static const float PAD = 16.0f, GAP = 8.0f, BADGE = 22.0f, BADGE_PAD = 8.0f, BUTTON = 28.0f, BUTTON_PAD = 12.0f;
static const float FIRST_ROW = 19.0f, ROW = 18.0f; /* centres: of the first from the top, of the next from that */
static const float WORDS_LEAST = 250.0f;           /* with less beside them the buttons use shorter words */
enum { MOST_ROWS = 2, MOST_BUTTONS = 3, LINE_LABEL = 96 };

/* ---- buttons ---- */

typedef struct LineButton {
    const char *name, *label, *brief, *help;
    UiButtonKind kind;
} LineButton;

static int list_buttons(const LineState *st, char label[LINE_LABEL], LineButton buttons[MOST_BUTTONS]) {
    int count = 0;
    if (st->kind == LINE_PAST) {
        /* The place of "Replay": {"replay", "Replay", "Replay", ..., BUTTON_PLAIN} goes here, before the others. */
        buttons[count++] =
            (LineButton){"back-to-now", tr("Back to now"), tr("Now"), tr("Show the run as it is (Esc)"), BUTTON_PLAIN};
        buttons[count++] =
            (LineButton){"go-on", tr("Go on from here"), tr("Go on"),
                         tr("Train on from this epoch; what came after it is forgotten"), BUTTON_PRIMARY};
    } else if (st->kind == LINE_OFFER && !st->notice) {
        buttons[count++] = (LineButton){"continue", tr("Continue where you were"), tr("Continue"),
                                        tr("Open that session as it was (U: all that are unsaved)"), BUTTON_PRIMARY};
        buttons[count++] = (LineButton){"not-now", tr("Not now"), tr("Later"),
                                        tr("It stays in File, Unsaved sessions (Ctrl+Shift+O)"), BUTTON_PLAIN};
    } else if (!st->notice && (st->kind == LINE_REMEDY || st->kind == LINE_CANNOT)) { /* not beside other words */
        if (st->button[0])
            buttons[count++] = (LineButton){"feedback", st->button, st->button, NULL, BUTTON_PLAIN};
    } else if (st->notice && st->saved[0]) {
        buttons[count++] =
            (LineButton){"copy-path", tr("Copy path"), tr("Copy"), tr("Put the path on the clipboard"), BUTTON_PLAIN};
    } else if (st->kind == LINE_END && !st->notice) {
        if (st->hard > 0 && st->hard <= LINE_SHOW_HARD) {
            if (st->hard == 1)
                snprintf(label, LINE_LABEL, tr("Show it"));
            else
                snprintf(label, LINE_LABEL, tr("Show these %zu"), st->hard);
            buttons[count++] = (LineButton){
                "show-hard", st->hard_alone ? tr("Show all") : label, st->hard_alone ? tr("All") : tr("Show"),
                tr("Leave the easy points out of the plot, or show them again"), BUTTON_PLAIN};
        }
        buttons[count++] = (LineButton){"play-on", tr("Play on"), tr("Play on"),
                                        tr("Train on beyond the end that is set"), BUTTON_PLAIN};
    }
    return count;
}

static float button_width(Text *text, const char *label, float s) {
    return ceilf(text_width(text, TEXT_BODY, label)) + 2 * BUTTON_PAD * s;
}

/* Width of all, with a gap before each and behind the last; 0: there are none. */
static float buttons_width(Text *text, const LineButton *buttons, int count, bool brief, float s) {
    float width = count > 0 ? GAP * s : 0.0f;
    for (int i = 0; i < count; i++)
        width += button_width(text, brief ? buttons[i].brief : buttons[i].label, s) + GAP * s;
    return width;
}

/* ---- words in rows ---- */

/* Bytes of the next word, or Chinese letter. A per cent sign stays with its number. */
static size_t word_length(const char *text) {
    size_t length = line_break_next(text, 0);
    while (text[length] == ' ' && text[length + 1] == '%')
        length = line_break_next(text, length + 1);
    return length;
}

typedef struct Flow {
    Text *text;
    LineArranged *a;
    float left, right; /* of the second row's room, and of both */
    float x;
    int most_rows;
} Flow;

static bool begin_row(Flow *flow) {
    flow->a->rows++;
    flow->x = flow->left;
    return flow->a->rows <= flow->most_rows;
}

static LineRun *begin_run(Flow *flow, TextStyle style) {
    LineArranged *a = flow->a;
    if (a->count == (int)(sizeof a->runs / sizeof *a->runs))
        return NULL;
    LineRun *run = &a->runs[a->count++];
    *run = (LineRun){.style = style, .row = a->rows - 1, .x = flow->x};
    return run;
}

/* Adds the text; false if there are not rows enough, or a word is wider than one. */
static bool flow_text(Flow *flow, TextStyle style, const char *words) {
    LineRun *run = NULL;
    size_t blanks = 0; /* before the word */
    while (*words) {
        char longer[2 * LINE_PATH_BYTES + 2];
        size_t length = word_length(words);
        if (length >= LINE_PATH_BYTES)
            return false;
        snprintf(longer, sizeof longer, "%s%s%.*s", run ? run->text : "", run && blanks > 0 ? " " : "", (int)length,
                 words);
        float start = run ? run->x : flow->x;
        if (start + text_width(flow->text, style, longer) > flow->right) {
            snprintf(longer, sizeof longer, "%.*s", (int)length, words);
            if (!begin_row(flow) || flow->x + text_width(flow->text, style, longer) > flow->right)
                return false;
            run = NULL;
        }
        if (!run && !(run = begin_run(flow, style)))
            return false;
        if (strlen(longer) >= sizeof run->text)
            return false;
        memcpy(run->text, longer, strlen(longer) + 1);
        blanks = strspn(words + length, " ");
        words += length + blanks;
    }
    if (run)
        flow->x = run->x + text_width(flow->text, style, run->text) + text_width(flow->text, style, " ");
    return true;
}

static bool flow_words(Text *text, const LineWords *words, const char *reason, int most_rows, LineArranged *a) {
    float s = a->scale, badge = PAD * s + a->badge + GAP * s + 2.0f * s;
    Flow flow = {.text = text,
                 .a = a,
                 .left = PAD * s,
                 .right = a->width - fmaxf(a->buttons, PAD * s),
                 .x = badge,
                 .most_rows = most_rows};
    a->count = 0;
    a->rows = 1;
    if (!flow_text(&flow, TEXT_FIGURE, words->fact))
        return false;
    if (words->fact[0])
        flow.x += 2.0f * s; /* the bold one's space looks narrow */
    return flow_text(&flow, TEXT_WORDS, reason);
}

/* Nothing else fits: the fact alone in one row, cut when it is drawn. */
static void cut_words(const LineWords *words, LineArranged *a) {
    a->count = a->rows = 1;
    a->cut = true;
    a->runs[0] =
        (LineRun){.style = words->fact[0] ? TEXT_FIGURE : TEXT_WORDS, .x = (PAD + GAP + 2.0f) * a->scale + a->badge};
    snprintf(a->runs[0].text, sizeof a->runs[0].text, "%s", words->fact[0] ? words->fact : words->reason);
}

static void arrange(LineState *st, Text *text, float width, float s) {
    LineArranged *a = &st->arranged;
    const LineWords *w = &st->words;
    if (a->width == width && a->scale == s)
        return;
    LineButton buttons[MOST_BUTTONS];
    char label[LINE_LABEL];
    int count = list_buttons(st, label, buttons);
    *a = (LineArranged){.width = width, .scale = s};
    a->badge = ceilf(text_width(text, TEXT_MEDIUM, w->badge)) + 2 * BADGE_PAD * s;
    a->buttons = buttons_width(text, buttons, count, false, s);
    if (width - a->buttons - 2 * PAD * s < WORDS_LEAST * s)
        a->buttons = buttons_width(text, buttons, count, true, s);
    if (flow_words(text, w, w->reason, 1, a) ||
        (w->calm && w->brief[0] && width >= 800.0f * s && flow_words(text, w, w->brief, 1, a)) ||
        flow_words(text, w, w->reason, MOST_ROWS, a) ||
        ((w->fact[0] || w->brief[0]) && flow_words(text, w, w->brief, MOST_ROWS, a)) ||
        (w->fact[0] && flow_words(text, w, "", MOST_ROWS, a)))
        return;
    cut_words(w, a);
}

int line_rows(LineState *st, Text *text, float width, float scale) {
    arrange(st, text, width, scale);
    /* a narrow window's line stays as high as it mostly is, so that the plot does not jump from epoch to epoch */
    return width < 800.0f * scale ? MOST_ROWS : st->arranged.rows;
}

/* ---- drawing ---- */

static Color strip_color(const Theme *theme, const LineState *st) {
    if (st->kind == LINE_PAST || (st->kind == LINE_OFFER && !st->notice))
        return theme->accent_strip;
    return st->kind == LINE_REMEDY && !st->notice ? theme->warn_strip : theme->card;
}

/* The strip, with the card's round corners above and its frame left free. */
static void draw_strip(Ui *ui, Rect rect, const LineState *st) {
    if (strip_color(ui->theme, st) == ui->theme->card)
        return;
    float line = fmaxf(1.0f, roundf(ui->scale)), radius = ui_px(ui, CARD_RADIUS);
    Rect inner = {rect.x + line, rect.y + line, rect.w - 2 * line, rect.h - 2 * line};
    canvas_push_clip(ui->canvas, inner);
    inner.h += radius;
    canvas_rounded(ui->canvas, inner, radius - line, strip_color(ui->theme, st));
    canvas_pop_clip(ui->canvas);
}

static void draw_badge(Ui *ui, Rect badge, const LineState *st) {
    const Theme *theme = ui->theme;
    Color ground = st->kind == LINE_PAST || st->kind == LINE_OFFER ? theme->accent
                   : st->kind == LINE_CANNOT                       ? theme->danger
                   : st->kind == LINE_REMEDY                       ? theme->warn
                                                                   : theme->chip;
    Color text = ground == theme->chip ? theme->text : theme->on_accent;
    if (st->notice) {
        ground = theme->chip;
        text = theme->text;
    }
    canvas_rounded(ui->canvas, badge, badge.h / 2, ground);
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, badge, ALIGN_CENTER, text, st->words.badge);
}

static const char *words_name(const LineState *st) {
    return st->notice                                           ? "notice"
           : st->kind == LINE_PAST                              ? "look-back"
           : st->kind == LINE_OFFER                             ? "offer"
           : st->kind == LINE_REMEDY || st->kind == LINE_CANNOT ? "feedback-line"
                                                                : "narration";
}

static void draw_words(Ui *ui, Rect rect, const LineState *st, float top) {
    const LineArranged *a = &st->arranged;
    float right = rect.x, row = ui_px(ui, ROW), end = rect.x + a->width - fmaxf(a->buttons, ui_px(ui, PAD));
    for (int i = 0; i < a->count; i++) {
        const LineRun *run = &a->runs[i];
        Rect place = {rect.x + run->x, top + row * (float)run->row - row / 2, end - rect.x - run->x, row};
        float width = text_width(ui->text, run->style, run->text);
        if (!a->cut)
            place.w = fmaxf(place.w, width + 2.0f);
        text_draw_in(ui->text, ui->canvas, run->style, place, ALIGN_LEFT, ui->theme->text, run->text);
        right = fmaxf(right, place.x + fminf(width, place.w));
    }
    float left = a->rows > 1 ? rect.x + ui_px(ui, PAD) : rect.x + (a->count > 0 ? a->runs[0].x : 0.0f);
    ui_note(ui, words_name(st), (Rect){left, top - row / 2, fmaxf(0.0f, right - left), row * (float)a->rows});
}

static void press(Ui *ui, LineState *st, const char *name, FeedbackState *feedback, Intents *intents) {
    if (strcmp(name, "back-to-now") == 0) {
        intend(intents, (Command){.kind = COMMAND_LOOK, .epoch = -1});
    } else if (strcmp(name, "go-on") == 0) {
        intend_kind(intents, COMMAND_GO_ON);
    } else if (strcmp(name, "feedback") == 0) {
        intend(intents, st->command);
        feedback_acted(feedback);
    } else if (strcmp(name, "play-on") == 0) {
        intend_kind(intents, COMMAND_PLAY);
    } else if (strcmp(name, "continue") == 0) {
        intents->file = FILE_CONTINUE;
    } else if (strcmp(name, "not-now") == 0) {
        intents->file = FILE_NOT_NOW;
    } else if (strcmp(name, "show-hard") == 0) {
        st->hard_alone = !st->hard_alone;
        st->ask = st->hard_alone ? LINE_ASKS_HARD_ALONE : LINE_ASKS_ALL;
        st->arranged.width = 0.0f; /* another label */
        ui->wants_frame = true;
    } else if (strcmp(name, "copy-path") == 0 && ui->clipboard_set) {
        ui->clipboard_set(ui->user, st->saved);
    }
}

static void make_buttons(Ui *ui, Rect rect, LineState *st, FeedbackState *feedback, Intents *intents) {
    LineButton buttons[MOST_BUTTONS];
    char label[LINE_LABEL];
    int count = list_buttons(st, label, buttons);
    float s = ui->scale, height = BUTTON * s;
    bool brief = st->arranged.buttons < buttons_width(ui->text, buttons, count, false, s);
    float x = rect.x + rect.w - st->arranged.buttons + GAP * s, y = roundf(rect.y + (rect.h - height) / 2);
    for (int i = 0; i < count; i++) {
        const LineButton *b = &buttons[i];
        const char *words = brief ? b->brief : b->label;
        Rect place = {roundf(x), y, button_width(ui->text, words, s), height};
        bool pressed = ui_button(ui, b->name, place, ICON_NONE, words, b->kind, b->help);
        if (b->kind == BUTTON_PLAIN &&
            strip_color(ui->theme, st) != ui->theme->card) /* a chip is as pale as the strip */
            canvas_rounded_frame(ui->canvas, place, ui_px(ui, 6.0f), fmaxf(1.0f, roundf(s)), ui->theme->hard_edge);
        if (pressed)
            press(ui, st, b->name, feedback, intents);
        x += place.w + GAP * s;
    }
}

void line_widgets(Ui *ui, Rect rect, LineState *st, FeedbackState *feedback, Intents *intents) {
    const LineArranged *a = &st->arranged;
    arrange(st, ui->text, rect.w, ui->scale);
    if (st->ask == LINE_ASKS_HARD_ALONE || st->ask == LINE_ASKS_ALL)
        st->ask = LINE_ASKS_NOTHING;
    if (st->hard_alone && st->kind != LINE_END) {
        st->hard_alone = false;
        st->ask = LINE_ASKS_ALL;
    }
    draw_strip(ui, rect, st);
    ui_note(ui, "line", rect);
    float height = ui_px(ui, BADGE);
    /* one row in a line that is as high as two stands in its middle */
    float top = a->rows > 1 ? rect.y + ui_px(ui, FIRST_ROW) : rect.y + rect.h / 2;
    if (st->words.badge[0]) {
        Rect badge = {rect.x + ui_px(ui, PAD), roundf(top - height / 2), a->badge, height};
        const char *whole =
            a->cut ? (st->words.fact[0] ? st->words.fact : st->words.reason)
            : st->watch && st->watch[0] && st->kind == LINE_NARRATION && !st->notice && !st->topic.badge[0] ? st->watch
                                                                                                            : NULL;
        UiTouch in = ui_widget(ui, "line-badge", badge, whole != NULL, false, whole);
        ui_say(ui, in.id, &(UiSay){.role = ROLE_TERM, .label = st->words.badge, .value = whole});
        draw_badge(ui, badge, st);
        if (in.focused && ui->focus_visible)
            ui_focus_ring(ui, badge, badge.h / 2);
    }
    draw_words(ui, rect, st, top);
    make_buttons(ui, rect, st, feedback, intents);
    feedback->held = ui->active == ui_id("feedback") && ui->input.down;
}

/* ---- what to say ---- */

static void say(LineState *st, const LineWords *words) {
    if (memcmp(&st->words, words, sizeof *words) == 0)
        return;
    st->words = *words;
    st->arranged.width = 0.0f;
    st->wants_frame = true;
}

/* Whether what there is to narrate is no longer what was narrated last. */
static bool is_other(const LineState *st, const Snapshot *s, Moment moment, uint32_t epoch) {
    if (!st->said || st->moment != moment || st->epoch != epoch || st->data_version != s->data_version)
        return true;
    return moment != MOMENT_EPOCH && st->version != s->version;
}

/* Brings the narration up to date, calmly: what a person scrubs through or has brought about by a restart is there at
 * once, an epoch after the other at most twice a second. */
static void narrate(LineState *st, const Snapshot *s, double time) {
    const History *h = s->history;
    Moment moment = narration_moment(s);
    uint32_t epoch = s->looking_back ? s->epoch : h && h->count > 0 ? h->records[h->count - 1].epoch + 1 : 0;
    if (!is_other(st, s, moment, epoch))
        return;
    bool at_once = !st->said || moment == MOMENT_PAST || moment == MOMENT_START || moment == MOMENT_END ||
                   st->moment == MOMENT_PAST || epoch < st->epoch;
    if (!at_once && time - st->said_at < LINE_CALM) {
        st->wants_frame = true;
        return;
    }
    if (moment == MOMENT_START && (!st->said || st->moment != MOMENT_START))
        st->watch_since = time;
    Narration now;
    memset(&now, 0, sizeof now); /* compared as bytes */
    narration_of_now(s, &now);
    if (memcmp(&now, &st->narration, sizeof now) != 0)
        st->said_at = time;
    st->narration = now;
    st->said = true;
    st->moment = moment;
    st->epoch = epoch;
    st->version = s->version;
    st->data_version = s->data_version;
}

static void words_of_narration(const Narration *n, LineWords *words) {
    snprintf(words->badge, sizeof words->badge, "%s", n->badge);
    snprintf(words->fact, sizeof words->fact, "%s", n->fact);
    snprintf(words->reason, sizeof words->reason, "%s", n->reason);
    snprintf(words->brief, sizeof words->brief, "%s", n->brief);
}

/* A saved file: its name, and where it is. */
static void words_of_notice(const LineState *st, const char *notice, LineWords *words) {
    bool saved = st->saved[0] && strcmp(st->saved, notice) == 0;
    const char *slash = saved ? strrchr(notice, '/') : NULL;
    snprintf(words->badge, sizeof words->badge, saved ? tr("Saved") : tr("Note"));
    if (!saved) {
        if (strlen(notice) < sizeof words->reason)
            snprintf(words->reason, sizeof words->reason, "%s", notice);
        else
            snprintf(words->fact, sizeof words->fact, "%.*s", (int)sizeof words->fact - 1, notice);
        return;
    }
    snprintf(words->fact, sizeof words->fact, "%s", slash ? slash + 1 : notice);
    int folder = slash ? (int)(slash - notice) : 0;
    if (folder > 0 && folder < 256)
        snprintf(words->reason, sizeof words->reason, tr("in %.*s"), folder, notice);
    else
        snprintf(words->reason, sizeof words->reason, tr("in the current folder"));
    snprintf(words->brief, sizeof words->brief, tr("is saved"));
}

static void words_of_feedback(const Feedback *f, LineWords *words) {
    snprintf(words->badge, sizeof words->badge, "%s", f->badge);
    snprintf(words->fact, sizeof words->fact, "%s", f->text);
    snprintf(words->reason, sizeof words->reason, "%s", f->reason);
}

static LineKind kind_of(const LineState *st, const Snapshot *s, const Feedback *f, Moment moment) {
    return s->looking_back                ? LINE_PAST
           : f->kind == FEEDBACK_DIVERGED ? LINE_CANNOT
           : st->offer                    ? LINE_OFFER
           : f->kind != FEEDBACK_NONE     ? LINE_REMEDY
           : moment == MOMENT_END         ? LINE_END
                                          : LINE_NARRATION;
}

void line_follow(LineState *st, const Snapshot *s, const Feedback *f, const char *notice, double time) {
    LineWords words;
    memset(&words, 0, sizeof words); /* compared as bytes */
    st->wants_frame = false;
    narrate(st, s, time);
    LineKind kind = kind_of(st, s, f, st->moment);
    bool watch = st->watch && st->watch[0] && kind == LINE_NARRATION &&
                 (st->moment == MOMENT_START || (s->playing && time - st->watch_since < LINE_WATCH_STAYS));
    bool asks = kind == LINE_REMEDY || kind == LINE_CANNOT;
    size_t hard = s->data->count - (s->easy < s->data->count ? s->easy : s->data->count);
    bool other_buttons = kind != st->kind || st->notice != (notice[0] != '\0') ||
                         (asks && strcmp(st->button, f->label) != 0) || (kind == LINE_END && hard != st->hard);
    st->kind = kind;
    st->notice = notice[0] != '\0';
    st->hard = kind == LINE_END ? hard : 0;
    if (asks) {
        st->command = f->command;
        snprintf(st->button, sizeof st->button, "%s", f->label);
    }
    if (other_buttons) {
        st->arranged.width = 0.0f;
        st->wants_frame = true;
    }
    if (st->notice) {
        words_of_notice(st, notice, &words);
    } else if (kind == LINE_OFFER) {
        snprintf(words.badge, sizeof words.badge, tr("Unsaved"));
        snprintf(words.fact, sizeof words.fact, "%s", st->offer);
    } else if (asks) {
        words_of_feedback(f, &words);
    } else if (st->topic.badge[0] && kind != LINE_PAST) {
        memcpy(&words, &st->topic, sizeof words);
    } else if (watch) {
        snprintf(words.badge, sizeof words.badge, tr("Watch"));
        snprintf(words.reason, sizeof words.reason, "%s", st->watch);
    } else {
        words_of_narration(&st->narration, &words);
        words.calm = kind == LINE_NARRATION;
    }
    say(st, &words);
}
