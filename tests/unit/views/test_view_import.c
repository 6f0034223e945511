/* The import sheet by events: columns by mouse and by keyboard, what was found overruled, when it opens. */
#include "app/views/view_import.h"

#include "app/ui/ui_widget.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static ImportState sheet;
static ImportWish wish; /* of all frames since it was cleared */

static void draw(Ui *under) {
    ImportWish now = import_draw(&sheet, under);
    wish.open = wish.open || now.open;
    wish.cancel = wish.cancel || now.cancel;
    wish.again = wish.again || now.again;
}
#define SHEET_DRAW(under) draw(under)
#define SHEET_TOUCH(input) import_touch(&sheet, input)
#include "tests/support/sheet_scene.h"

#define SCRATCH_FILE "points.csv"
#include "tests/support/scratch.h"

static const char WINE[] = "Farbe;Alkohol;Prolin;Rebsorte\n"
                           "5,1;12,9;675;Barolo\n2,2;13,5;520;Barbera\n3,3;14,3;1547;Barolo\n4,4;12,7;;Barolo\n"
                           "1,5;n/a;714;Barbera\n6,6;11,9;886;Barbera\n";
static const char CERTAIN[] = "x,y,label\n-1,2,a\n1,-3,b\n0,1,a\n";

static PointsPreview *look_at(const PointsFormat *format) {
    PointsPreview *look = calloc(1, sizeof *look);
    assert_non_null(look);
    if (!points_preview(look, path, format, &scene.status))
        fail_msg("%s", scene.status.message);
    return look;
}

static void show_as(const char *text, PointsFormat format) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    fclose(file);
    ImportScene about = {.path = path, .bytes = strlen(text), .format = &format};
    PointsFormat skips = format;
    skips.skip_bad = true;
    assert_true(import_show(&sheet, &about, look_at(&skips), &scene.status));
    wish = (ImportWish){0};
    frame();
}

static void show(const char *text) {
    show_as(text, (PointsFormat){0});
}

/* As the window does it. */
static void look_again(void) {
    assert_true(wish.again);
    wish = (ImportWish){0};
    PointsFormat format = import_format(&sheet);
    import_update(&sheet, look_at(&format), NULL);
    frame();
}

static int setup(void **state) {
    return set_up(state) || scene_setup(1280, 720) || !import_init(&sheet, &scene.status);
}

static int teardown(void **state) {
    import_free(&sheet);
    scene_teardown();
    return tear_down(state);
}

static void assert_columns(const char *expected) {
    assert_non_null(import_format(&sheet).columns);
    assert_string_equal(import_format(&sheet).columns, expected);
}

/* The lit slot takes the next head, then the next lights. */
static void test_mouse(void **state) {
    (void)state;
    show(WINE);
    assert_int_equal(sheet.slot, 0);
    click("import-open"); /* nothing to open yet */
    press_code(KEY_ENTER);
    assert_false(wish.open);
    click("import-head-1");
    assert_int_equal(sheet.slot, 1);
    assert_false(wish.again);
    click("import-head-2");
    click("import-head-3");
    assert_columns("Alkohol,Prolin,Rebsorte");
    look_again();
    assert_int_equal(sheet.look->kept, 4);
    assert_int_equal(sheet.look->left_out, 2);
    assert_non_null(find("import-left-out"));
    assert_int_equal(sheet.slot, 0);
    click("import-head-2"); /* y's column for x: they change places */
    assert_columns("Prolin,Alkohol,Rebsorte");
    look_again();
    click("import-slot-y");
    assert_int_equal(sheet.slot, 1);
    click("import-head-0");
    assert_columns("Prolin,Farbe,Rebsorte");
    look_again();
    click("import-open");
    assert_true(wish.open);
}

static void tab_to(const char *name) {
    for (int i = 0; i < 30; i++) {
        if (sheet.sheet.ui.focus && sheet.sheet.ui.focus_visible) {
            for (int k = 0; k < sheet.sheet.ui.widget_count; k++)
                if (strcmp(sheet.sheet.ui.widgets[k].name, name) == 0 && sheet.sheet.ui.focus == (uint32_t)ui_id(name))
                    return;
        }
        press_code(KEY_TAB);
    }
    fail_msg("Tab does not come to %s", name);
}

static void press_letter(char letter) {
    press_key((UiKey){.code = KEY_CHARACTER, .character = (uint32_t)letter});
}

static void test_keyboard(void **state) {
    (void)state;
    show(WINE);
    tab_to("import-heads");
    press_code(KEY_RIGHT);
    press_code(KEY_ENTER); /* for the lit slot */
    assert_int_equal(sheet.at[0], 1);
    press_code(KEY_END);
    press_letter('l');
    press_code(KEY_LEFT);
    press_letter('y');
    assert_columns("Alkohol,Prolin,Rebsorte");
    look_again();
    assert_false(wish.open);
    tab_to("import-standardize");
    press_code(KEY_SPACE);
    assert_true(sheet.standardize_told);
    tab_to("import-open");
    press_code(KEY_ENTER);
    assert_true(wish.open);
    tab_to("import-cancel");
    show(CERTAIN); /* the next one begins without a focus: Enter opens */
    press_code(KEY_ENTER);
    assert_true(wish.open && !wish.cancel);
    press_code(KEY_ESCAPE);
    assert_true(wish.cancel);
}

