/* The parts of the key (view_key.h): view_key.c is its two places, the column and the card behind a button, key_rows.c
 * what rows it has and where, key_count.c how many points are easy, key_rows_touch.c the rows under the hand,
 * key_rows_draw.c what they show. */
#ifndef EASYFIRST_VIEW_KEY_PRIVATE_H
#define EASYFIRST_VIEW_KEY_PRIVATE_H

#include "app/views/view_key.h"

#define KEY_CLASS_LINE 20.0f   /* height of a class's words, logical pixels */
#define KEY_CLASS_INDENT 24.0f /* where they begin in their row */

typedef enum { ROW_CAPTION, ROW_SELECT, ROW_RAMP, ROW_CLASS, ROW_SIGN, ROW_BOUNDARY, ROW_REGIONS } KeyRowKind;

typedef struct KeyRow {
    KeyRowKind kind;
    PlotEntryKind entry; /* of ROW_CLASS, ROW_SIGN and below */
    int class;           /* of ROW_CLASS */
    float y, h;          /* from the key's upper end, logical pixels */
    char text[DATASET_NAME_BYTES], right[32];
} KeyRow;

typedef struct KeyRows {
    KeyRow rows[KEY_ROWS];
    int count;
    float height; /* of all, logical pixels */
    float bar;    /* from a class's row to its bar */
} KeyRows;

/* What every part of the key needs. */
typedef struct Key {
    Ui *ui;
    Rect place;
    KeyState *state;
    const Plot *plot; /* NULL while nothing is drawn */
    PlotHand *hand;
    const Snapshot *s;
    KeyRows rows;
} Key;

/* ---- key_count.c ---- */

/* Brings state->points and state->easy up to date. */
void key_count_easy(KeyState *state, const Snapshot *snapshot);

/* ---- key_rows.c ---- */

/* The roomiest rows that fit the height (logical pixels), or else the closest, into key->rows. */
void key_rows_lay_out(Key *key, float height);

/* Pixels, in key->place, scrolled. */
Rect key_row_rect(const Key *key, const KeyRow *row);
/* Of a class's name, in its row's rect. */
Rect key_name_rect(const Key *key, const KeyRow *row, Rect rect);

/* The word for points that train: that of the curriculum's order. */
const char *key_word_in(const Snapshot *snapshot);
/* What stands over the marks' signs. */
const char *key_weight_caption(void);

/* ---- key_rows_touch.c ---- */

/* Whether what the row names is left out of the picture; the entry "v = 1" stands for the easy points of all classes. */
bool key_is_hidden(const PlotHidden *hidden, const KeyState *state, const KeyRow *row);

void key_rows_touch(Key *key);

/* ---- key_rows_draw.c ---- */

void key_rows_draw(const Key *key);

#endif
