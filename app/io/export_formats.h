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
    EXPORT_SVG,
    EXPORT_PDF,
    EXPORT_PAGE,
    EXPORT_WINDOW,
    EXPORT_POINTS,
    EXPORT_TRACE,
    EXPORT_MODEL,
    EXPORT_PRESET,
    EXPORT_KINDS
} ExportKind;

typedef struct ExportJob ExportJob;

typedef struct ExportRequest {
    ExportKind kind;
    const char *path;
    bool replace; /* replace what exists instead of refusing to */
    const Snapshot *snapshot;
    double speed;      /* of a preset: epochs a second; 0: the default */
    FigureKind figure; /* of formats that have figures; else the plot */
    /* of a model, a page and figures: the command line that repeats the run, or NULL, and whether its points come from
     * a file */
    const char *command;
    bool own_points;
    /* of formats with a size */
    int width, height;  /* pixels; of figures millimetres */
    float scale;        /* of lines, marks and text; 0: what suits the size (picture_scale) */
    FrameChoice frames; /* of moving pictures */
    const Theme *theme;
    const char *font_folder;
    PlotOptions options; /* colours, what is hidden; rings if it is one moment. The rest is the picture's */
    const Camera *view;  /* NULL: all points */
    /* of the page */
    const char *page_folder; /* with the template */
    const char *points_path; /* of the file that the points come from, or NULL */
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

/* Which sizes a format can have. */
typedef struct ExportSize {
    int smallest, largest; /* a side; largest 0: the format has no size */
    int width, height;     /* unless others are given */
    const char *unit;      /* "pixels", "mm" */
} ExportSize;

#define EXPORT_PIXELS(most)                                                                                            \
    { PICTURE_SMALLEST, most, PICTURE_WIDTH, PICTURE_HEIGHT, N_("pixels") }

typedef struct ExportFormat {
    const char *label, *name, *ending; /* in the menu; the file's name unless another is given; with its dot */
    ExportSize size;                   /* of formats that have one; else zeros */
    bool moves;                        /* it has frames */
    unsigned keeps;                    /* KEEP_... */
    bool figures;                      /* it can show another figure than the plot */
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

/* A page refuses more points than this, and has so many of the epochs, evenly, as take no more bytes than that. */
#define PAGE_POINTS 100000
#define PAGE_EPOCH_BYTES ((size_t)12 << 20)

/* A frame for each epoch in the history, or those that are chosen; a PNG, an SVG and a PDF of the plot as on show,
 * or of another figure; the plot at twice the size with twice the marks and letters; a page with each epoch, to be
 * looked at in a browser; a PNG of the window's canvas; tables as --points and --trace write them, of what is on
 * show and of each epoch in the history; the first run's model as on show; the settings as a preset file. */
extern const ExportFormat gif_export, mp4_export, webm_export, plot_export, plot_2x_export, svg_export, pdf_export,
    page_export, window_export, points_export, trace_export, model_export, preset_export;

extern const ExportFormat *const EXPORTS[EXPORT_KINDS];

#endif
