/* The window's own state, and what its files do for each other: window.c is the loop, window_state.c what is remembered
 * and said, window_files.c what is read and written, window_log.c the log, window_keys.c the keyboard. */
#ifndef EASYFIRST_WINDOW_PRIVATE_H
#define EASYFIRST_WINDOW_PRIVATE_H

#include "app/experiment/age_path.h"
#include "app/experiment/experiment.h"
#include "app/experiment/tape.h"
#include "app/io/cli.h"
#include "app/io/export_job.h"
#include "app/io/log_file.h"
#include "app/io/points_loading.h"
#include "app/io/preset.h"
#include "app/views/intents.h"
#include "app/window/debug_overlay.h"
#include "app/window/portal.h"
#include "app/window/present.h"
#include "app/window/recent.h"
#include "app/window/remember.h"
#include "app/window/screen.h"

/* A file and how it was read. */
typedef struct Reading {
    char *path; /* owned, like the format's texts */
    PointsFormat format;
    uint32_t used; /* the later, the larger */
} Reading;

/* What becomes of the file that is being read. */
typedef struct Opening {
    bool sheet;   /* the import sheet is shown in any case */
    size_t bytes; /* of the file */
    bool by_hand; /* it is opened by the sheet, with what follows */
    bool standardize, fills, fills_told;
} Opening;

typedef struct Window {
    const Cli *cli;
    Experiment experiment;
    AgePath path; /* of its threshold */
    Preset *presets;
    const char *preset_folder; /* the program's */
    const char **titles;       /* of the presets; with points from a file, that file's name before them */
    size_t preset_count;
    int own_titles; /* 1 if titles begin with the name of a file of points */
    char own_title[128];
    uint32_t gesture;     /* of the commands that come now: grows with each press and key */
    double turned_at;     /* seconds, when the wheel was turned last */
    double acted_at;      /* seconds, when the hand last did something: a drag, a key, the wheel */
    float hand_x, hand_y; /* where the pointer was then */
    char own_watch[256];  /* what to watch in the run of a preset file that was opened */

    Present present;
    Screen screen;
    UiInput input;
    DebugOverlay *debug; /* NULL without EASYFIRST_DEBUG; owned */

    bool quit, dirty, fullscreen;
    bool scaled;       /* the person has chosen a scale */
    char notice[1024]; /* of the window itself: what was saved, what failed */
    double notice_until;
    Remembered remembered;  /* as it stands in the file */
    double remember_at;     /* seconds, when to look whether that has changed; 0: not soon */
    ExportJob *job;         /* a file that is being written, or NULL */
    Portal *portal;         /* the desktop's file chooser, asked for or open, or NULL */
    double portal_since;    /* seconds */
    bool portal_explained;  /* that it keeps a person waiting */
    Recent recent;          /* files opened last */
    PointsLoading *reading; /* a file of points that is being read, or NULL */
    double reading_since;   /* seconds */
    Opening opening;
    Reading *readings; /* numbered from 1 in Source.reading; owned */
    int reading_count;
    uint32_t readings_used;
    char *failed_path;          /* the file of points that was to be opened last and could not be, or NULL; owned */
    char *points_path;          /* of the command line's file, whole, or NULL; owned */
    PointsFormat points_format; /* that it is read with */
    LogFile log;                /* what --record writes; its descriptor is -1 without */
    double log_at;              /* seconds, when it is written next */
    Recording recording;        /* what --replay plays, and */
    Tape tape;
    FILE *live_trace;
    unsigned trace_columns; /* of its header */
    char *widgets_text;     /* as last written */
    char *clipboard;        /* as last asked for; SDL's */
} Window;

/* ---- what is remembered and said (window_state.c) ---- */

/* A message in the line for some seconds. */
void window_say(Window *w, const char *text);
/* The same of a file that has been saved, with its whole path, which can be copied. */
void window_say_saved(Window *w, const char *path);

/* Writes size, theme and scale a second after the last change: not for every size of a drag, and so that it is on disk
 * even if the program is killed. window_remember does it now. */
