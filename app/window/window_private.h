/* The window's own state, and what its files do for each other: window.c is the loop, window_state.c what is remembered
 * and said, window_files.c what is read and written, window_log.c the log, window_session.c what is saved and asked
 * about it, window_keep.c what is kept by itself, window_check.c the checkpoints of that, window_reopen.c how a session
 * is opened, window_wait.c points that are waited for, window_keys.c the keys, window_hearing.c speech and sound,
 * window_desktop.c what the desktop's settings ask for. */
#ifndef EASYFIRST_WINDOW_PRIVATE_H
#define EASYFIRST_WINDOW_PRIVATE_H

#include "app/experiment/age_path.h"
#include "app/experiment/checkpoint.h"
#include "app/experiment/experiment.h"
#include "app/experiment/tape.h"
#include "app/io/cli.h"
#include "app/io/export_job.h"
#include "app/io/log_file.h"
#include "app/io/picture_copy.h"
#include "app/io/points_loading.h"
#include "app/io/preset.h"
#include "app/io/session_file.h"
#include "app/io/session_pen.h"
#include "app/views/intents.h"
#include "app/window/debug_overlay.h"
#include "app/window/desktop.h"
#include "app/window/input.h"
#include "app/window/kept.h"
#include "app/window/portal.h"
#include "app/window/present.h"
#include "app/window/recent.h"
#include "app/window/remember.h"
#include "app/window/screen.h"
#include "app/window/sound.h"
#include "app/window/speech.h"
#include "app/window/voice.h"

#include <sys/stat.h>

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

/* What becomes of the window once what is unsaved has been seen to. */
typedef enum { THEN_STAY, THEN_QUIT, THEN_OPEN } Then;

/* What the question on the screen is about. */
typedef enum { ASKS_NOTHING, ASKS_LEAVE, ASKS_REPLACE, ASKS_CHANGED, ASKS_OPENING } Asks;

/* The session that is open. */
/* Seconds of training from which on a session is saved with a checkpoint, to be opened at once. */
#define LONG_RUN 1.0
/* What one that begins at a checkpoint counts for: the next one is due at once where it is kept. */
#define CHECKED_RUN 60.0

typedef struct OpenSession {
    char *path;           /* the file that it is saved in, whole; owned; NULL: none yet */
    struct stat stamp;    /* of it, as it was written or read */
    SessionSource source; /* of its points; empty where they are from no file */
    size_t saved;         /* run_log_deeds when it was saved, ... */
    size_t saved_steps;   /* ... and run_log_steps */
    size_t before;        /* steps that were unsaved already when it was opened */
    Asks asks;
    Then then;
    bool leaves;     /* then is asked for: to be seen to once what came before it is carried out */
    char *then_path; /* what is to be opened; owned */
    char *save_path; /* where it is to be saved if that may be replaced; owned */
    bool drop;       /* what is unsaved is given up, once what takes its place is there */
    double trained;  /* seconds that the training of it has taken, as a replay would about */
} OpenSession;

/* What the window keeps by itself while something is unsaved, and what others have left. */
typedef struct Keeping {
    SessionPen *pen;      /* NULL: nothing is kept */
    size_t log_put;       /* bytes of the log that it has */
    size_t deeds;         /* run_log_deeds then, ... */
    LogText view;         /* ... and the view */
    bool source_put;      /* and where the points are from */
    double checked;       /* session.trained at its last checkpoint */
    size_t check_bytes;   /* of that one, about */
    CheckpointCopy *copy; /* the next one, under way; owned; NULL: none is */
    uint64_t copied;      /* version of the experiment when it was begun */
    double at;            /* seconds, when to look next, ... */
    double progress;      /* ... and when to keep what has been trained and looked at since */
    bool failed;          /* that it cannot be made has been said */
    char *older;          /* the file that this one takes the place of, once all is on disk; owned; NULL: none */
    int older_lock;       /* descriptor, or -1 */
    KeptList left;        /* unsaved sessions of windows that are no more */
    KeptRow *rows;        /* the same for their sheet; owned */
    bool offers;          /* the newest in the line */
    char offer[256];
} Keeping;

/* What a person hears of the window. */
typedef struct Hearing {
    bool open;                   /* the first frame has been shown */
    bool speaks, sounds;         /* now, and ... */
    bool speak_kept, sound_kept; /* ... as the window's switches have been set, to be remembered */
    Speech *speech;              /* or NULL */
    Voice voice;
    Sound *sound;      /* or NULL */
    bool where, sweep; /* asked for by a key in this frame */
    uint32_t epoch;    /* that was heard last, ... */
    uint64_t run;      /* ... of this run, ... */
    size_t easy;       /* ... with so many easy points */
} Hearing;

