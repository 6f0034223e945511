#include "app/io/font_face.h"

#include "app/base/library.h"
#include "app/base/memory_watch.h"

#include <dlfcn.h>
#include <errno.h>
#include <hb-subset.h>
#include <stdlib.h>
#include <string.h>

#define WHOLE_MOST (1u << 20) /* bytes of a face that is embedded as a whole */
#define FINENESS 1024.0       /* steps of a pixel in which letters are placed */

/* ---- opening ---- */

static void collect_codes(hb_set_t *codes, const DrawList *list, size_t font) {
    hb_buffer_t *buffer = hb_buffer_create();
    for (size_t i = 0; i < list->text_count; i++) {
        const DrawText *text = &list->texts[i];
        if (text->font != font)
            continue;
        hb_buffer_clear_contents(buffer);
        hb_buffer_add_utf8(buffer, list->bytes + text->start, (int)text->length, 0, (int)text->length);
        unsigned count;
        const hb_glyph_info_t *letters = hb_buffer_get_glyph_infos(buffer, &count);
        for (unsigned k = 0; k < count; k++)
            hb_set_add(codes, letters[k].codepoint);
    }
    hb_buffer_destroy(buffer);
}

bool font_face_open(FontFace *face, const DrawList *list, size_t font, Status *status) {
    const DrawFont *of = &list->fonts[font];
    int before = memory_watch();
    hb_blob_t *blob = hb_blob_create_from_file(of->file);
    *face = (FontFace){.face = hb_face_create(blob, (unsigned)of->index), .codes = hb_set_create()};
    bool read = hb_blob_get_length(blob) > 0 && hb_face_get_glyph_count(face->face) > 0;
    hb_blob_destroy(blob);
    collect_codes(face->codes, list, font);
    bool no_memory = memory_failed(before) || !hb_set_allocation_successful(face->codes);
    if (read && !no_memory)
        return true;
    font_face_close(face);
    if (no_memory)
        return status_no_memory(status, "the fonts");
    return status_fail(status, STATUS_FAILED, "cannot read the font %s", of->file);
}

void font_face_close(FontFace *face) {
    if (face->face)
        hb_face_destroy(face->face);
    if (face->codes)
        hb_set_destroy(face->codes);
    if (face->file)
        hb_blob_destroy(face->file);
    *face = (FontFace){0};
}

/* ---- embedding ---- */

/* clang-format off */
#define SUBSET(call) \
    call(hb_subset_input_create_or_fail) call(hb_subset_input_destroy) call(hb_subset_input_unicode_set) \
    call(hb_subset_input_set_flags) call(hb_subset_or_fail)
/* clang-format on */

/* The library's functions, by their own names. */
#define MEMBER(name) __typeof__(name) *name;
typedef struct Subset {
    SUBSET(MEMBER)
} Subset;
static Subset subset;

static bool load_subset(void) {
#define NAME(name) {#name, offsetof(Subset, name)},
    static const LibraryName NAMES[] = {SUBSET(NAME)};
    static bool tried, whole;
    if (tried)
        return whole;
    void *library = dlopen("libharfbuzz-subset.so.0", RTLD_NOW | RTLD_LOCAL);
    whole = library_look_up(library, NAMES, sizeof NAMES / sizeof *NAMES, &subset);
    tried = whole || errno != ENOMEM;
    return whole;
}

static hb_blob_t *letters_of(const FontFace *face) {
    hb_subset_input_t *input = memory_enough() && load_subset() ? subset.hb_subset_input_create_or_fail() : NULL;
    if (!input)
        return NULL;
    hb_set_t *codes = subset.hb_subset_input_unicode_set(input);
    hb_set_union(codes, face->codes);
    if (errno == ENOMEM || !hb_set_allocation_successful(codes)) { /* the library would crash */
        subset.hb_subset_input_destroy(input);
        return NULL;
    }
    subset.hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    hb_face_t *small = subset.hb_subset_or_fail(face->face, input);
    subset.hb_subset_input_destroy(input);
    if (!small)
        return NULL;
    hb_blob_t *blob = hb_face_reference_blob(small);
    hb_face_destroy(small);
    return blob;
}

static void embed(FontFace *face, const DrawFont *font) {
    face->file = letters_of(face);
    if (face->file || font->index != 0)
        return;
    hb_blob_t *blob = hb_face_reference_blob(face->face);
    unsigned size;
    const char *data = hb_blob_get_data(blob, &size);
    bool single = size > 4 && memcmp(data, "ttcf", 4) != 0; /* not one of a collection */
    if (single && size <= WHOLE_MOST)
        face->file = blob;
    else
        hb_blob_destroy(blob);
}

