/* What is drawn on a canvas, as shapes instead of pixels: for figures whose lines and letters stay lines and letters.
 * While canvas->record points to a DrawList, everything that draws on that canvas also appends what it draws, in that
 * order, in the canvas's coordinates; the pixels are drawn as ever, so that the canvas shows what the list should look
 * like. Without one a primitive costs one branch more.
 *
 * Code that writes a canvas's pixels by itself has to be recorded as a picture: canvas_pause, draw, canvas_resume,
 * canvas_picture of the place. Pictures have the canvas's resolution, so a figure for print is drawn on a canvas of
 * 300 pixels an inch.
 *
 * A list without memory is incomplete, and says so in `failed`. One thread at a time appends. */
#ifndef EASYFIRST_DRAW_LIST_H
#define EASYFIRST_DRAW_LIST_H

#include "app/draw/geometry.h"

#include <stddef.h>

typedef enum DrawKind {
    DRAW_RECT,    /* rect */
    DRAW_ROUNDED, /* rect, radius of its corners */
    DRAW_FRAME,   /* the same, but only a line of `width` inside its edge, which leaves a hole */
    DRAW_DISC,    /* x, y, radius */
    DRAW_RING,    /* x, y, radius to the middle of a line of `width` */
    DRAW_LINES,   /* a line of `width` with round ends and joins: points; a single point is a dot */
    DRAW_POLYGON, /* points, closed, non-zero winding */
    DRAW_MARK,    /* x, y; marks[index], which has the colours */
    DRAW_TEXT,    /* x, y: where its left end stands on the baseline; texts[index] */
    DRAW_PICTURE, /* rect, whole pixels; pictures[index] */
} DrawKind;

typedef struct DrawItem {
    DrawKind kind;
    Color color; /* not premultiplied; its alpha blends */
    Box clip;    /* nothing outside is drawn; whole pixels, within the canvas */
    Rect rect;
    float x, y, radius, width;
    size_t first, count; /* of lines and polygons: pairs in `points` */
    size_t index;
} DrawItem;

/* What a mark is made from (marks.h, mark_outline). */
typedef struct MarkLook {
    int shape;
    float radius, edge_width;
    Color fill, edge;
} MarkLook;

/* A face that texts are set in. */
typedef struct DrawFont {
    char *file, *family; /* owned */
    long index;          /* of the face in the file */
    int weight;          /* 400 or 500 */
    bool own;            /* Roboto, which comes with the program */
} DrawFont;

/* Letters of one font and direction, placed by their left end; a text of several has an item for each. */
typedef struct DrawText {
    size_t start, length; /* bytes of `bytes`: UTF-8, no control characters, followed by a 0 */
    size_t font;          /* of `fonts` */
    float size;           /* pixels of an em */
    float width;          /* pixels, as it was drawn */
    float spacing;        /* more room behind each letter but the last, pixels */
    float anchor; /* its end that stays if it gets another width: 0: the left one, 0.5: the middle, 1: the right */
    bool right_to_left;
} DrawText;

typedef struct DrawPicture {
    uint32_t *pixels; /* 0xAARRGGBB, not premultiplied; owned */
    int width, height;
} DrawPicture;

typedef struct DrawList {
    DrawItem *items;
    size_t count;
    float *points; /* x, y pairs */
    size_t point_count;
    MarkLook *marks;
    size_t mark_count;
    DrawText *texts;
    size_t text_count;
    char *bytes;
    size_t byte_count;
    DrawFont *fonts;
    size_t font_count;
    DrawPicture *pictures;
    size_t picture_count;
    bool failed; /* there was no memory: something is missing */
    bool many;   /* there were more points than are drawn as shapes: they are in a picture */
    size_t item_room, point_room, mark_room, text_room, byte_room, font_room, picture_room;
} DrawList;

/* A zeroed list is a valid empty one. */
void draw_list_free(DrawList *list);

/* ---- of the primitives ---- */

/* The item with this clip; none if that is empty. */
void draw_list_add(DrawList *list, Box clip, DrawItem item);
/* A line or a polygon of n points as x, y pairs; a line has a gap where there is no number. */
void draw_list_points(DrawList *list, Box clip, DrawItem item, const float *points, size_t n);
void draw_list_mark(DrawList *list, Box clip, const MarkLook *look, float x, float y);
/* A picture with its top left pixel at (x, y): width * height pixels to be filled in; NULL without memory. */
uint32_t *draw_list_picture(DrawList *list, Box clip, int x, int y, int width, int height);
/* One that holds these pixels, which are premultiplied. */
void draw_list_pixels(DrawList *list, Box clip, int x, int y, const uint32_t *pixels, int width, int height);
/* item: place and colour. Copies of the font's texts are kept; its family is what texts name. Of the text, bytes and
 * font are filled in. */
void draw_list_text(DrawList *list, Box clip, DrawItem item, const DrawFont *font, DrawText text, const char *utf8);

#endif
