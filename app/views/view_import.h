/* The import sheet: how a file of points is read, before it is opened.
 *
 *   Between columns v  Decimal sign v  Names v  Text v      |  How it will look
 *   Columns  [x Alkohol] [y Prolin] [label Rebsorte]        |  a small scatter
 *   the heads with a histogram each, and the first rows     |  the classes with their counts
 *   what is left out, and why                               |  scale of the plot, standardizing
 *   175 of 178 rows will be opened ...                         Cancel   Open
 *
 * What was found stands in menus, so that a wrong guess is one click. Of the slots x, y and label the lit one takes the
 * next head that is clicked, then the next one lights. By keyboard: Tab; on the heads Left and Right, Enter for the lit
 * slot, x, y and l for that one; elsewhere Enter opens; Esc cancels. Below 900 logical pixels of width there is one
 * column, which scrolls.
 *
 * It reads nothing: `again` asks the owner for another look (points_preview.h) with import_format. */
#ifndef EASYFIRST_VIEW_IMPORT_H
#define EASYFIRST_VIEW_IMPORT_H

#include "app/draw/marks.h"
#include "app/experiment/scale_advice.h"
#include "app/io/points_preview.h"
#include "app/plot/camera.h"
#include "app/views/sheet.h"

#define IMPORT_COLUMNS_BYTES 1024

typedef struct ImportState { /* by import_init */
    Sheet sheet;
    bool shown;
    double looking; /* the owner's: share of the file read for another look, 0 to 1; below 0: none is under way */
    /* the file */
    char *path; /* owned */
    size_t bytes;
    PointsPreview *look; /* owned */
    char problem[1024];  /* why another look has failed, or "" */
    /* what is told to the reader: the texts are those below, or the told format's own */
    PointsFormat format, told; /* told: as it was shown with; owned */
    char columns[IMPORT_COLUMNS_BYTES], delimiter[16], decimal[16], header[16], encoding[48];
    size_t at[3];
    int slot; /* the lit one */
    /* how it is to be opened */
    Aspect aspect;                      /* as the plot has it */
    bool fills, fills_told;             /* each axis has a scale of its own; by hand */
    bool standardize, standardize_told; /* likewise */
    bool standardize_before;            /* as the run's settings have it */
    bool standardize_suggested;
    char reason[SCALE_REASON_BYTES]; /* why */
    /* looks */
    float scroll, height; /* of one column, pixels */
    float across;         /* of the table, pixels */
    size_t head;          /* the marked one */
    bool head_moved;
    Rect heads;   /* as drawn last */
    float *width; /* of each column, logical pixels; NULL: to be measured; owned */
    char other_delimiter[8], other_header[32];
    const char *header_labels[10], *encoding_labels[16], *delimiter_labels[8], *decimal_labels[2];
    char header_words[10][32];
    const Theme *theme;
    float scale;
    MarkSprite sprite[MAX_CLASSES];
} ImportState;

bool import_init(ImportState *state, Status *status);
void import_free(ImportState *state); /* safe on a zeroed one */

typedef struct ImportScene {
    const char *path;           /* copied, like the format */
    size_t bytes;               /* of the file */
    const PointsFormat *format; /* that the look was made with */
    bool standardize;           /* as the run's settings have it; */
    Aspect aspect;              /* as the plot has it */
} ImportScene;

/* Shows it; takes the look over (malloc'd). On failure it is not shown, and the look is the caller's. */
bool import_show(ImportState *state, const ImportScene *scene, PointsPreview *look, Status *status);
/* Another look has come: taken over; NULL: it has failed with this message. */
void import_update(ImportState *state, PointsPreview *look, const char *message);
void import_hide(ImportState *state);

/* For the next look (with skip_bad) and, once `open` is wished for, for reading the points. Valid until the next
 * call. */
PointsFormat import_format(const ImportState *state);

void import_touch(ImportState *state, const UiInput *input);

typedef struct ImportWish {
    bool open, cancel, again;
} ImportWish;

/* Draws it on top of what `under` has drawn, after ui_end(under). */
ImportWish import_draw(ImportState *state, Ui *under);

#endif
