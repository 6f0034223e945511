#include "app/io/svg_writer.h"

#include "app/io/document_text.h"
#include "app/io/svg_writer_private.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const TEXT_AS_WORDS[] = {"text", "outlines", NULL};

/* ---- words and numbers ---- */

void svg_number(FILE *stream, double value) {
    int64_t hundredths = (int64_t)floor(value * 100 + 0.5);
    if (hundredths < 0)
        fputc('-', stream);
    uint64_t size = (uint64_t)(hundredths < 0 ? -hundredths : hundredths), rest = size % 100;
    fprintf(stream, "%" PRIu64, size / 100);
    if (rest > 0)
        fprintf(stream, rest % 10 ? ".%02" PRIu64 : ".%" PRIu64, rest % 10 ? rest : rest / 10);
}

size_t svg_character(FILE *stream, const char *utf8) {
    const char *as;
    size_t length, taken = document_character(utf8, &as, &length);
    const char *name = *utf8 == '&' ? "&amp;" : *utf8 == '<' ? "&lt;" : *utf8 == '>' ? "&gt;" : NULL;
    if (*utf8 == '"')
        name = "&quot;";
    if (name)
        fputs(name, stream);
    else
        fwrite(as, 1, length, stream);
    return taken;
}

void svg_words(FILE *stream, const char *utf8) {
    while (*utf8)
        utf8 += svg_character(stream, utf8);
}

void svg_color(FILE *stream, const char *name, Color color) {
    fprintf(stream, " %s=\"#%06x\"", name, (unsigned)(color & 0xffffff));
    if (color >> 24 < 255) {
        fprintf(stream, " %s-opacity=\"", name);
        svg_number(stream, (color >> 24) / 255.0);
        fputc('"', stream);
    }
}

void svg_base64(FILE *stream, const uint8_t *bytes, size_t size) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < size; i += 3) {
        size_t left = size - i;
        uint32_t three = (uint32_t)bytes[i] << 16 | (left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) |
                         (left > 2 ? (uint32_t)bytes[i + 2] : 0);
        char four[4] = {digits[three >> 18], digits[three >> 12 & 63], left > 1 ? digits[three >> 6 & 63] : '=',
                        left > 2 ? digits[three & 63] : '='};
        fwrite(four, 1, sizeof four, stream);
    }
}

/* ---- the page ---- */

static void put_length(FILE *stream, const char *name, double millimetres) {
    fprintf(stream, " %s=\"", name);
    svg_number(stream, millimetres);
    fputs("mm\"", stream);
}

static void put_element(FILE *stream, const char *name, const char *text) {
    fprintf(stream, "<%s>", name);
    svg_words(stream, text);
    fprintf(stream, "</%s>\n", name);
}

static void put_head(const SvgWriter *svg, const SvgPage *page) {
    FILE *stream = svg->file.stream;
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
          "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"",
          stream);
    put_length(stream, "width", page->millimetres);
    put_length(stream, "height", page->millimetres * page->height / page->width);
    fprintf(stream, " viewBox=\"0 0 %d %d\" xml:space=\"preserve\" role=\"img\">\n", page->width, page->height);
    put_element(stream, "title", page->title);
    put_element(stream, "desc", page->caption);
    fputs("<metadata xmlns:ef=\"urn:easyfirst\">\n", stream);
    put_element(stream, "ef:version", "easyfirst " EASYFIRST_VERSION);
    if (page->command)
        put_element(stream, "ef:command", page->command);
    if (svg->list->many)
        put_element(stream, "ef:points", "The points are too many for shapes: they are in the picture below them.");
    fputs("</metadata>\n", stream);
}

static SvgWriter *failed(SvgWriter *svg) {
    svg_abandon(svg);
    return NULL;
}

SvgWriter *svg_begin(const char *path, bool replace, const DrawList *list, const SvgPage *page, Status *status) {
    SvgWriter *svg = calloc(1, sizeof *svg);
    if (!svg || list->failed) {
        status_no_memory(status, "the figure");
        return failed(svg);
    }
    svg->list = list;
    svg->width = page->width;
    svg->height = page->height;
    svg->text_as = page->text_as;
    svg->faces = calloc(list->font_count + 1, sizeof *svg->faces);
    if (!svg->faces) {
        status_no_memory(status, "the figure");
        return failed(svg);
    }
    if (!file_begin(&svg->file, path, replace, status))
        return failed(svg);
    put_head(svg, page);
    if (!svg_fonts(svg, status))
        return failed(svg);
    svg_marks(svg);
    return svg;
}

/* ---- items ---- */

static bool same_box(Box a, Box b) {
    return a.x0 == b.x0 && a.y0 == b.y0 && a.x1 == b.x1 && a.y1 == b.y1;
}

/* Items that are cut at the same edges stand in a group. */
static void enter_clip(SvgWriter *svg, Box clip) {
    FILE *stream = svg->file.stream;
    bool all = same_box(clip, (Box){0, 0, svg->width, svg->height});
    if (svg->in_group && same_box(clip, svg->clip))
        return;
    if (svg->in_group)
        fputs("</g>\n", stream);
    svg->in_group = !all;
    svg->clip = clip;
    if (all)
        return;
    fprintf(stream,
            "<clipPath id=\"c%zu\"><rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/></clipPath>\n"
            "<g clip-path=\"url(#c%zu)\">\n",
            svg->clips, clip.x0, clip.y0, clip.x1 - clip.x0, clip.y1 - clip.y0, svg->clips);
    svg->clips++;
}

size_t svg_left(const SvgWriter *svg) {
    return svg->list->count - svg->next;
}

bool svg_piece(SvgWriter *svg, Status *status) {
    const DrawItem *item = &svg->list->items[svg->next];
    enter_clip(svg, item->clip);
    if (item->kind == DRAW_PICTURE)
        return svg_picture(svg, item, status);
    svg->next += item->kind == DRAW_TEXT ? 1 : svg_shape(svg, svg->next);
    return item->kind != DRAW_TEXT || svg_text(svg, item, status);
}

bool svg_commit(SvgWriter *svg, Status *status) {
    if (svg->in_group)
        fputs("</g>\n", svg->file.stream);
    fputs("</svg>\n", svg->file.stream);
    bool committed = file_commit(&svg->file, status);
    svg_abandon(svg); /* nothing is left of a file that has been committed */
    return committed;
}

void svg_abandon(SvgWriter *svg) {
    if (!svg)
        return;
    for (size_t i = 0; svg->faces && i < svg->list->font_count; i++)
        font_face_close(&svg->faces[i]);
    free(svg->faces);
    png_bytes_free(svg->png);
    file_abandon(&svg->file);
    free(svg);
}

bool svg_finish(SvgWriter *svg, Status *status) {
    while (svg_left(svg) > 0)
        if (!svg_piece(svg, status)) {
            svg_abandon(svg);
            return false;
        }
    return svg_commit(svg, status);
}
