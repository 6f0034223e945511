#include "app/io/svg_writer_private.h"

#include <string.h>

/* ---- fonts ---- */

static bool is_embedded(const SvgWriter *svg, size_t font) {
    return svg->text_as == TEXT_AS_TEXT && svg->faces[font].file;
}

/* As a string of CSS. */
static void put_family(FILE *stream, const char *family) {
    fputc('\'', stream);
    while (*family) {
        if (*family == '\'' || *family == '\\')
            fprintf(stream, "\\%x ", (unsigned)*family++);
        else
            family += svg_character(stream, family);
    }
    fputc('\'', stream);
}

static void put_face(const SvgWriter *svg, size_t index) {
    FILE *stream = svg->file.stream;
    const DrawFont *font = &svg->list->fonts[index];
    unsigned size;
    const char *bytes = hb_blob_get_data(svg->faces[index].file, &size);
    bool cubic = size > 4 && memcmp(bytes, "OTTO", 4) == 0;
    fputs("@font-face{font-family:", stream);
    put_family(stream, font->family);
    fprintf(stream, ";font-weight:%d;src:url(data:font/%s;base64,", font->weight, cubic ? "otf" : "ttf");
    svg_base64(stream, (const uint8_t *)bytes, size);
    fputs(")}\n", stream);
}

bool svg_fonts(SvgWriter *svg, Status *status) {
    bool any = false;
    for (size_t i = 0; i < svg->list->font_count; i++) {
        if (!font_face_open(&svg->faces[i], svg->list, i, status))
            return false;
        if (svg->text_as == TEXT_AS_TEXT && !font_face_embed(&svg->faces[i], &svg->list->fonts[i], status))
            return false;
        if (!is_embedded(svg, i))
            continue;
        if (!any)
            fputs("<style>\n", svg->file.stream);
        any = true;
        put_face(svg, i);
    }
    if (any)
        fputs("</style>\n", svg->file.stream);
    return true;
}

/* ---- letters ---- */

static void put_text(const SvgWriter *svg, const DrawItem *item) {
    FILE *stream = svg->file.stream;
    const DrawText *text = &svg->list->texts[item->index];
    const DrawFont *font = &svg->list->fonts[text->font];
    float anchor = text->right_to_left ? 1 - text->anchor : text->anchor; /* its beginning is on the right */
    fputs("<text x=\"", stream);
    svg_number(stream, (double)(item->x + text->anchor * text->width));
    fputs("\" y=\"", stream);
    svg_number(stream, (double)item->y);
    fputs("\" font-family=\"", stream);
    put_family(stream, font->family);
    fprintf(stream, ",sans-serif\" font-weight=\"%d\" font-size=\"", font->weight);
    svg_number(stream, (double)text->size);
    fputc('"', stream);
    if (anchor > 0)
        fputs(anchor < 1 ? " text-anchor=\"middle\"" : " text-anchor=\"end\"", stream);
    if (text->right_to_left)
        fputs(" direction=\"rtl\" unicode-bidi=\"embed\"", stream);
    if (text->spacing > 0) {
        fputs(" letter-spacing=\"", stream);
        svg_number(stream, (double)text->spacing);
        fputc('"', stream);
    }
    svg_color(stream, "fill", item->color);
    fputc('>', stream);
    svg_words(stream, svg->list->bytes + text->start);
    fputs("</text>\n", stream);
}

static void put_place(void *user, double x, double y) {
    svg_number(user, x);
    fputc(y < 0 ? ' ' : ',', user);
    svg_number(user, y);
}

static void move_to(void *user, double x, double y) {
    fputc('M', user);
    put_place(user, x, y);
}

static void line_to(void *user, double x, double y) {
    fputc('L', user);
    put_place(user, x, y);
}

static void quadratic_to(void *user, const double control[2], const double to[2]) {
    fputc('Q', user);
    put_place(user, control[0], control[1]);
    fputc(' ', user);
    put_place(user, to[0], to[1]);
}

static void cubic_to(void *user, const double first[2], const double second[2], const double to[2]) {
    fputc('C', user);
    put_place(user, first[0], first[1]);
    fputc(' ', user);
    put_place(user, second[0], second[1]);
    fputc(' ', user);
    put_place(user, to[0], to[1]);
}

static void close_path(void *user) {
    fputc('z', user);
}

static bool put_outlines(const SvgWriter *svg, const DrawItem *item, Status *status) {
    FILE *stream = svg->file.stream;
    const DrawText *text = &svg->list->texts[item->index];
    const OutlinePen pen = {move_to, line_to, quadratic_to, cubic_to, close_path, stream};
    fputs("<path aria-label=\"", stream);
    svg_words(stream, svg->list->bytes + text->start);
    fputc('"', stream);
    svg_color(stream, "fill", item->color);
    fputs(" d=\"", stream);
    bool whole = font_face_outline(&svg->faces[text->font], svg->list, item, &pen);
    fputs("\"/>\n", stream);
    return whole || status_no_memory(status, "the figure");
}

bool svg_text(SvgWriter *svg, const DrawItem *item, Status *status) {
    if (!is_embedded(svg, svg->list->texts[item->index].font))
        return put_outlines(svg, item, status);
    put_text(svg, item);
    return true;
}
