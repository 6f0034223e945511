/* What the command line says, and the options that are not settings, one row each. A further one that is a switch, a
 * path, a number or a size takes a field in Cli and a row in OPTIONS; reading, --help and the checks of what goes
 * together follow the row. */
#ifndef EASYFIRST_CLI_OPTIONS_H
#define EASYFIRST_CLI_OPTIONS_H

#include "core/config.h"
#include "app/experiment/snapshot.h"
#include "core/label_measures.h"
#include "app/io/frame_choice.h"

#include <stddef.h>

/* Limits that no other module states. */
#define WINDOW_SMALLEST_WIDTH 640 /* pixels, of --window-size; at most CANVAS_MAX_SIDE a side */
#define WINDOW_SMALLEST_HEIGHT 480
#define SWEEP_MAX_RUNS 10000000

/* What --bench measures. */
typedef enum { BENCH_OFF, BENCH_LABELS } Bench;

/* Whether what changes glides there. */
typedef enum { MOTION_AUTO, MOTION_FULL, MOTION_REDUCED } Motion;

typedef enum { CLI_RUN, CLI_HELP, CLI_VERSION, CLI_LIST_PRESETS } CliAction;

/* Strings point into argv. */
typedef struct Cli {
    CliAction action;
    Settings settings;          /* defaults, then the preset, then the options, in whatever order they were given */
    bool given[PROPERTY_COUNT]; /* set by an option */
    const char *preset_option;  /* --preset as given: a name or a file; NULL: not given */
    char preset[256];           /* name of the preset; "post" if none was given */
    const char *points;         /* POINTS.csv, or NULL */
    const char *columns;        /* of POINTS.csv (points_csv.h), or NULL */
    bool skip_bad;              /* leave out bad rows of POINTS.csv, or what is damaged of a log */
    const char *missing, *header, *encoding, *delimiter,
        *decimal;      /* of POINTS.csv, as points_csv.h has them, or NULL */
    int point_classes; /* likewise; 0: not given */
    bool headless, force;
    const char *compare[OTHER_RUNS]; /* how the curricula of the runs beside the first differ (other_run.h) */
    int compare_count;
    Settings others[OTHER_RUNS];     /* their settings */
    float scale;                     /* 0: not given */
    const char *language;            /* a language's code, "list", or NULL; chosen before all else (cli_language) */
    const char *theme;               /* a theme's name, THEME_AUTO, or NULL */
    const char *aspect;              /* one of ASPECT_WORDS, or NULL */
    int motion;                      /* Motion; */
    bool reduced_motion;             /* nothing glides, whatever that is */
    bool speak, sound;               /* what happens is said; the losses are heard */
    int window_width, window_height; /* 0: not given */
    int image_width, image_height;
    int figure;         /* FigureKind (figure.h): what the picture of the end shows */
    float figure_width; /* millimetres; 0: not given */
    int text_as;        /* TextAs */
    const char *gif, *mp4, *webm, *png, *svg, *pdf, *html, *points_out, *weights, *trace, *parameters,
        *model;             /* paths or NULL */
    FrameChoice frames;     /* of the first three */
    int suspects;           /* how many to print; 0: none */
    int suspects_by;        /* Measure: the first are its most suspect */
    int bench;              /* Bench */
    const char *scores;     /* "on", "off" or NULL: whether the points' table has all measures; with a bench the file of
                           another program's (bench_labels.h) */
    const char *widgets;    /* path or NULL */
    const char *live_trace; /* path or NULL */
    const char *record, *replay; /* paths of logs (run_log.h), or NULL; replay also of a session */
    const char *session;         /* FILE.easyfirst, which is in `replay` as well, or NULL */
    const char *lesson;          /* a lesson's name (lesson.h), "list", or NULL */
    const char *sweep;     /* the grid as written (sweep_grid.h), or NULL. `settings` then holds the rest, and is not
                             checked as a whole: each combination will be */
    size_t shard, shards;  /* part of the grid, 1 to shards; 0: not given */
    int threads;           /* of a sweep; 0: not given */
    bool resume;           /* go on with the rows of a sweep that are there */
    const char *summarize; /* the first table of a sweep's rows, or NULL; */
    char **tables;         /* the others: table_count words of argv, one after another */
    int table_count;
} Cli;

