/* What can be saved from the window (export_job.h). A new format is a file of its own that defines an ExportFormat
 * (export_private.h has what its functions work with), an ExportKind here and a line in EXPORTS. */
#ifndef EASYFIRST_EXPORT_FORMATS_H
#define EASYFIRST_EXPORT_FORMATS_H

#include "app/io/frame_choice.h"
#include "app/plot/picture.h"

typedef enum {
    EXPORT_GIF,
    EXPORT_MP4,
    EXPORT_WEBM,
    EXPORT_PLOT,
    EXPORT_PLOT_2X,
    EXPORT_WINDOW,
    EXPORT_POINTS,
    EXPORT_TRACE,
    EXPORT_PRESET,
    EXPORT_KINDS
} ExportKind;

typedef struct ExportJob ExportJob;

typedef struct ExportRequest {
    ExportKind kind;
    const char *path;
    bool replace; /* replace what exists instead of refusing to */
    const Snapshot *snapshot;
    double speed; /* of a preset: epochs a second; 0: the default */
    /* of formats with a size */
    int width, height;
    float scale;        /* of lines, marks and text; 0: what suits the size (picture_scale) */
    FrameChoice frames; /* of moving pictures */
    const Theme *theme;
    const char *font_folder;
    PlotOptions options; /* colours, what is hidden; rings if it is one moment. The rest is the picture's */
    const Camera *view;  /* NULL: all points */
    /* of the window's picture */
    const Canvas *canvas;
} ExportRequest;

/* What a job copies of the run. */
enum {
    KEEP_SETTINGS = 1, /* settings, model without parameters */
    KEEP_POINTS = 2,   /* points, test points, epochs of admission */
    KEEP_STATE = 4,    /* parameters, losses and v as on show */
    KEEP_RECORDS = 8,  /* the history's figures; without an epoch in it the job is refused */
    KEEP_MODELS = 16,  /* and its parameters and easy points */
    KEEP_OTHERS = 32,  /* the same of the runs beside it, if there are any */
};

typedef struct ExportFormat {
    const char *label, *name, *ending; /* in the menu; the file's name unless another is given; with its dot */
    int largest;                       /* pixels a side of formats that have a size, from PICTURE_SMALLEST; else 0 */
    int width, height;                 /* the size unless another is asked for; 0: PICTURE_WIDTH, PICTURE_HEIGHT */
    bool moves;                        /* it has frames */
    unsigned keeps;                    /* KEEP_... */
    bool one_a_slice;                  /* a slice ends with each step, however much time is left */
    /* Opens the file and says in job->total how many steps there are. */
    bool (*begin)(ExportJob *job, const ExportRequest *request, Status *status);
    /* Does a step, or a piece of one, and counts in job->done. */
    bool (*step)(ExportJob *job, Status *status);
    /* Puts the file in its place. */
    bool (*commit)(ExportJob *job, Status *status);
    /* Frees what begin has made, whatever came of it; a file that is not committed is removed. */
    void (*free)(ExportJob *job);
} ExportFormat;

/* A frame for each epoch in the history, or those that are chosen; a PNG of the plot as on show, the same at twice the
 * size with twice the marks and letters, of the window's canvas; tables as --points and
 * --trace write them, of what is on show and of each epoch in the history; the settings as a preset file. */
extern const ExportFormat gif_export, mp4_export, webm_export, plot_export, plot_2x_export, window_export,
    points_export, trace_export, preset_export;

extern const ExportFormat *const EXPORTS[EXPORT_KINDS];

#endif
