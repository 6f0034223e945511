/* The side panel's section that saves: what, under which name, how large; its progress; the command line that
 * repeats the run. It asks before replacing a file but writes none: the caller carries out the intent. */
#ifndef EASYFIRST_VIEW_EXPORT_H
#define EASYFIRST_VIEW_EXPORT_H

#include "app/io/export_job.h"
#include "app/io/points_csv.h"
#include "app/ui/ui.h"

/* What the section is about. */
typedef struct ExportScene {
    const Settings *settings;
    const Settings *others[OTHER_RUNS]; /* of the runs beside it */
    int other_count;
    const char *points_path;           /* of the file that the points come from, or NULL */
    const PointsFormat *points_format; /* that it was read with, or NULL */
    Aspect aspect;                     /* of the plot */
    unsigned by_hand;                  /* BY_HAND_* (by_hand.h) */
    const char *record;                /* the log that is being written, or NULL */
    const char *session;               /* the session's file, if all that was done is saved there, or NULL */
    const History *history;            /* the epochs that moving pictures show, or NULL */
    const char *lesson;                /* the lesson's name, if the run is one's and nothing else was done, or NULL */
    const ExportJob *job;              /* under way, or NULL */
} ExportScene;

typedef enum { EXPORT_ASKS_NOTHING, EXPORT_BEGIN, EXPORT_CANCEL } ExportAsk;

typedef struct ExportIntent {
    ExportAsk ask;
    /* of EXPORT_BEGIN */
    ExportKind kind;
    const char *path; /* the state's; valid until the next call */
    bool replace;
    int width, height;  /* of kinds with a size */
    FigureKind figure;  /* of kinds with figures; else the plot */
    FrameChoice frames; /* of moving pictures */
} ExportIntent;

typedef struct ViewExportState {
    bool open;
    ExportKind kind;
    FigureKind figure;                             /* of kinds that have figures */
    char own_name[64];                             /* the figure's, unless another is typed; "": the kind's */
    char names[EXPORT_KINDS][UI_EDIT_MAX];         /* as typed last; "" is the kind's own */
    int width[EXPORT_KINDS], height[EXPORT_KINDS]; /* 0: the format's own */
    FrameChoice frames;                            /* of all moving pictures */
    const char *labels[EXPORT_KINDS];              /* the menus': Ui holds on to them */
    char of_figure[EXPORT_KINDS][96];              /* those of kinds that show another figure than the plot */
    const char *figures[FIGURE_KINDS];
    char size_help[160]; /* the size's tooltip, likewise */
    char *folder;        /* where names without one go, as shown; owned */
    char *preset_folder; /* and where presets go, or NULL: there, too; owned */
    char *path;          /* of the last Save; owned */
    bool asking;         /* whether to replace that */
    char *outcome;       /* how it ended, in a line; owned */
    bool failed;         /* it tells of a failure */
} ViewExportState;

/* A zeroed state is valid; the current folder is looked up when it is first shown. */
void view_export_free(ViewExportState *state);

/* The command line that repeats the run (repeat_command.h), malloc'd; NULL without memory. */
char *view_export_command(const ExportScene *scene);
/* The same for a file: names without their folders, which say nothing on another machine. */
char *view_export_command_for_file(const ExportScene *scene);

/* Draws at *y in the column and moves *y below it. */
ExportIntent view_export_widgets(Ui *ui, float x, float *y, float width, ViewExportState *state,
                                 const ExportScene *scene);

/* How the intent ended: a finished job, a failure with its message, or a cancelled job. */
void view_export_saved(ViewExportState *state, const ExportJob *job);
void view_export_failed(ViewExportState *state, const char *message);
void view_export_cancelled(ViewExportState *state);

/* "812 bytes", "253 kB", "1.6 MB". */
void format_bytes(size_t bytes, char text[32]);
/* "4 s", "2 min"; rounded up. */
void format_duration(double seconds, char text[32]);

#endif
