/* The SVG writer's parts: svg_writer.c goes through the list, svg_writer_shapes.c writes shapes and pictures,
 * svg_writer_text.c text and fonts. */
#ifndef EASYFIRST_SVG_WRITER_PRIVATE_H
#define EASYFIRST_SVG_WRITER_PRIVATE_H

#include "app/base/file_write.h"
#include "app/io/font_face.h"
#include "app/io/png_bytes.h"
#include "app/io/svg_writer.h"

struct SvgWriter {
    FileWrite file;
    const DrawList *list;
    int width, height;
    TextAs text_as;
    FontFace *faces; /* of each font of the list */
    size_t next;     /* item */
    Box clip;        /* of the group that is open, if one is */
    bool in_group;
    size_t clips;  /* how many were made */
    PngBytes *png; /* of the picture that is being packed */
};

/* In hundredths, without what ends in zeros: the same in every language. */
void svg_number(FILE *stream, double value);
/* With what XML does not allow as U+FFFD. The next character, whose bytes are returned, and all. */
size_t svg_character(FILE *stream, const char *utf8);
void svg_words(FILE *stream, const char *utf8);
/* name="#rrggbb", and name-opacity if it is not opaque. */
void svg_color(FILE *stream, const char *name, Color color);
void svg_base64(FILE *stream, const uint8_t *bytes, size_t size);

/* Marks, as <defs>. */
void svg_marks(SvgWriter *svg);
/* Writes the item and returns how many it was: lines that look alike are one path. */
size_t svg_shape(SvgWriter *svg, size_t index);
/* Packs a piece of it; with the last it is written, and the next item's turn. */
bool svg_picture(SvgWriter *svg, const DrawItem *item, Status *status);

/* Opens all faces and writes those that texts are set in, as <style>. */
bool svg_fonts(SvgWriter *svg, Status *status);
bool svg_text(SvgWriter *svg, const DrawItem *item, Status *status);

#endif