typedef struct Reopening Reopening; /* window_reopen.c */

typedef struct Window {
    const Cli *cli;
    Experiment experiment;
    AgePath path; /* of its threshold */
    Preset *presets;
    const char *preset_folder; /* the program's */
    const char **titles;       /* of the presets; with points from a file, that file's name before them */
    size_t preset_count;
    int own_titles;             /* 1 if titles begin with the name of a file of points */
    char own_title[VIEW_TITLE]; /* as it is shown */
    uint32_t gesture;           /* of the commands that come now: grows with each press and key */
    double turned_at;           /* seconds, when the wheel was turned last */
    double acted_at;            /* seconds, when the hand last did something: a drag, a key, the wheel */
    float hand_x, hand_y;       /* where the pointer was then */
    char own_watch[256];        /* what to watch in the run of a preset file that was opened */

    Present present;
    Screen screen;
    UiInput input;
    InputDevices devices;
    DebugOverlay *debug; /* NULL without EASYFIRST_DEBUG; owned */

    bool quit, dirty, fullscreen;
    bool scaled;          /* the person has chosen a scale: */
    float zoom;           /* times the desktop's */
    float desktop_scale;  /* as last seen */
    Desktop *desktop;     /* its settings, or NULL: there are none */
    DesktopWishes wishes; /* of these */
    uint32_t desktop_version;
    const char *theme_choice;        /* a theme's name, or THEME_AUTO; */
    bool theme_chosen;               /* by the person, not told by an option: to be remembered */
    bool tour_waits;                 /* it is due, but a session that was left unsaved is offered first */
    char language[LANGUAGE_LONGEST]; /* as the person has chosen it; "": as the desktop */
    char notice[1024];               /* of the window itself: what was saved, what failed */
    double notice_until;
    Remembered remembered;  /* as it stands in the file */
    double remember_at;     /* seconds, when to look whether that has changed; 0: not soon */
    ExportJob *job;         /* a file that is being written, or NULL */
    PictureCopy copy;       /* a picture that is being put on the clipboard */
    Portal *portal;         /* the desktop's file chooser, asked for or open, or NULL */
    double portal_since;    /* seconds */
    bool portal_explained;  /* that it keeps a person waiting */
    Recent recent;          /* files opened last */
    PointsLoading *reading; /* a file of points that is being read, or NULL */
    double reading_since;   /* seconds */
    PointsLoading *summing; /* the points' file, read for its sum, or NULL; */
    bool sum_checks;        /* to see whether it has changed */
    Opening opening;
    Reading *readings; /* numbered from 1 in Source.reading; owned */
    int reading_count;
    uint32_t readings_used;
    char *failed_path;          /* the file of points that was to be opened last and could not be, or NULL; owned */
    char *points_path;          /* of the command line's file, whole, or NULL; owned */
    PointsFormat points_format; /* that it is read with */
    LogFile log;                /* what --record writes; its descriptor is -1 without */
    double log_at;              /* seconds, when it is written next */
    bool log_failed;            /* that there is no memory for it has been said */
    Recording recording;        /* what --replay plays, and */
    Tape tape;
    char lesson[64];   /* name of the one that was opened last, or "" */
    size_t lesson_own; /* run_log_own then */
    OpenSession session;
    Keeping keeping;
    Hearing hearing;
    Reopening *reopening; /* a session that is being opened, or NULL */
    FILE *live_trace;
    unsigned trace_columns; /* of its header */
    bool trace_failed;      /* it could not be written, and that has been said */
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

/* ---- the desktop's settings (window_desktop.c) ---- */

/* Theme and motion for the first picture, once SDL's window is there. */
void window_meet_desktop(Window *w);
/* Theme, motion and scale as they are changed. focused: the window has got the keyboard. */
void window_follow_desktop(Window *w, bool focused);
/* The canvas takes the window's size, and the scale of the screen that it is on. */
bool window_follow_size(Window *w, Status *status);
float window_desktop_scale(const Window *w); /* what it asks for now */
void window_step_theme(Window *w);           /* the toolbar's button */
/* Name of the theme that it asks for, or asked for when it was last heard; "": never. */
void window_desktop_theme(const Window *w, char name[16]);

/* ---- what is remembered and said, further ---- */

/* Whether nobody has had this window before (no state file, or one from a tour that was not finished) and the command
 * line asks for no run of its own: then the tour is shown. */
bool window_is_first_start(const Window *w);
/* Begins it if it waits and nothing is offered any longer. */
void window_begin_tour(Window *w);

/* SDL's window and the screen, without a run; still hidden. */
bool window_open_display(Window *w, Status *status);

/* ---- points that may be long in coming (window_wait.c) ---- */

bool window_may_wait(const char *path); /* the file of points, "-": standard input, is a pipe, a terminal, a device */
/* The command line's points; w->quit: it was closed meanwhile, and there are none. */
bool window_wait_points(Window *w, Dataset *points, Status *status);

/* The runs to choose from: the presets; a file of points goes before them. */
bool window_open_titles(Window *w, Status *status);
void window_set_titles(Window *w);       /* again, after `presets` has changed */
int window_first_title(const Window *w); /* index of the preset that the command line named, or -1 */
void window_follow_source(Window *w);    /* what is on screen about where the run's points come from */
/* What the run with points of one's own is called, as it is shown or as files have it. */
void window_own_title(const Window *w, bool shown, char title[VIEW_TITLE]);

/* ---- the language (window_language.c) ---- */

/* The one that is remembered, unless the command line names one; before all words. */
void window_begin_language(Window *w);
/* By code, "": as the desktop. All that is on show follows with the next frame; it is remembered. */
void window_choose_language(Window *w, const char *code);

/* ---- files (window_files.c) ---- */

bool window_open_live_trace(Window *w, Status *status);
/* Refuses, before a window is there, what --live-trace and --widgets would overwrite without --force. */
bool window_check_outputs(const Cli *cli, Status *status);
/* Whether a path that somebody has chosen is none that this program, in this window or another, goes on writing to. */
bool window_may_write(const Window *w, const char *path, Status *status);
/* --widgets: written whole and only when something has moved, so that a reader never sees half of it. */
void window_write_widgets(Window *w);
/* The plot as it is on show, as easyfirst-epoch-N.png in the current folder. */
void window_save_png(Window *w);
/* The same on the clipboard. */
void window_copy_picture(Window *w);
void window_save_suspects(Window *w); /* the list, as a table */
/* What the panel's section asked for, once the frame's picture is complete; then a slice of the file under way, and of
 * the picture that is copied. */
void window_take_export(Window *w, const Snapshot *snapshot);
void window_go_on_writing(Window *w);

/* ---- the log (window_log.c) ---- */

/* The log of the run that has just been begun, and what --record asks for. There is one from then on. */
bool window_open_log(Window *w, Status *status);
/* Another one takes its place; a file that is being recorded begins anew with it, or ends if something was done. */
void window_change_log(Window *w, RunLog *log);
/* Every few seconds what has been added goes to the file. */
void window_follow_log(Window *w);
/* All of it does; a failure is said on the terminal. */
void window_close_log(Window *w);
/* Begins the run that --replay names. */
bool window_open_replay(Window *w, Status *status);

/* ---- what is saved (window_session.c) ---- */

/* Whether something was done by hand that is in no file of the person's, and how many steps. */
bool window_is_unsaved(const Window *w);
size_t window_steps(const Window *w);
/* All is in a file now, but for so many steps. */
void window_mark_saved(Window *w, size_t before);
/* The points are from that file; it is taken over. */
void window_note_source(Window *w, SessionSource *source);
/* The same once a thread has read it for its sum; or (checks) whether it has changed is said. NULL: there is none. */
void window_sum_source(Window *w, const char *path, bool checks);
void window_go_on_summing(Window *w);
/* Whether the run has them still. */
bool window_has_source(const Window *w);
/* The name of the session, or of the run that it is of: as it is shown, or as files have it, in English. */
void window_name(const Window *w, bool shown, char name[VIEW_TITLE]);
/* The window's title: the name, with a mark where something is unsaved. */
void window_follow_title(Window *w);
/* The run as it is behind the log of *session, into that; the caller's to free. Without memory there is none. */
void window_take_checkpoint(const Window *w, Session *session);
/* What it shows, as a record. */
void window_put_view(const Window *w, LogText *text);
/* To its file or, as for window_save_as, to one that is asked for. */
void window_save(Window *w);
void window_save_as(Window *w);
/* A name has been chosen; sure: whether to replace what is there has been asked. */
void window_save_to(Window *w, const char *path, bool sure);
/* None has been. */
void window_save_nowhere(Window *w);
/* A proposal for one, absolute; malloc'd; NULL without memory. */
char *window_propose(const Window *w);
/* Does what comes then, unless something is unsaved: then it is asked first. path: for THEN_OPEN. */
void window_leave(Window *w, Then then, const char *path);
/* In a frame, once its commands are carried out: asks, or does it. */
void window_follow_leave(Window *w);
/* What the question on the screen has been answered. */
void window_follow_answer(Window *w);
void window_close_session(Window *w);

/* ---- what is kept by itself (window_keep.c) ---- */

/* Every second or so what has been done goes to the disk, by a thread of its own. */
void window_keep(Window *w);
/* All of it does, as the program ends while it is unsaved; what is saved or given up is taken away. */
bool window_keep_last(Window *w, Status *status);
/* Takes away what is kept of the run that was there. */
void window_keep_no_more(Window *w);
/* Looks for what others have left, and offers the newest. */
void window_find_kept(Window *w);
void window_show_kept(Window *w);
void window_use_kept(Window *w);      /* what is known of them, in the words of today */
void window_look_for_kept(Window *w); /* once more, as some may have come or gone */
/* The sheet's wish, and the line's. */
void window_follow_kept(Window *w);
void window_continue(Window *w, int item);
void window_offer_no_more(Window *w);
void window_close_keeping(Window *w);

/* ---- checkpoints of that (window_check.c) ---- */

/* Whether the next one is to be made, as soon as the hand rests. */
bool window_check_is_due(const Window *w);
/* Begins it then, behind the log as it is put; a little one is done at once. */
void window_check(Window *w);
/* Goes on with it, a few MB in a frame. */
void window_go_on_checking(Window *w);
/* Gives it up for this time where something is to be done with the run, so that all is done at once and in order. */
void window_check_gives_way(Window *w);
/* Whether one is under way: until it is done, the run stands still. */
bool window_is_checking(const Window *w);
void window_stop_checking(Window *w);

/* ---- a session that is opened (window_reopen.c) ---- */

/* Begins to play its log, while the run that is there stands still. */
void window_reopen(Window *w, const char *path);
/* Goes on with it; what there is of it is shown once it takes time. */
void window_go_on_reopening(Window *w);
void window_stop_reopening(Window *w);
/* The same with the command line's, before there is a picture. */
bool window_open_session(Window *w, Status *status);
void window_close_reopening(Window *w);
/* ---- lessons and notes (window_lesson.c) ---- */

/* Adds the lessons to the presets, before the user's own. */
bool window_list_lessons(Window *w, Status *status);
int window_lesson_title(const Window *w); /* index of the one that is being played among the presets, or -1 */
/* Name of the lesson that the run is, with nothing else done to it; NULL: none. */
const char *window_lesson(const Window *w);
/* It is that one now, whatever was done before. */
void window_note_lesson(Window *w, const char *name);
/* Opens the lesson with that index in place of the run that there is, which undo brings back, and plays to its first
 * note. */
void window_open_lesson(Window *w, int preset);
void window_play_lesson(Window *w); /* plays what has been begun to its first note */
/* The note before or after the epoch on show, or the sheet to write one. */
void window_notes(Window *w, NotesAsk ask, const Snapshot *snapshot);

/* ---- what is opened (window_open.c) ---- */

/* Asks the desktop for its file chooser, and where there is none for a path. Asked once more: for a path. saves: for a
 * name to save the session under. */
void window_ask_path(Window *w, bool saves);
/* What has become of the chooser. */
void window_follow_portal(Window *w);
/* What the File menu asks for. */
void window_file_intent(Window *w, const Intents *intents);
/* A file of points, which is read while the run goes on, a preset, or a session. */
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
/* How that of a session was: of all its runs with the points of the one on show. */
void window_note_format(Window *w, const PointsFormat *format);
void window_close_reading(Window *w);
/* Puts the file first among the recent ones. */
void window_note_recent(Window *w, const char *path);

/* ---- speech and sound (window_hearing.c) ---- */

/* As the command line or the state file asks; once the window is there. */
void window_open_hearing(Window *w);
/* Alt+S and Alt+L, whatever has the keys. Before the widgets. */
void window_take_hearing_keys(Window *w, UiInput *input);
/* After the frame's picture: what is new in it is said and played. */
void window_follow_hearing(Window *w, const Snapshot *snapshot);
/* What is wrong with speech. Also while nothing is drawn. */
void window_look_after_hearing(Window *w);
void window_close_hearing(Window *w);

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
