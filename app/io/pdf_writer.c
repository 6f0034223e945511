#include "app/io/pdf_writer.h"

#include "app/base/file_write.h"
#include "app/base/memory_watch.h"
#include "app/draw/marks.h"
#include "app/io/document_text.h"
#include "app/io/pdf_cairo.h"

#include <hb-ot.h>
#include <hb.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define POINTS_A_MM (72.0 / 25.4)
#define TURN (2.0 * 3.14159265358979323846)

typedef struct Face {
    cairo_font_face_t *cairo; /* NULL: not open */
    hb_font_t *shaping;       /* in units of the font's em */
    double units;
} Face;

typedef struct Pdf {
    const Cairo *c;
    cairo_t *cr;
    const DrawList *list;
    Face *faces; /* of list->fonts */
    bool outlines;
    bool failed; /* there was no memory */
} Pdf;

/* ---- faces ---- */

static bool face_open(Face *face, const DrawFont *font, Status *status) {
    int before = memory_watch();
    hb_blob_t *blob = hb_blob_create_from_file_or_fail(font->file);
    face->cairo = blob ? pdf_cairo_face(font->file, font->index) : NULL;
    if (face->cairo) {
        hb_face_t *of = hb_face_create(blob, (unsigned)font->index);
        face->units = hb_face_get_upem(of);
        face->shaping = hb_font_create(of); /* its scale is the em's units */
        hb_face_destroy(of);
    }
    hb_blob_destroy(blob);
    if (memory_failed(before))
        return status_no_memory(status, "the fonts");
    return face->cairo || status_fail(status, STATUS_FAILED, "cannot read the font %s", font->file);
}

static bool faces_open(Pdf *pdf, Status *status) {
    pdf->faces = calloc(pdf->list->font_count + 1, sizeof *pdf->faces);
    if (!pdf->faces)
        return status_no_memory(status, "the PDF");
    for (size_t i = 0; i < pdf->list->font_count; i++)
        if (!face_open(&pdf->faces[i], &pdf->list->fonts[i], status))
            return false;
    return true;
}

static void faces_close(Pdf *pdf) {
    for (size_t i = 0; pdf->faces && i < pdf->list->font_count; i++) {
        if (!pdf->faces[i].cairo)
            continue;
        hb_font_destroy(pdf->faces[i].shaping);
        pdf->c->font_face_destroy(pdf->faces[i].cairo);
    }
    free(pdf->faces);
}

/* ---- text ---- */

typedef struct Shaped {
    CairoGlyph *glyphs;
    CairoCluster *clusters;
    int glyph_count, cluster_count;
} Shaped;

/* Bytes and glyphs that belong together, in the text's order; glyphs go from left to right. */
static void put_clusters(Shaped *s, const hb_glyph_info_t *info, size_t length, bool right_to_left) {
    int n = s->glyph_count;
    for (int k = 0; k < n;) {
        int at = right_to_left ? n - 1 - k : k, glyphs = 1, step = right_to_left ? -1 : 1;
        unsigned first = info[at].cluster, end = (unsigned)length;
        for (; k + glyphs < n; glyphs++)
            if (info[at + step * glyphs].cluster != first) {
                end = info[at + step * glyphs].cluster;
                break;
            }
        s->clusters[s->cluster_count++] = (CairoCluster){(int)(end - first), glyphs};
        k += glyphs;
    }
}

/* Letters stand where their font's own measures have them, stretched to the width that was drawn: by less than a
 * hundredth, as letters on whole pixels differ from those. */
static bool shape(const Face *face, const DrawText *text, const char *utf8, const DrawItem *item, Shaped *s) {
    hb_buffer_t *buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, utf8, -1, 0, -1);
    hb_buffer_guess_segment_properties(buffer);
    hb_buffer_set_direction(buffer, text->right_to_left ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_shape(face->shaping, buffer, NULL, 0);
    unsigned count;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *at = hb_buffer_get_glyph_positions(buffer, &count);
    *s = (Shaped){.glyphs = calloc(count + 1, sizeof *s->glyphs), .clusters = calloc(count + 1, sizeof *s->clusters)};
    bool done = hb_buffer_allocation_successful(buffer) && s->glyphs && s->clusters;
    double natural = 0.0, size = (double)text->size / face->units, x = (double)item->x;
    for (unsigned i = 0; done && i < count; i++)
        natural += at[i].x_advance * size + (i + 1 < count ? (double)text->spacing : 0.0);
    double stretch = natural > 0.0 && text->width > 0.0f ? (double)text->width / natural : 1.0;
    for (unsigned i = 0; done && i < count; i++) {
        s->glyphs[s->glyph_count++] = (CairoGlyph){info[i].codepoint, x + at[i].x_offset * size * stretch,
                                                   (double)item->y - at[i].y_offset * size};
        x += (at[i].x_advance * size + (double)text->spacing) * stretch;
    }
    if (done)
        put_clusters(s, info, strlen(utf8), text->right_to_left);
    hb_buffer_destroy(buffer);
    return done;
}

