/* What pdf_writer.c uses of cairo and FreeType, loaded when the first PDF is asked for: the program starts without
 * them. Names and numbers are those of cairo.h and cairo-pdf.h (1.16), whose ABI is stable. */
#ifndef EASYFIRST_PDF_CAIRO_H
#define EASYFIRST_PDF_CAIRO_H

#include "core/status.h"

#include <stdbool.h>

typedef struct cairo cairo_t;
typedef struct cairo_surface cairo_surface_t;
typedef struct cairo_pattern cairo_pattern_t;
typedef struct cairo_font_face cairo_font_face_t;
typedef struct cairo_font_options cairo_font_options_t;

typedef struct CairoGlyph {
    unsigned long index;
    double x, y;
} CairoGlyph;

typedef struct CairoCluster {
    int bytes, glyphs;
} CairoCluster;

typedef struct CairoKey {
    int unused;
} CairoKey;

enum { CAIRO_SUCCESS, CAIRO_NO_MEMORY, CAIRO_WRITE_ERROR = 11 };
enum { CAIRO_ROUND = 1 };                  /* line caps and joins */
enum { CAIRO_ARGB32, CAIRO_RGB24 };        /* formats */
enum { CAIRO_NEAREST = 3, CAIRO_PAD = 3 }; /* of patterns: filter, extend */
enum { CAIRO_HINT_NONE = 1, CAIRO_METRICS_OFF = 1 };
enum { CAIRO_BACKWARD = 1 }; /* of clusters */
enum { CAIRO_TITLE, CAIRO_AUTHOR, CAIRO_SUBJECT, CAIRO_KEYWORDS, CAIRO_CREATOR, CAIRO_CREATED };

typedef int (*CairoWrite)(void *closure, const unsigned char *bytes, unsigned length);

/* F(name, type of the result, arguments) of each function. */
#define CAIRO_FUNCTIONS(F)                                                                                             \
    F(pdf_surface_create_for_stream, cairo_surface_t *, (CairoWrite, void *, double, double))                          \
    F(pdf_surface_set_metadata, void, (cairo_surface_t *, int, const char *))                                          \
    F(create, cairo_t *, (cairo_surface_t *))                                                                          \
    F(destroy, void, (cairo_t *))                                                                                      \
    F(status, int, (cairo_t *))                                                                                        \
    F(save, void, (cairo_t *))                                                                                         \
    F(restore, void, (cairo_t *))                                                                                      \
    F(scale, void, (cairo_t *, double, double))                                                                        \
    F(translate, void, (cairo_t *, double, double))                                                                    \
    F(rectangle, void, (cairo_t *, double, double, double, double))                                                    \
    F(arc, void, (cairo_t *, double, double, double, double, double))                                                  \
    F(new_sub_path, void, (cairo_t *))                                                                                 \
    F(move_to, void, (cairo_t *, double, double))                                                                      \
    F(line_to, void, (cairo_t *, double, double))                                                                      \
    F(close_path, void, (cairo_t *))                                                                                   \
    F(clip, void, (cairo_t *))                                                                                         \
    F(fill, void, (cairo_t *))                                                                                         \
    F(stroke, void, (cairo_t *))                                                                                       \
    F(paint, void, (cairo_t *))                                                                                        \
    F(set_line_width, void, (cairo_t *, double))                                                                       \
    F(set_line_cap, void, (cairo_t *, int))                                                                            \
    F(set_line_join, void, (cairo_t *, int))                                                                           \
    F(set_source_rgba, void, (cairo_t *, double, double, double, double))                                              \
    F(set_source_surface, void, (cairo_t *, cairo_surface_t *, double, double))                                        \
    F(get_source, cairo_pattern_t *, (cairo_t *))                                                                      \
    F(pattern_set_filter, void, (cairo_pattern_t *, int))                                                              \
    F(pattern_set_extend, void, (cairo_pattern_t *, int))                                                              \
    F(set_font_face, void, (cairo_t *, cairo_font_face_t *))                                                           \
    F(set_font_size, void, (cairo_t *, double))                                                                        \
    F(font_options_create, cairo_font_options_t *, (void))                                                             \
    F(font_options_destroy, void, (cairo_font_options_t *))                                                            \
    F(font_options_set_hint_style, void, (cairo_font_options_t *, int))                                                \
    F(font_options_set_hint_metrics, void, (cairo_font_options_t *, int))                                              \
    F(set_font_options, void, (cairo_t *, const cairo_font_options_t *))                                               \
    F(show_text_glyphs, void, (cairo_t *, const char *, int, const CairoGlyph *, int, const CairoCluster *, int, int)) \
    F(glyph_path, void, (cairo_t *, const CairoGlyph *, int))                                                          \
    F(ft_font_face_create_for_ft_face, cairo_font_face_t *, (void *, int))                                             \
    F(font_face_destroy, void, (cairo_font_face_t *))                                                                  \
    F(font_face_set_user_data, int, (cairo_font_face_t *, const CairoKey *, void *, void (*)(void *)))                 \
    F(image_surface_create, cairo_surface_t *, (int, int, int))                                                        \
    F(image_surface_get_data, unsigned char *, (cairo_surface_t *))                                                    \
    F(image_surface_get_stride, int, (cairo_surface_t *))                                                              \
    F(surface_mark_dirty, void, (cairo_surface_t *))                                                                   \
    F(surface_finish, void, (cairo_surface_t *))                                                                       \
    F(surface_status, int, (cairo_surface_t *))                                                                        \
    F(surface_destroy, void, (cairo_surface_t *))

typedef struct Cairo {
#define CAIRO_MEMBER(name, type, arguments) type(*name) arguments;
    CAIRO_FUNCTIONS(CAIRO_MEMBER)
#undef CAIRO_MEMBER
} Cairo;

/* NULL, with a line that names the package, where the library is not installed. */
const Cairo *pdf_cairo(Status *status);

/* A face of a font file, for cairo_set_font_face; it keeps the file open until it is destroyed. NULL: it can't be
 * read. After pdf_cairo. */
cairo_font_face_t *pdf_cairo_face(const char *file, long index);

#endif
