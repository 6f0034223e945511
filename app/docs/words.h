/* What the command line takes, for those who describe it: the man page and the completions of the shells. All of it
 * comes from the tables that the command line is read by (core/config.h, app/io/cli_options.h), in the order of --help,
 * and the texts are those of --help. */
#ifndef EASYFIRST_WORDS_H
#define EASYFIRST_WORDS_H

#include "app/io/cli.h"

#define WORDS_MAX (PROPERTY_COUNT + OPTIONS_MAX)

/* What stands behind an option. */
typedef enum {
    VALUE_NONE,
    VALUE_TEXT,    /* a number, or what else can't be listed */
    VALUE_CHOICE,  /* one of `choices` */
    VALUE_FILE,    /* a file with one of `endings`; with choices: one of them or a file */
    VALUE_PRESETS, /* the name of a preset, or a file with one of `endings` */
    VALUE_LESSONS, /* the name of a lesson, or one of `choices` */
} ValueKind;

/* One option; strings without a number stand in the tables. */
typedef struct Word {
    const char *name;     /* without -- */
    const char *argument; /* as --help shows it; NULL: takes none */
    int part;             /* of PARTS */
    ValueKind value;
    bool again;               /* may be given more than once */
    char choices[256];        /* separated by blanks; "" if there are none */
    const char *endings;      /* without dots, separated by blanks; NULL if there are none; "": any file */
    char text[CLI_HELP_TEXT]; /* with range and default */
    char brief[256];          /* its first sentence, without the full stop */
} Word;

/* The parts of --help: one for each group of settings, then those of the options. */
#define PART_COUNT ((int)GROUP_COUNT + (int)SECTION_HEADLESS + 1)
/* "Data", "Window", translated: of part 0 to PART_COUNT - 1. */
const char *words_part(int part);

#define POINTS_ENDINGS "csv tsv txt dat data tab gz arff"
#define PRESET_ENDING "ini"

/* Endings of the files that may stand on the command line without an option. */
#define OPERAND_ENDINGS POINTS_ENDINGS " " PRESET_ENDING " easyfirst"

/* Every option, by part; returns how many. */
int words_list(Word words[WORDS_MAX]);

#endif
