#include "app/io/svg_writer_private.h"

#include "app/draw/marks.h"

#include <math.h>
#include <stdlib.h>

static const int PIECE_PIXELS = 1 << 16; /* of a picture, packed at a time */

static void put_number(FILE *stream, const char *name, double value) {
    fprintf(stream, " %s=\"", name);
    svg_number(stream, value);
    fputc('"', stream);
}

static void put_pair(FILE *stream, char command, double x, double y) {
    fputc(command, stream);
    svg_number(stream, x);
    fputc(y < 0 ? ' ' : ',', stream);
    svg_number(stream, y);
}

/* ---- marks ---- */

static void put_outline(FILE *stream, const double *corners, size_t n, double radius) {
    if (n == 0) { /* a disc, as a path: an even-odd rule may go over two of them */
        put_pair(stream, 'M', -radius, 0);
        for (int half = 0; half < 2; half++) {
            put_pair(stream, 'a', radius, radius);
            fputs(" 0 1 1", stream);
            put_pair(stream, ' ', half ? -2 * radius : 2 * radius, 0);
        }
    }
    for (size_t i = 0; i < n; i++)
        put_pair(stream, i ? 'L' : 'M', corners[2 * i], corners[2 * i + 1]);
    fputc('z', stream);
}

/* The edge's colour lies under the fill, unless one of them lets show through what is below. */
static void put_mark(FILE *stream, const MarkLook *look, size_t index) {
    double outer[2 * MARK_CORNERS], inner[2 * MARK_CORNERS], radius, inner_radius;
    size_t n = mark_outline(look, false, outer, &radius);
    mark_outline(look, true, inner, &inner_radius);
    bool opaque = look->fill >> 24 == 255 && look->edge >> 24 == 255;
    fprintf(stream, "<g id=\"m%zu\"><path", index);
    svg_color(stream, "fill", look->edge);
    fputs(opaque ? " d=\"" : " fill-rule=\"evenodd\" d=\"", stream);
    put_outline(stream, outer, n, radius);
    if (!opaque)
        put_outline(stream, inner, n, inner_radius);
    fputs("\"/><path", stream);
    svg_color(stream, "fill", look->fill);
    fputs(" d=\"", stream);
    put_outline(stream, inner, n, inner_radius);
    fputs("\"/></g>\n", stream);
}

void svg_marks(SvgWriter *svg) {
    FILE *stream = svg->file.stream;
    if (svg->list->mark_count == 0)
        return;
    fputs("<defs>\n", stream);
    for (size_t i = 0; i < svg->list->mark_count; i++)
        put_mark(stream, &svg->list->marks[i], i);
    fputs("</defs>\n", stream);
}

/* ---- shapes ---- */

static void put_rect(FILE *stream, const DrawItem *item, double inset, double radius) {
    fputs("<rect", stream);
    put_number(stream, "x", (double)item->rect.x + inset);
    put_number(stream, "y", (double)item->rect.y + inset);
    put_number(stream, "width", (double)item->rect.w - 2 * inset);
    put_number(stream, "height", (double)item->rect.h - 2 * inset);
    if (radius > 0)
        put_number(stream, "rx", radius);
}

static void put_stroke(FILE *stream, const DrawItem *item) {
    fputs(" fill=\"none\"", stream);
    svg_color(stream, "stroke", item->color);
    put_number(stream, "stroke-width", (double)item->width);
}

static void put_frame(FILE *stream, const DrawItem *item) {
    double half = (double)item->width / 2, radius = (double)item->radius;
    put_rect(stream, item, half, radius - half);
    put_stroke(stream, item);
}

static void put_circle(FILE *stream, const DrawItem *item) {
    fputs("<circle", stream);
    put_number(stream, "cx", (double)item->x);
    put_number(stream, "cy", (double)item->y);
    put_number(stream, "r", (double)item->radius);
    if (item->kind == DRAW_RING)
        put_stroke(stream, item);
    else
        svg_color(stream, "fill", item->color);
}

static void put_points(FILE *stream, const DrawList *list, const DrawItem *item) {
    const float *points = list->points + 2 * item->first;
    for (size_t i = 0; i < item->count; i++)
        put_pair(stream, i ? 'L' : 'M', (double)points[2 * i], (double)points[2 * i + 1]);
    if (item->kind == DRAW_POLYGON || item->count == 1)
        fputc('z', stream);
}

static bool looks_like(const DrawItem *a, const DrawItem *b) {
    return a->kind == b->kind && a->color == b->color && a->width == b->width && a->clip.x0 == b->clip.x0 &&
           a->clip.y0 == b->clip.y0 && a->clip.x1 == b->clip.x1 && a->clip.y1 == b->clip.y1;
}

static size_t put_lines(FILE *stream, const DrawList *list, size_t index) {
    const DrawItem *item = &list->items[index];
    size_t count = 0;
    fputs("<path", stream);
    put_stroke(stream, item);
    fputs(" stroke-linecap=\"round\" stroke-linejoin=\"round\" d=\"", stream);
    for (; index + count < list->count && looks_like(item, &list->items[index + count]); count++)
        put_points(stream, list, &list->items[index + count]);
    fputc('"', stream);
    return count;
}

size_t svg_shape(SvgWriter *svg, size_t index) {
    FILE *stream = svg->file.stream;
    const DrawItem *item = &svg->list->items[index];
    size_t count = 1;
    switch (item->kind) {
    case DRAW_RECT:
    case DRAW_ROUNDED:
        put_rect(stream, item, 0, item->kind == DRAW_ROUNDED ? (double)item->radius : 0);
        svg_color(stream, "fill", item->color);
        break;
    case DRAW_FRAME:
        put_frame(stream, item);
        break;
    case DRAW_DISC:
    case DRAW_RING:
        put_circle(stream, item);
        break;
    case DRAW_LINES:
        count = put_lines(stream, svg->list, index);
        break;
    case DRAW_POLYGON:
        fputs("<path", stream);
        svg_color(stream, "fill", item->color);
        fputs(" d=\"", stream);
        put_points(stream, svg->list, item);
        fputc('"', stream);
        break;
    default: /* DRAW_MARK; the others are no shapes */
        fprintf(stream, "<use xlink:href=\"#m%zu\"", item->index);
        put_number(stream, "x", (double)item->x);
        put_number(stream, "y", (double)item->y);
    }
    fputs("/>\n", stream);
    return count;
}

static void put_picture(FILE *stream, const DrawItem *item, const PngBytes *png) {
    size_t size;
    const uint8_t *bytes = png_bytes_of(png, &size);
    fputs("<image", stream);
    put_number(stream, "x", (double)item->rect.x);
    put_number(stream, "y", (double)item->rect.y);
    put_number(stream, "width", (double)item->rect.w);
    put_number(stream, "height", (double)item->rect.h);
    fputs(" preserveAspectRatio=\"none\" xlink:href=\"data:image/png;base64,", stream);
    svg_base64(stream, bytes, size);
    fputs("\"/>\n", stream);
}

bool svg_picture(SvgWriter *svg, const DrawItem *item, Status *status) {
    const DrawPicture *picture = &svg->list->pictures[item->index];
    int left;
    if (!svg->png && !(svg->png = png_bytes_begin(picture->pixels, picture->width, picture->height, status)))
        return false;
    if (!png_bytes_rows(svg->png, 1 + PIECE_PIXELS / picture->width, &left, status))
        return false;
    if (left > 0)
        return true;
    put_picture(svg->file.stream, item, svg->png);
    png_bytes_free(svg->png);
    svg->png = NULL;
    svg->next++;
    return true;
}
