#include "app/views/view_help.h"

#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/views/glossary.h"

#include <math.h>
#include <string.h>

static const float WIDTH = 660.0f, HEIGHT = 620.0f, PAD = 20.0f, HEAD = 56.0f, FOOT = 56.0f, SWITCHES = 40.0f;
static const float KEY_ROW = 24.0f, KEY_COLUMN = 200.0f, TERM_GAP = 14.0f, TRY_ROW = 18.0f, TRY_GAP = 16.0f,
                   TRY_BUTTON = 72.0f;

static const char *const KEYS[][2] = {
    {N_("Space"), N_("play or pause; looking back: replay to now")},
    {".", N_("train to the end of the epoch")},
    {",", N_("train one batch")},
    {"R", N_("reset: same points, same initial parameters")},
    {N_("Shift + R"), N_("a new seed")},
    {"H", N_("hold λ: it does not grow")},
    {N_("Shift + Left, Right; Esc"), N_("look at earlier epochs; back to now")},
    {N_("Wheel, +, −; drag"), N_("zoom at the pointer; move the view")},
    {N_("Right drag; Backspace"), N_("zoom to a box; back a view")},
    {N_("Double click, Home, 0"), N_("all points")},
    {N_("Click"), N_("pin a point: its loss on the timeline")},
    {N_("L; Shift + drag or click"), N_("select points by a box, again: a lasso; add some")},
    {N_("K, F, Delete; Ctrl + A; Esc"), N_("selected points: keep, flip, remove; all; none")},
    {N_("N; Page Up, Page Down"), N_("write a note at this epoch; the notes in turn")},
    {"D", N_("the data map: confidence by variability")},
    {"W", N_("which labels look wrong: the list, or back")},
    {"B, E, X, C; V", N_("add, erase, flip, flag clean points; moving")},
    {N_("1 to 9, 0; [ and ]"), N_("class of added points; size of the brush")},
    {N_("Ctrl + Z, Ctrl + Shift + Z"), N_("undo, redo")},
    {"U", N_("all steps by name, and the runs kept")},
    {N_("Ctrl + O; Ctrl + E"), N_("open points, a preset or a session; export")},
    {N_("Ctrl + S, Ctrl + Shift + S"), N_("save the session; under another name")},
    {N_("Ctrl + Shift + O"), N_("sessions that were left unsaved")},
    {N_("S; Ctrl+C over the plot"), N_("save the plot as a PNG; copy it")},
    {N_("F5; Esc"), N_("presentation; back from it")},
    {N_("F; Ctrl + plus, minus, 0"), N_("full screen; scale")},
    {N_("Tab, Shift + Tab"), N_("next or previous control")},
    {N_("Alt + S; Alt + L"), N_("spoken: where the run stands; its losses as sound")},
    {N_("Arrows, Page, Home, End"), N_("move a slider (Shift: 10 times, Ctrl: a tenth)")},
    {N_("Enter; double click"), N_("type a slider's value; its default")},
    {"F1, ?", N_("this sheet")},
    {"Q", N_("quit")},
};

static const struct {
    const char *preset, *title, *words;
} TRIES[] = {
    {"post", N_("Drag λ while it learns"),
     N_("Drag the line in the histogram: points turn filled or hollow under your hand. Let it train on and see what that "
        "did to the boundary.")},
    {"anomalies", N_("Find the wrong label"),
     N_("One point of 10,000 has a wrong label. Wait until hardly any point is hard, then look at the hollow ones.")},
    {"hard-first", N_("Turn the order round"),
     N_("Here the model learns first from what it gets wrong. Is it as accurate after ten epochs as the post's run?")},
    {"noisy-moons", N_("Learn in spite of wrong labels"),
     N_("A fifth of the labels are wrong. Watch them turn hollow while the boundary keeps the shape of the moons.")},
    {"far-points", N_("Resist points far off"),
     N_("A tenth of the points lie far off with wrong labels. Watch the test accuracy when they are left out.")},
    {"collapse", N_("Leave a class out"),
     N_("Only one class is ever easy here. Can you let the other one in by dragging λ?")},
    {"diversity", N_("Mend it with diversity"),
     N_("The points of the run before, but the easiest of each class are let in whatever their loss.")},
    {"too-fast", N_("Hurry"),
     N_("λ doubles with each epoch. Set the growing factor to 1.2, reset, and compare the curves on the timeline.")},
};