static void draw_text(Pdf *pdf, const DrawItem *item) {
    const DrawText *text = &pdf->list->texts[item->index];
    const Face *face = &pdf->faces[text->font];
    char *utf8 = document_text(pdf->list->bytes + text->start);
    Shaped shaped = {0};
    if (utf8 && shape(face, text, utf8, item, &shaped)) {
        pdf->c->set_font_face(pdf->cr, face->cairo);
        pdf->c->set_font_size(pdf->cr, (double)text->size);
        if (pdf->outlines) {
            pdf->c->glyph_path(pdf->cr, shaped.glyphs, shaped.glyph_count);
            pdf->c->fill(pdf->cr);
        } else {
            pdf->c->show_text_glyphs(pdf->cr, utf8, (int)strlen(utf8), shaped.glyphs, shaped.glyph_count,
                                     shaped.clusters, shaped.cluster_count, text->right_to_left ? CAIRO_BACKWARD : 0);
        }
    } else {
        pdf->failed = true;
    }
    free(utf8);
    free(shaped.glyphs);
    free(shaped.clusters);
}

/* ---- shapes ---- */

static void use_color(const Pdf *pdf, Color color) {
    pdf->c->set_source_rgba(pdf->cr, (color >> 16 & 255) / 255.0, (color >> 8 & 255) / 255.0, (color & 255) / 255.0,
                            (color >> 24) / 255.0);
}

static void round_path(const Pdf *pdf, Rect rect, float radius, float inset) {
    double x0 = (double)(rect.x + inset), y0 = (double)(rect.y + inset);
    double x1 = (double)(rect.x + rect.w - inset), y1 = (double)(rect.y + rect.h - inset);
    double r = fmin((double)fmaxf(radius - inset, 0.0f), fmin(x1 - x0, y1 - y0) / 2.0);
    if (r <= 0.0) {
        pdf->c->rectangle(pdf->cr, x0, y0, x1 - x0, y1 - y0);
        return;
    }
    pdf->c->new_sub_path(pdf->cr);
    pdf->c->arc(pdf->cr, x1 - r, y0 + r, r, -TURN / 4.0, 0.0);
    pdf->c->arc(pdf->cr, x1 - r, y1 - r, r, 0.0, TURN / 4.0);
    pdf->c->arc(pdf->cr, x0 + r, y1 - r, r, TURN / 4.0, TURN / 2.0);
    pdf->c->arc(pdf->cr, x0 + r, y0 + r, r, TURN / 2.0, TURN * 0.75);
    pdf->c->close_path(pdf->cr);
}

static void circle_path(const Pdf *pdf, double x, double y, double radius) {
    pdf->c->new_sub_path(pdf->cr);
    pdf->c->arc(pdf->cr, x, y, radius, 0.0, TURN);
    pdf->c->close_path(pdf->cr);
}

static void draw_lines(const Pdf *pdf, const DrawItem *item) {
    const float *p = pdf->list->points + 2 * item->first;
    if (item->count == 1) {
        circle_path(pdf, (double)p[0], (double)p[1], (double)item->width / 2.0);
        pdf->c->fill(pdf->cr);
        return;
    }
    pdf->c->move_to(pdf->cr, (double)p[0], (double)p[1]);
    for (size_t i = 1; i < item->count; i++)
        pdf->c->line_to(pdf->cr, (double)p[2 * i], (double)p[2 * i + 1]);
    pdf->c->set_line_width(pdf->cr, (double)item->width);
    pdf->c->stroke(pdf->cr);
}

static void draw_polygon(const Pdf *pdf, const DrawItem *item) {
    const float *p = pdf->list->points + 2 * item->first;
    for (size_t i = 0; i < item->count; i++)
        (i == 0 ? pdf->c->move_to : pdf->c->line_to)(pdf->cr, (double)p[2 * i], (double)p[2 * i + 1]);
    pdf->c->close_path(pdf->cr);
    pdf->c->fill(pdf->cr);
}