bool font_face_embed(FontFace *face, const DrawFont *font, Status *status) {
    int before = memory_watch();
    embed(face, font);
    return !memory_failed(before) || status_no_memory(status, "the fonts");
}

/* ---- outlines ---- */

/* A letter's outline in a figure: where its origin stands. */
typedef struct Placed {
    const OutlinePen *pen;
    double x, y;
} Placed;

static void put(const Placed *p, float x, float y, double to[2]) {
    to[0] = p->x + (double)x / FINENESS;
    to[1] = p->y - (double)y / FINENESS;
}

static void move_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user) {
    (void)funcs, (void)state, (void)user;
    const Placed *p = data;
    double to[2];
    put(p, x, y, to);
    p->pen->move(p->pen->user, to[0], to[1]);
}

static void line_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float x, float y, void *user) {
    (void)funcs, (void)state, (void)user;
    const Placed *p = data;
    double to[2];
    put(p, x, y, to);
    p->pen->line(p->pen->user, to[0], to[1]);
}

static void quadratic_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float cx, float cy, float x,
                         float y, void *user) {
    (void)funcs, (void)state, (void)user;
    const Placed *p = data;
    double control[2], to[2];
    put(p, cx, cy, control);
    put(p, x, y, to);
    p->pen->quadratic(p->pen->user, control, to);
}

static void cubic_to(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, float ax, float ay, float bx, float by,
                     float x, float y, void *user) {
    (void)funcs, (void)state, (void)user;
    const Placed *p = data;
    double first[2], second[2], to[2];
    put(p, ax, ay, first);
    put(p, bx, by, second);
    put(p, x, y, to);
    p->pen->cubic(p->pen->user, first, second, to);
}

static void close_path(hb_draw_funcs_t *funcs, void *data, hb_draw_state_t *state, void *user) {
    (void)funcs, (void)state, (void)user;
    const Placed *p = data;
    p->pen->close(p->pen->user);
}

static hb_draw_funcs_t *outline_funcs(void) {
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(funcs, move_to, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, line_to, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(funcs, quadratic_to, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(funcs, cubic_to, NULL, NULL);
    hb_draw_funcs_set_close_path_func(funcs, close_path, NULL, NULL);
    return funcs;
}

static hb_buffer_t *shaped(hb_font_t *font, const DrawText *text, const char *utf8) {
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, utf8, (int)text->length, 0, (int)text->length);
    hb_buffer_set_direction(buffer, text->right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(font, buffer, NULL, 0);
    return buffer;
}

static void draw_glyph(hb_font_t *font, hb_codepoint_t glyph, hb_draw_funcs_t *funcs, Placed *placed) {
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(font, glyph, funcs, placed);
#else
    hb_font_get_glyph_shape(font, glyph, funcs, placed);
#endif
}

static bool draw_outline(const FontFace *face, const DrawList *list, const DrawItem *item, const OutlinePen *pen) {
    const DrawText *text = &list->texts[item->index];
    hb_font_t *font = hb_font_create(face->face);
    int scale = (int)((double)text->size * FINENESS + 0.5);
    hb_font_set_scale(font, scale, scale);
    hb_buffer_t *buffer = shaped(font, text, list->bytes + text->start);
    hb_draw_funcs_t *funcs = outline_funcs();
    unsigned count;
    const hb_glyph_info_t *glyphs = hb_buffer_get_glyph_infos(buffer, NULL);
    const hb_glyph_position_t *places = hb_buffer_get_glyph_positions(buffer, &count);
    double width = 0;
    for (unsigned i = 0; i < count; i++)
        width += places[i].x_advance / FINENESS + (i + 1 < count ? (double)text->spacing : 0);
    double x = (double)item->x + (double)text->anchor * ((double)text->width - width), y = (double)item->y;
    for (unsigned i = 0; i < count; i++) {
        Placed placed = {pen, x + places[i].x_offset / FINENESS, y - places[i].y_offset / FINENESS};
        draw_glyph(font, glyphs[i].codepoint, funcs, &placed);
        x += places[i].x_advance / FINENESS + (double)text->spacing;
        y -= places[i].y_advance / FINENESS;
    }
    bool whole = hb_buffer_allocation_successful(buffer);
    hb_draw_funcs_destroy(funcs);
    hb_buffer_destroy(buffer);
    hb_font_destroy(font);
    return whole;
}

bool font_face_outline(const FontFace *face, const DrawList *list, const DrawItem *item, const OutlinePen *pen) {
    int before = memory_watch();
    bool whole = draw_outline(face, list, item, pen);
    return !memory_failed(before) && whole;
}