enum { KEY_ROWS = sizeof KEYS / sizeof *KEYS, TRY_COUNT = sizeof TRIES / sizeof *TRIES };

bool help_init(HelpState *help, Status *status) {
    *help = (HelpState){.tab = HELP_KEYS};
    return sheet_init(&help->sheet, status);
}

void help_free(HelpState *help) {
    sheet_free(&help->sheet);
    *help = (HelpState){.tab = HELP_KEYS};
}

bool help_touch(HelpState *help, const UiInput *input) {
    help->sheet.input = *input;
    for (int i = 0; i < input->key_count; i++) {
        const UiKey *key = &input->keys[i];
        bool window = key->code == KEY_CHARACTER && (key->ctrl || key->character == 'f' || key->character == 'q');
        if (!window)
            return true;
    }
    return false;
}

/* ---- the tabs: each draws from y on, in a column of this width, and returns its height ---- */

static float draw_keys(Ui *ui, Rect column) {
    float row = ui_px(ui, KEY_ROW), split = fminf(ui_px(ui, KEY_COLUMN), column.w * 0.42f);
    for (int i = 0; i < KEY_ROWS; i++) {
        float y = column.y + row * (float)i;
        Rect key = {column.x, y, split - ui_px(ui, UNIT), row}, does = {column.x + split, y, column.w - split, row};
        text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, key, ALIGN_LEFT, ui->theme->text, tr(KEYS[i][0]));
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, does, ALIGN_LEFT, ui->theme->text, tr(KEYS[i][1]));
    }
    return row * (float)KEY_ROWS;
}

static float draw_words(Ui *ui, Rect column) {
    float y = column.y;
    for (int i = 0; i < GLOSSARY_COUNT; i++) {
        float height = glossary_height(ui, &GLOSSARY[i], column.w);
        glossary_draw(ui, &GLOSSARY[i], (Rect){column.x, y, column.w, height});
        y += height + ui_px(ui, TERM_GAP);
    }
    return y - column.y;
}

static int find_preset(const HelpScene *scene, const char *name) {
    for (int i = 0; i < scene->count; i++)
        if (strcmp(scene->presets[i].name, name) == 0)
            return i;
    return -1;
}

static float draw_try(Ui *ui, Rect column, const HelpScene *scene, HelpWish *wish, Intents *late) {
    float y = column.y, row = ui_px(ui, TRY_ROW), button = ui_px(ui, TRY_BUTTON);
    float width = column.w - button - ui_px(ui, 2 * UNIT);
    for (int i = 0; i < TRY_COUNT; i++) {
        char lines[UI_LINES][UI_LINE_BYTES], name[32];
        int count = ui_wrap(ui, TEXT_BODY, tr(TRIES[i].words), width, UI_LINES, lines);
        Rect line = {column.x, y, width, row * 1.2f};
        text_draw_in(ui->text, ui->canvas, TEXT_FIGURE, line, ALIGN_LEFT, ui->theme->text, tr(TRIES[i].title));
        line.y += line.h;
        line.h = row;
        for (int k = 0; k < count; k++, line.y += row)
            text_draw_in(ui->text, ui->canvas, TEXT_BODY, line, ALIGN_LEFT, ui->theme->text, lines[k]);
        int preset = find_preset(scene, TRIES[i].preset);
        Rect place = {column.x + column.w - button, y, button, ui_px(ui, CONTROL)};
        snprintf(name, sizeof name, "try-%s", TRIES[i].preset);
        if (preset >= 0 && ui_button(ui, name, place, ICON_PLAY, tr("Start"), BUTTON_PLAIN, NULL)) {
            late->preset = preset + scene->own;
            wish->close = true;
        }
        y = line.y + ui_px(ui, TRY_GAP);
    }
    return y - column.y;
}