static void mark_path(const Pdf *pdf, const DrawItem *item, const MarkLook *look, bool fill) {
    double corners[2 * MARK_CORNERS], radius, x = (double)item->x, y = (double)item->y;
    size_t n = mark_outline(look, fill, corners, &radius);
    if (n == 0 && radius > 0.0)
        circle_path(pdf, x, y, radius);
    for (size_t i = 0; i < n; i++)
        (i == 0 ? pdf->c->move_to : pdf->c->line_to)(pdf->cr, x + corners[2 * i], y + corners[2 * i + 1]);
    if (n > 0)
        pdf->c->close_path(pdf->cr);
}

static void draw_mark(const Pdf *pdf, const DrawItem *item) {
    const MarkLook *look = &pdf->list->marks[item->index];
    if (look->edge_width != 0.0f) {
        use_color(pdf, look->edge);
        mark_path(pdf, item, look, false);
        pdf->c->fill(pdf->cr);
    }
    use_color(pdf, look->fill);
    mark_path(pdf, item, look, true);
    pdf->c->fill(pdf->cr);
}

static uint32_t premultiplied(uint32_t pixel) {
    uint32_t alpha = pixel >> 24, out = alpha << 24;
    for (int shift = 0; shift < 24; shift += 8)
        out |= ((pixel >> shift & 255) * alpha + 127) / 255 << shift;
    return out;
}

static void draw_picture(Pdf *pdf, const DrawItem *item) {
    const DrawPicture *picture = &pdf->list->pictures[item->index];
    bool opaque = true;
    for (size_t i = 0; i < (size_t)picture->width * (size_t)picture->height && opaque; i++)
        opaque = picture->pixels[i] >> 24 == 255;
    cairo_surface_t *surface =
        pdf->c->image_surface_create(opaque ? CAIRO_RGB24 : CAIRO_ARGB32, picture->width, picture->height);
    unsigned char *data = pdf->c->image_surface_get_data(surface);
    size_t stride = data ? (size_t)pdf->c->image_surface_get_stride(surface) : 0;
    pdf->failed = pdf->failed || !data;
    for (int y = 0; data && y < picture->height; y++)
        for (int x = 0; x < picture->width; x++) {
            uint32_t pixel = premultiplied(picture->pixels[(size_t)y * (size_t)picture->width + (size_t)x]);
            memcpy(data + (size_t)y * stride + (size_t)x * sizeof pixel, &pixel, sizeof pixel);
        }
    pdf->c->surface_mark_dirty(surface);
    pdf->c->set_source_surface(pdf->cr, surface, (double)item->rect.x, (double)item->rect.y);
    pdf->c->pattern_set_filter(pdf->c->get_source(pdf->cr), CAIRO_NEAREST);
    pdf->c->paint(pdf->cr);
    pdf->c->surface_destroy(surface);
}

static void draw_item(Pdf *pdf, const DrawItem *item) {
    const Cairo *c = pdf->c;
    use_color(pdf, item->color);
    switch (item->kind) {
    case DRAW_RECT:
        round_path(pdf, item->rect, 0.0f, 0.0f);
        c->fill(pdf->cr);
        break;
    case DRAW_ROUNDED:
        round_path(pdf, item->rect, item->radius, 0.0f);
        c->fill(pdf->cr);
        break;
    case DRAW_FRAME:
        round_path(pdf, item->rect, item->radius, item->width / 2);
        c->set_line_width(pdf->cr, (double)item->width);
        c->stroke(pdf->cr);
        break;
    case DRAW_DISC:
        circle_path(pdf, (double)item->x, (double)item->y, (double)item->radius);
        c->fill(pdf->cr);
        break;
    case DRAW_RING:
        circle_path(pdf, (double)item->x, (double)item->y, (double)item->radius);
        c->set_line_width(pdf->cr, (double)item->width);
        c->stroke(pdf->cr);
        break;
    case DRAW_LINES:
        draw_lines(pdf, item);
        break;
    case DRAW_POLYGON:
        draw_polygon(pdf, item);
        break;
    case DRAW_MARK:
        draw_mark(pdf, item);
        break;
    case DRAW_TEXT:
        draw_text(pdf, item);
        break;
    case DRAW_PICTURE:
        draw_picture(pdf, item);
        break;
    }
}

/* ---- the page ---- */

static bool same_box(Box a, Box b) {
    return a.x0 == b.x0 && a.y0 == b.y0 && a.x1 == b.x1 && a.y1 == b.y1;
}