static void choose(const char *menu, const char *item) {
    press_down(menu);
    let_go();
    frame();
    press_down(item);
    let_go();
    frame();
}

static void test_overruled(void **state) {
    (void)state;
    show(WINE);
    assert_int_equal(sheet.look->delimiter, ';');
    click("import-head-1");
    click("import-head-2");
    click("import-head-3");
    look_again();
    assert_int_equal(sheet.look->decimal, ',');
    choose("import-decimal", "import-decimal-0");
    assert_string_equal(import_format(&sheet).decimal, "point");
    look_again();
    assert_int_equal(sheet.look->kept, 0); /* 12,9 is no number then */
    press_code(KEY_ENTER);
    assert_false(wish.open);
    choose("import-encoding", "import-encoding-2");
    assert_string_equal(import_format(&sheet).encoding, "WINDOWS-1252");
    assert_columns("2,3,4"); /* the columns stay, whatever they are called now */
    look_again();
    assert_columns("Alkohol,Prolin,Rebsorte");
    choose("import-header", "import-header-0");
    assert_string_equal(import_format(&sheet).header, "no");
    look_again();
    choose("import-delimiter", "import-delimiter-0");
    assert_string_equal(import_format(&sheet).delimiter, "comma");
    assert_null(import_format(&sheet).columns);
    look_again();
    click("import-found");
    PointsFormat format = import_format(&sheet);
    assert_true(!format.delimiter && !format.decimal && !format.header && !format.encoding && !format.columns);
    look_again();
    assert_int_equal(sheet.look->columns, 4);
}

static void test_certain(void **state) {
    (void)state;
    show(CERTAIN);
    assert_null(import_format(&sheet).columns);
    press_code(KEY_ENTER);
    assert_true(wish.open);
    show(CERTAIN);
    sheet.looking = 0.5; /* another look is under way */
    frame();
    press_code(KEY_ENTER);
    click("import-open");
    assert_false(wish.open);
    sheet.looking = -1.0;
    import_update(&sheet, NULL, "the file is gone");
    frame();
    press_code(KEY_ENTER);
    assert_false(wish.open);
    click("import-close");
    assert_true(wish.cancel);
}

/* What suits units that differ, and a person's own choice instead. */
static void test_scale(void **state) {
    (void)state;
    show(CERTAIN);
    assert_false(sheet.fills || sheet.standardize);
    show("x,y,label\n1,20000,a\n2,30000,b\n3,90000,a\n4,50000,b\n");
    assert_true(sheet.fills && sheet.standardize_suggested && sheet.standardize);
    click("import-scale-0");
    click("import-standardize");
    assert_true(!sheet.fills && sheet.fills_told && !sheet.standardize && sheet.standardize_told);
    choose("import-decimal", "import-decimal-1");
    look_again();
    assert_true(!sheet.fills && !sheet.standardize);
}

/* What a command line has told, of which the menus have no item: it stands there as one more, and choosing that one
 * changes nothing. Any other item is another reading. */
static void test_told(void **state) {
    (void)state;
    static const struct {
        const char *text;
        PointsFormat format;
        const char *menu, *shown;
        int items;
    } CASES[] = {
        {"x:y:label\n1:2:a\n3:4:b\n", {.delimiter = ":"}, "import-delimiter", ":", 5},
        {"1\n2\n3\n4\n5\n6\n7\nx,y,label\n1,2,a\n3,4,b\n", {.header = "8"}, "import-header", "in line 8", 7},
        {CERTAIN, {.encoding = "ISO-8859-2"}, "import-encoding", "ISO-8859-2", 10},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        show_as(CASES[i].text, CASES[i].format);
        assert_int_equal(sheet.look->kept, i == 2 ? 3 : 2);
        const char *const *labels[] = {sheet.delimiter_labels, sheet.header_labels, sheet.encoding_labels};
        assert_string_equal(labels[i][CASES[i].items], CASES[i].shown);
        char item[40];
        snprintf(item, sizeof item, "%s-%d", CASES[i].menu, CASES[i].items);
        choose(CASES[i].menu, item);
        assert_false(wish.again);
        snprintf(item, sizeof item, "%s-1", CASES[i].menu);
        choose(CASES[i].menu, item);
        assert_true(wish.again);
    }
}

/* Pixels that differ from those of the sheet as it was. */
static size_t changed_in(const char *widget, const uint32_t *before) {
    const UiWidget *w = find(widget);
    size_t changed = 0;
    assert_non_null(w);
    for (int y = (int)w->rect.y; y < (int)(w->rect.y + w->rect.h); y++)
        for (int x = (int)w->rect.x; x < (int)(w->rect.x + w->rect.w); x++)
            changed += scene.canvas.pixels[y * scene.canvas.width + x] != before[y * scene.canvas.width + x];
    return changed;
}