/* What an option takes, and the type of its field. */
typedef enum {
    OPTION_ACTION,    /* nothing; CliAction, set to `action` */
    OPTION_SWITCH,    /* nothing; bool */
    OPTION_TEXT,      /* any text; const char * */
    OPTION_PATH,      /* text that is not empty; const char * */
    OPTION_EACH,      /* any text, at most `most` times; const char *[], and int in `second`: how many */
    OPTION_OUTPUT,    /* the path of a file that is written, named by no other option; -: standard output, which is
                       * then /dev/stdout, and nothing else is printed there; const char * */
    OPTION_THEME,     /* a theme's name or THEME_AUTO; const char * */
    OPTION_ASPECT,    /* one of ASPECT_WORDS (camera.h); const char * */
    OPTION_COLUMNS,   /* columns as points_csv.h has them; const char * */
    OPTION_HEADER,    /* yes, no or the number of a line; const char * */
    OPTION_DELIMITER, /* a delimiter as points_format.h has it; const char * */
    OPTION_DECIMAL,   /* point or comma; const char * */
    OPTION_ENCODING,  /* an encoding's name, as iconv knows it; const char * */
    OPTION_CHOICE,    /* one of `choices`; int, its place */
    OPTION_WHOLE,     /* a whole number, `least` to `most`; int */
    OPTION_REAL,      /* a number, `least` to `most`; float */
    OPTION_SIZE,      /* WIDTHxHEIGHT, `smallest` to `largest`; int, and int in `second` */
    OPTION_PART,      /* I/N, 1/1 to N/N, N at most `most`; size_t, and size_t in `second` */
} OptionKind;

/* Where --help lists it. */
typedef enum { SECTION_PROGRAM, SECTION_WINDOW, SECTION_HEADLESS } Section;

/* What an option makes no sense without. */
enum {
    WITH_WINDOW = 1,    /* excludes --headless */
    WITH_HEADLESS = 2,  /* needs it */
    WITH_SWEEP = 4,     /* needs --sweep */
    WITH_ONE_RUN = 8,   /* excludes --sweep */
    WITH_FILE = 16,     /* needs POINTS.csv */
    WITH_SUSPECTS = 32, /* needs --suspects */
    WITH_OWN_RUN = 64,  /* excludes --replay and --lesson, which say what the run is */
    WITH_READING = 128, /* needs POINTS.csv or --replay */
    WITH_FIGURE = 256,  /* needs --svg or --pdf */
    WITH_PICTURE = 512, /* needs --png, --svg or --pdf */
    WITH_FRAMES = 1024, /* needs --gif, --mp4 or --webm */
};

typedef struct OptionSize {
    int width, height;
} OptionSize;

typedef struct Option {
    const char *name;
    const char *argument; /* as --help shows it; NULL: takes none */
    Section section;
    unsigned with; /* WITH_... */
    bool binary;   /* of OPTION_OUTPUT: nothing for a terminal */
    OptionKind kind;
    size_t field, second; /* offsets in Cli */
    double least, most;
    OptionSize smallest, largest;
    CliAction action;
    const char *const *choices; /* words, ended by NULL */
    const char *help;
    const char *standard; /* the default, as --help shows it, or NULL */
} Option;

#define OPTIONS_MAX 64

extern const Option OPTIONS[]; /* in the order of --help within a section, and of guessing what a misspelt one means */
extern const int OPTION_COUNT; /* at most OPTIONS_MAX */

/* Millimetres: --figure-width, or what it is without. */
double cli_figure_width(const Cli *cli);

#endif