void window_remember_soon(Window *w);
void window_remember(Window *w);
/* The same at the end, whatever ended the window; a failure is said on the terminal. */
void window_remember_last(Window *w);

void window_change_scale(Window *w, float wanted);

/* Whether nobody has had this window before (no state file, or one from a tour that was not finished) and the command
 * line asks for no run of its own: then the tour is shown. */
bool window_is_first_start(const Window *w);

/* The runs to choose from: the presets; a file of points goes before them. */
bool window_open_titles(Window *w, Status *status);
void window_set_titles(Window *w);       /* again, after `presets` has changed */
int window_first_title(const Window *w); /* index of the preset that the command line named, or -1 */
void window_follow_source(Window *w);    /* what is on screen about where the run's points come from */

/* ---- files (window_files.c) ---- */

bool window_open_live_trace(Window *w, Status *status);
/* --widgets: written whole and only when something has moved, so that a reader never sees half of it. */
void window_write_widgets(Window *w);
/* The plot as it is on show, as easyfirst-epoch-N.png in the current folder. */
void window_save_png(Window *w);
void window_save_suspects(Window *w); /* the list, as a table */
/* What the panel's section asked for, once the frame's picture is complete; then a slice of the file under way. */
void window_take_export(Window *w, const Snapshot *snapshot);
void window_go_on_writing(Window *w);

/* ---- the log (window_log.c) ---- */

/* Begins what --record asks for, with the run that has just been begun. */
bool window_open_log(Window *w, Status *status);
/* Every few seconds what has been added goes to the file. */
void window_follow_log(Window *w);
/* All of it does; a failure is said on the terminal. */
void window_close_log(Window *w);
/* Begins the run that --replay names. */
bool window_open_replay(Window *w, Status *status);

/* ---- lessons and notes (window_lesson.c) ---- */

/* Adds the lessons to the presets, before the user's own. */
bool window_list_lessons(Window *w, Status *status);
int window_lesson_title(const Window *w); /* index of the one that is being played among the presets, or -1 */
/* Opens the lesson with that index in place of the run that there is, which undo brings back, and plays to its first
 * note. */
void window_open_lesson(Window *w, int preset);
void window_play_lesson(Window *w); /* plays what has been begun to its first note */
/* The note before or after the epoch on show, or the sheet to write one. */
void window_notes(Window *w, NotesAsk ask, const Snapshot *snapshot);

/* ---- what is opened (window_open.c) ---- */

/* Asks the desktop for its file chooser, and where there is none for a path. Asked once more: for a path. */
void window_ask_open(Window *w);
/* What has become of the chooser. */
void window_follow_portal(Window *w);
/* What the File menu asks for. */
void window_file_intent(Window *w, const Intents *intents);
/* A file of points, which is read while the run goes on, or a preset. */
void window_open_path(Window *w, const char *path);
void window_go_on_reading(Window *w);
void window_stop_reading(Window *w);
/* What the import sheet asks for. */
void window_follow_import(Window *w);
/* How the points' file was read; NULL: they are from none. */
const PointsFormat *window_format(const Window *w);
bool window_has_columns(const Window *w); /* there is a file of points whose columns can be chosen */
/* How the command line's file was read. */
void window_note_first(Window *w);
void window_close_reading(Window *w);
/* Puts the file first among the recent ones. */
void window_note_recent(Window *w, const char *path);

/* ---- keys (window_keys.c) ---- */

/* Begins or ends the presentation. */
void window_present(Window *w, bool presenting);

/* Queues a command as part of the gesture under way. */
void window_push(Window *w, Command command);
void window_push_kind(Window *w, CommandKind kind);
/* Keys that no widget has taken. */
void window_shortcuts(Window *w, const UiInput *input, const Snapshot *snapshot, Intents *intents);
/* A press, a key (but not its repetition) and the wheel after a rest begin a new gesture. */
void window_follow_gesture(Window *w, const UiInput *input);
/* Whether a person is dragging, typing or turning the wheel: in this frame, or a moment ago. */
bool window_under_hand(Window *w, const UiInput *input);

#endif