/* Points of any size and place are drawn: in a line, at one place, far from 0, and more classes than there is room
 * for, or than there can be. */
static void test_any_points(void **state) {
    (void)state;
    static uint32_t empty[1280 * 720];
    show("x,y,label\n");
    memcpy(empty, scene.canvas.pixels, sizeof empty);
    static const char *const TEXTS[] = {
        "x,y,label\n1,5,a\n2,5,b\n3,5,a\n",
        "x,y,label\n7,5,a\n7,5,b\n7,5,a\n",
        "x,y,label\n0,0,a\n0,0,b\n",
        "x,y,label\n1700000000,5,a\n1700000001,6,b\n1700000002,7,a\n",
        "x,y,label\n1e-30,5,a\n2e-30,6,b\n3e-30,7,a\n",
    };
    for (size_t i = 0; i < sizeof TEXTS / sizeof *TEXTS; i++)
        for (int fills = 0; fills < 2; fills++) {
            show(TEXTS[i]);
            press_down(fills ? "import-scale-1" : "import-scale-0");
            let_go();
            assert_int_equal(sheet.fills, fills);
            assert_true(changed_in("import-scatter", empty) > 50);
        }
    char many[4000] = "x,y,label\n";
    for (int k = 0; k < 200; k++)
        snprintf(many + strlen(many), sizeof many - strlen(many), "%d,%d,k%d\n", k, k % 7, k);
    show(many);
    assert_true(sheet.look->problem[0]);
    assert_true(changed_in("import-scatter", empty) > 50);
    press_code(KEY_ENTER);
    assert_false(wish.open);
    char *end = strstr(many, "9,2,k9");
    *end = '\0'; /* nine */
    show(many);
    assert_int_equal(sheet.look->kinds, 9);
    press_code(KEY_ENTER);
    assert_true(wish.open);
}

/* Held down with Ctrl a letter is no slot; the button beside Open cancels; what another file's name stands before is
 * said as it is. */
static void test_other_keys(void **state) {
    (void)state;
    show(WINE);
    tab_to("import-heads");
    press_key((UiKey){.code = KEY_CHARACTER, .character = 'x', .ctrl = true});
    assert_true(sheet.at[0] == SIZE_MAX && !wish.again);
    press_code(KEY_LEFT); /* no further */
    press_code(KEY_HOME);
    press_letter('x');
    assert_int_equal(sheet.at[0], 0);
    import_update(&sheet, NULL, "/elsewhere.csv: it is gone");
    frame();
    assert_string_equal(sheet.problem, "/elsewhere.csv: it is gone");
    click("import-cancel");
    assert_true(wish.cancel && !wish.open);
}

/* Small windows: one column, which scrolls; wide tables: heads that do not fit are reached by keys and by the wheel. */
static void test_small(void **state) {
    (void)state;
    assert_true(canvas_resize(&scene.canvas, 640, 480, &scene.status));
    char table[2000];
    size_t used = 0;
    for (int row = 0; row < 4; row++)
        for (int k = 0; k < 12; k++)
            used += (size_t)snprintf(table + used, sizeof table - used, row ? "%d%c" : "column%d%c", k * row,
                                     k < 11 ? ',' : '\n');
    show(table);
    frame();
    const UiWidget *foot = find("import-open"), *body = find("import-table");
    assert_true(foot && body && foot->rect.y + foot->rect.h <= 480.0f);
    assert_null(find("import-head-11"));
    tab_to("import-heads");
    press_code(KEY_END);
    frame();
    assert_non_null(find("import-head-11"));
    point_at("import-heads");
    scene.input.wheel = 20.0f;
    frame();
    frame();
    assert_non_null(find("import-head-0"));
    const UiWidget *bar = find("import-across"); /* or by its bar */
    assert_non_null(bar);
    scene.input.mouse_x = bar->rect.x + bar->rect.w - 2.0f;
    scene.input.mouse_y = bar->rect.y + bar->rect.h / 2;
    scene.input.pressed = scene.input.down = true;
    frame();
    let_go();
    assert_non_null(find("import-head-11"));
    assert_null(find("import-head-0"));
    scene.input.mouse_y = 200.0f;
    tab_to("import-scale");
    frame();
    const UiWidget *scale = find("import-scale-0");
    assert_true(scale && scale->rect.y >= 0.0f && scale->rect.h > 20.0f); /* scrolled into view */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_mouse, setup, teardown),
        cmocka_unit_test_setup_teardown(test_keyboard, setup, teardown),
        cmocka_unit_test_setup_teardown(test_overruled, setup, teardown),
        cmocka_unit_test_setup_teardown(test_certain, setup, teardown),
        cmocka_unit_test_setup_teardown(test_scale, setup, teardown),
        cmocka_unit_test_setup_teardown(test_small, setup, teardown),
        cmocka_unit_test_setup_teardown(test_told, setup, teardown),
        cmocka_unit_test_setup_teardown(test_any_points, setup, teardown),
        cmocka_unit_test_setup_teardown(test_other_keys, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
