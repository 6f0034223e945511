/* The key: what colours, marks and lines of the plot mean, in a column beside the plot or, where there is no room for
 * one, behind a button over the plot's corner. At its head is what the colours show; below it each class with its mark
 * and its share of easy points, how a mark shows its weight in training, and the model's boundary and regions.
 *
 * A click on an entry, or Enter or Space when Tab has led there, leaves out of the picture what it names, or shows it
 * again; what is left out is pale and struck through. Widgets: "color-by", "legend-easy-K" for class K, "legend-easy",
 * "legend-hard", "legend-test", "legend-boundary", "legend-regions", and "key" (the button). Where the words do not fit
 * the height, rows move closer together; then the column scrolls. */
#ifndef EASYFIRST_VIEW_KEY_H
#define EASYFIRST_VIEW_KEY_H

#include "app/plot/plot.h"
#include "app/ui/ui.h"
#include "app/views/glossary.h"
#include "app/views/plot_hand.h"

#define KEY_COLUMN 158.0f /* its width, with 16 on each side: logical pixels */
#define KEY_ROWS (MAX_CLASSES + 20)

#define KEY_HELP 320 /* bytes of an entry's tooltip but for a long name */

typedef struct KeyState {  /* a zeroed one is valid */
    bool off;              /* the person does without the column: the button stands in its place */
    bool brief;            /* set by the owner: what is shown is named, and no more (the presentation) */
    bool open;             /* the button's card is open */
    Rect button;           /* of the last frame; empty: none */
    float scroll, height;  /* of the column: offset, and height of all rows; pixels */
    uint32_t hot, focused; /* the entry under the pointer, or focused by keyboard: its row + 1 */
    char help[KEY_ROWS][DATASET_NAME_BYTES + KEY_HELP];
    GlossaryCard cards[KEY_ROWS]; /* of some rows, in place of help */
    /* points of each class and the easy ones among them, as last counted */
    size_t points[MAX_CLASSES], easy[MAX_CLASSES];
    const float *counted_v;
    uint64_t counted_version, counted_data;
    uint32_t counted_epoch;
} KeyState;

/* The column under the hand, among the widgets; what is switched off goes into hand->hidden and hand->color. */
void key_touch(Ui *ui, Rect column, KeyState *state, PlotHand *hand, const Snapshot *snapshot);
/* The column's words and marks. After plot_draw. */
void key_draw(Ui *ui, Rect column, KeyState *state, const Plot *plot, PlotHand *hand, const Snapshot *snapshot);

/* Where there is only the button: Esc closes its card. Before all widgets. */
void key_escape(Ui *ui, KeyState *state);

/* Instead of both, the button at the upper left corner of the plotted area, and its card while it is open. After
 * plot_draw, with ui->on_top. */
void key_button(Ui *ui, Rect area, KeyState *state, const Plot *plot, PlotHand *hand, const Snapshot *snapshot);

#endif