/* ---- the sheet ---- */

static void take_keys(HelpState *help, float page, HelpWish *wish) {
    Ui *ui = &help->sheet.ui;
    float line = ui_px(ui, 40.0f);
    const struct {
        UiKeyCode code;
        float by;
    } scrolls[] = {{KEY_UP, -line},       {KEY_DOWN, line},  {KEY_PAGE_UP, -page},
                   {KEY_PAGE_DOWN, page}, {KEY_HOME, -1e6f}, {KEY_END, 1e6f}};
    for (size_t i = 0; i < sizeof scrolls / sizeof *scrolls; i++)
        while (ui_take_plain_key(ui, scrolls[i].code))
            help->scroll += scrolls[i].by;
    int tab = (int)help->tab;
    while (ui_take_plain_key(ui, KEY_LEFT))
        tab--;
    while (ui_take_plain_key(ui, KEY_RIGHT))
        tab++;
    tab = tab < 0 ? 0 : tab >= HELP_TABS ? HELP_TABS - 1 : tab;
    if (tab != (int)help->tab) {
        help->tab = (HelpTab)tab;
        help->scroll = 0.0f;
    }
    while (ui_take_key(ui, KEY_ESCAPE, NULL) || ui_take_key(ui, KEY_F1, NULL))
        wish->close = true;
    for (int i = 0; i < ui->input.key_count; i++)
        if (ui->input.keys[i].code == KEY_CHARACTER && ui->input.keys[i].character == '?')
            wish->close = true;
}

static void draw_head(HelpState *help, Rect sheet, HelpWish *wish) {
    const char *const tabs[HELP_TABS] = {tr("Keys"), tr("Words"), tr("Try")};
    Ui *ui = &help->sheet.ui;
    float pad = ui_px(ui, PAD), control = ui_px(ui, CONTROL), middle = ui_px(ui, HEAD) / 2;
    Rect title = {sheet.x + pad, sheet.y, ui_px(ui, 80.0f), ui_px(ui, HEAD)};
    text_draw_in(ui->text, ui->canvas, TEXT_TITLE, title, ALIGN_LEFT, ui->theme->text, tr("Help"));
    ui_announce(ui, "help-sheet", tr("Help. F1 or Escape closes it."));
    float width = fminf(ui_px(ui, 300.0f), sheet.w - title.w - 3 * pad - control);
    Rect segments = {sheet.x + (sheet.w - width) / 2, sheet.y + middle - control / 2, width, control};
    int tab = ui_segments(ui, "help-tab", segments, tabs, HELP_TABS, (int)help->tab, NULL);
    ui_say_name(ui, "help-tab", tr("Help"));
    if (tab != (int)help->tab) {
        help->tab = (HelpTab)tab;
        help->scroll = 0.0f;
    }
    Rect close = {sheet.x + sheet.w - pad - control + ui_px(ui, UNIT), segments.y, control, control};
    if (ui_button(ui, "help-close", close, ICON_CLOSE, "", BUTTON_PLAIN, tr("Close (Esc)")))
        wish->close = true;
}

