/* Colours of the two themes, and measures of the interface: logical pixels, times the scale when drawn. */
#ifndef EASYFIRST_THEME_H
#define EASYFIRST_THEME_H

#include "core/config.h"
#include "app/draw/canvas.h"

typedef struct Theme {
    const char *name; /* "light", "dark" */
    Color ground, card, line, text, muted, accent, on_accent, track, chip, chip_hover, chip_pressed, danger,
        focus_outer, focus_inner;
    Color third;                          /* of the third of runs that are compared, beside text and accent */
    Color warn, warn_strip, accent_strip; /* words that ask for something; strips that words stand on */
    Color boundary, frame;                /* decision boundary; the plot's frame and ticks */
    Color class_fill[MAX_CLASSES], class_edge[MAX_CLASSES];
    Color class_line[MAX_CLASSES], class_text[MAX_CLASSES]; /* a class's lines and bars, and words, on a card or chip */
    Color region[MAX_CLASSES];                              /* a class's region at full confidence */
    Color region_neutral;                                   /* at the boundary */
    Color hard_fill, hard_edge;
    float easy_size, hard_size; /* of the marks of easy and hard points: times a point's size */
    bool edge_outside;          /* an easy mark's edge goes round its fill instead of taking from it */
    Color ring;                 /* round the last few hard points */
    Color helps, hurts;         /* the clean points: a step on such a point */
    Color curve_easy, curve_accuracy, curve_loss, curve_threshold; /* timeline */
    /* the timeline's lines and words on a card; behind trained epochs; a run that was left */
    Color line_accuracy, line_loss, past, earlier;
} Theme;

/* Edge of a class's hard marks: grey, for the second class of a shape as light and with something of its colour. */
Color theme_hard_edge(const Theme *theme, int class);

extern const Theme THEME_LIGHT, THEME_DARK;
const Theme *theme_find(const char *name); /* NULL if there is none */
const Theme *theme_of(const char *name);   /* the light one if there is none, or name is NULL */

#define THEME_AUTO "auto"               /* whichever the desktop asks for */
bool theme_is_choice(const char *name); /* a theme's name, or that */

/* Limits of the scale, of windows and pictures. */
#define SCALE_MINIMUM 0.75f
#define SCALE_MAXIMUM 4.0f

#define UNIT 8.0f
#define CARD_RADIUS 8.0f
#define TOP_BAR 48.0f
#define SIDE_PANEL 320.0f
#define CONTROL 32.0f

#endif