/* Items with the same clip, one behind the other, share it. */
static void draw_all(Pdf *pdf, Box whole) {
    Box clip = whole;
    for (size_t i = 0; i < pdf->list->count; i++) {
        const DrawItem *item = &pdf->list->items[i];
        if (!same_box(item->clip, clip)) {
            if (!same_box(clip, whole))
                pdf->c->restore(pdf->cr);
            clip = item->clip;
            if (!same_box(clip, whole)) {
                pdf->c->save(pdf->cr);
                pdf->c->rectangle(pdf->cr, clip.x0, clip.y0, clip.x1 - clip.x0, clip.y1 - clip.y0);
                pdf->c->clip(pdf->cr);
            }
        }
        int before = memory_watch();
        draw_item(pdf, item);
        pdf->failed = memory_failed(before) || pdf->failed;
    }
    if (!same_box(clip, whole))
        pdf->c->restore(pdf->cr);
}

static int write_bytes(void *stream, const unsigned char *bytes, unsigned length) {
    return fwrite(bytes, 1, length, stream) == length ? CAIRO_SUCCESS : CAIRO_WRITE_ERROR;
}

static void describe_as(Pdf *pdf, cairo_surface_t *surface, int what, const char *utf8) {
    char *text = document_text(utf8);
    pdf->failed = pdf->failed || !text;
    if (text)
        pdf->c->pdf_surface_set_metadata(surface, what, text);
    free(text);
}

/* No author, and a date that is always the same. */
static void describe(Pdf *pdf, cairo_surface_t *surface, const PdfPage *page) {
    describe_as(pdf, surface, CAIRO_TITLE, page->title);
    describe_as(pdf, surface, CAIRO_SUBJECT, page->caption);
    if (page->command)
        describe_as(pdf, surface, CAIRO_KEYWORDS, page->command);
    describe_as(pdf, surface, CAIRO_CREATOR, "easyfirst " EASYFIRST_VERSION);
    describe_as(pdf, surface, CAIRO_CREATED, "2000-01-01T00:00:00Z");
}

static void begin_page(Pdf *pdf, double points_a_pixel) {
    const Cairo *c = pdf->c;
    cairo_font_options_t *options = c->font_options_create();
    c->font_options_set_hint_style(options, CAIRO_HINT_NONE);
    c->font_options_set_hint_metrics(options, CAIRO_METRICS_OFF);
    c->set_font_options(pdf->cr, options);
    c->font_options_destroy(options);
    c->scale(pdf->cr, points_a_pixel, points_a_pixel);
    c->set_line_cap(pdf->cr, CAIRO_ROUND);
    c->set_line_join(pdf->cr, CAIRO_ROUND);
}

/* Into a stream; false: it can't be written, or (pdf->failed) there is no memory. */
static bool write_page(Pdf *pdf, const PdfPage *page, FILE *stream) {
    const Cairo *c = pdf->c;
    int before = memory_watch();
    double scale = POINTS_A_MM * page->millimetres / page->width;
    cairo_surface_t *surface =
        c->pdf_surface_create_for_stream(write_bytes, stream, page->width * scale, page->height * scale);
    describe(pdf, surface, page);
    pdf->cr = c->create(surface);
    begin_page(pdf, scale);
    draw_all(pdf, (Box){0, 0, page->width, page->height});
    int drawn = c->status(pdf->cr);
    c->destroy(pdf->cr);
    c->surface_finish(surface);
    int finished = c->surface_status(surface);
    pdf->failed = memory_failed(before) || pdf->failed || drawn == CAIRO_NO_MEMORY || finished == CAIRO_NO_MEMORY;
    c->surface_destroy(surface);
    return drawn == CAIRO_SUCCESS && finished == CAIRO_SUCCESS;
}

bool pdf_load(Status *status) {
    return pdf_cairo(status) != NULL;
}

bool pdf_write(FILE *stream, const char *path, const DrawList *list, const PdfPage *page, Status *status) {
    Pdf pdf = {.c = pdf_cairo(status), .list = list, .outlines = page->outlines};
    if (!pdf.c)
        return false;
    if (!memory_enough())
        return status_no_memory(status, "the PDF");
    bool opened = faces_open(&pdf, status), done = opened && write_page(&pdf, page, stream);
    faces_close(&pdf);
    if (!opened)
        return false;
    if (pdf.failed || list->failed)
        return status_no_memory(status, "the PDF");
    return done || ferror(stream) || status_fail(status, STATUS_FAILED, "%s: cairo cannot write this PDF", path);
}

bool pdf_save(const char *path, bool replace, const DrawList *list, const PdfPage *page, Status *status) {
    FileWrite file;
    if (!pdf_load(status) || !file_begin(&file, path, replace, status))
        return false;
    if (pdf_write(file.stream, path, list, page, status))
        return file_commit(&file, status);
    file_abandon(&file);
    return false;
}