static void draw_foot(Ui *ui, Rect sheet, HelpWish *wish) {
    float pad = ui_px(ui, PAD), line = fmaxf(1.0f, roundf(ui->scale)), foot = ui_px(ui, FOOT);
    Rect strip = {sheet.x + pad, sheet.y + sheet.h - foot, sheet.w - 2 * pad, foot};
    canvas_rect(ui->canvas, (Rect){strip.x, strip.y, strip.w, line}, ui->theme->line);
    Rect button = {strip.x, strip.y + (foot - ui_px(ui, CONTROL)) / 2, ui_px(ui, 128.0f), ui_px(ui, CONTROL)};
    if (ui_button(ui, "start-tour", button, ICON_NONE, tr("Start the tour"), BUTTON_PRIMARY, NULL))
        wish->tour = wish->close = true;
    float used = button.w + ui_px(ui, 1.5f * UNIT);
    Rect words = {strip.x + used, strip.y, strip.w - used, foot};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, ui->theme->text,
                 tr("Five steps on the post's run, by your own hand. Ctrl+Z leads back to yours."));
}

/* Above the foot: what is to be heard. */
static void draw_switches(HelpState *help, Rect sheet) {
    Ui *ui = &help->sheet.ui;
    float pad = ui_px(ui, PAD), gap = ui_px(ui, 4 * UNIT), width = (sheet.w - 2 * pad - gap) / 2;
    Rect place = {sheet.x + pad, sheet.y + sheet.h - ui_px(ui, FOOT + SWITCHES), width, ui_px(ui, SWITCHES)};
    float line = fmaxf(1.0f, roundf(ui->scale));
    canvas_rect(ui->canvas, (Rect){place.x, place.y, sheet.w - 2 * pad, line}, ui->theme->line);
    bool speaks = ui_switch(ui, "speak", place, tr("Speak what happens"), help->speaks,
                            tr("By speech-dispatcher: what has the focus, its value, and each epoch (--speak)"));
    place.x += width + gap;
    bool sounds = ui_switch(ui, "sound", place, tr("The losses as sound"), help->sounds,
                            tr("A note per epoch: its pitch falls with the loss; easy points left, hard ones right "
                               "(--sound)"));
    help->asked = help->asked || speaks != help->speaks || sounds != help->sounds;
    help->speaks = speaks;
    help->sounds = sounds;
}

static void draw_body(HelpState *help, Rect body, const HelpScene *scene, HelpWish *wish, Intents *late) {
    Ui *ui = &help->sheet.ui;
    float bar = ui_px(ui, 14.0f);
    /* the height is known when it has been drawn: what is kept is that of the last frame */
    static const char *const names[HELP_TABS] = {"help-keys", "help-words", "help-try"};
    help->scroll = ui_scroll_begin(ui, names[help->tab], body, help->height[help->tab], help->scroll);
    Rect column = {body.x, body.y - help->scroll, body.w - bar, body.h};
    float height = help->tab == HELP_KEYS    ? draw_keys(ui, column)
                   : help->tab == HELP_WORDS ? draw_words(ui, column)
                                             : draw_try(ui, column, scene, wish, late);
    ui_scroll_end(ui);
    if (height != help->height[help->tab])
        ui->wants_frame = true;
    help->height[help->tab] = height;
}

HelpWish help_draw(HelpState *help, Ui *under, const HelpScene *scene, Intents *late) {
    HelpWish wish = {0};
    bool outside;
    Rect sheet = sheet_place(under, WIDTH, HEIGHT);
    Ui *ui = sheet_begin(&help->sheet, under, sheet, &outside);
    float pad = ui_px(ui, PAD), head = ui_px(ui, HEAD);
    Rect body = {sheet.x + pad, sheet.y + head, sheet.w - 2 * pad + ui_px(ui, UNIT),
                 sheet.h - head - ui_px(ui, FOOT + SWITCHES)};
    take_keys(help, body.h * 0.9f, &wish);
    draw_head(help, sheet, &wish);
    draw_body(help, body, scene, &wish, late);
    draw_switches(help, sheet);
    draw_foot(ui, sheet, &wish);
    wish.close = wish.close || outside;
    sheet_end(&help->sheet, under, "help-sheet");
    under->wants_frame = under->wants_frame || wish.close;
    return wish;
}
