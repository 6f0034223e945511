/* A deed: what changes a run, as a line of the log has it (run_log.h describes the lines). DEED_FORMS has a row for
 * each kind of command, of edit, and of the log's own lines; a new one is a row there. */
#ifndef EASYFIRST_DEED_H
#define EASYFIRST_DEED_H

#include "app/experiment/commands.h"
#include "app/experiment/log_text.h"
#include "app/experiment/snapshot.h"
#include "core/status.h"

/* Command and edit kinds come first, then: */
enum {
    DEED_EDITS = COMMAND_KINDS,          /* + an EditKind */
    DEED_OPEN = DEED_EDITS + EDIT_KINDS, /* points, path, settings: a run with points of a file */
    DEED_STANDS,                         /* run, place, behind: where a run beside the first is at the deed below */
    DEED_CHECK,                          /* state */
    DEED_END,                            /* state: the log is complete */
    DEED_KINDS
};

/* Where a run is: so many epochs are completed, and so many batches of the one under way are trained. */
typedef struct RunPlace {
    uint64_t epoch, batch;
} RunPlace;

typedef struct Deed {
    int kind;
    bool goes_on;     /* with the deed before it, in the same gesture: only `further` and a field are its own */
    uint64_t further; /* batches trained between the two */
    RunPlace at;      /* of the first run; unless goes_on */
    Command command;  /* but for settings; of an edit its gesture */
    const char
        *settings;  /* "name=value name=value", up to a 0; NULL: none. In the line that was read, or in `written` */
    PointEdit edit; /* its arrays are those below */
    RunPlace place;
    bool behind;
    uint64_t points; /* the block of points, from 1 */
    char *path;      /* of the points' file, or NULL; owned, like the rest */
    uint32_t state;
    bool stateless; /* state is not known */
    float *x, *y;
    uint32_t *samples;
    uint8_t *labels;
    LogText written;
} Deed;

void deed_free(Deed *deed); /* leaves it zeroed, which is valid */

/* What follows the name in a line, in this order. */
typedef enum {
    FIELD_END,
    FIELD_REAL,     /* double */
    FIELD_SWITCH,   /* bool, on or off */
    FIELD_INDEX,    /* size_t */
    FIELD_FLOAT,    /* float */
    FIELD_EPOCH,    /* int64_t; as people count, from 1 */
    FIELD_LABEL,    /* uint8_t */
    FIELD_CLASS,    /* int: a class + 1, 0: none; the class, or nothing */
    FIELD_COUNT,    /* int */
    FIELD_STEPS,    /* int, which may be below 0 */
    FIELD_LABELS,   /* PointEdit.labels, as many as there are samples: 0 1 1 */
    FIELD_RUN,      /* int: letter of a run */
    FIELD_PLACE,    /* RunPlace */
    FIELD_BEHIND,   /* bool: the word behind, or nothing */
    FIELD_SETTINGS, /* const char *: name=value for each that differs from what deed_base says, or nothing */
    FIELD_SAMPLES,  /* PointEdit.samples: 3 5-9 12 */
    FIELD_PLACES,   /* PointEdit.x, y: 0.5,-1 2,3; many: packed 5000 and both as base64 (log_packed.h) */
    FIELD_BLOCK,    /* uint64_t */
    FIELD_PATH,     /* char *: up to the end of the line, or nothing */
    FIELD_NOTE,     /* char[NOTE_BYTES + 1]: up to the end of the line, or nothing */
    FIELD_STATE,    /* uint32_t, or nothing: it holds for all kernels */
} FieldKind;

#define DEED_FIELDS 3

/* Which settings a line can have, and what they are told as differences from. */
typedef enum {
    SETTINGS_NONE,
    SETTINGS_OF_RUN, /* all; those in force. Of a run beside the first: the curriculum */
    SETTINGS_NEW,    /* all; the defaults */
    SETTINGS_BESIDE, /* the curriculum; the first run's */
} SettingsKind;

typedef struct DeedForm {
    const char *name; /* NULL: leaves no line, as it changes no run or only decides when training goes on */
    struct {
        FieldKind kind;
        size_t offset;    /* in Deed */
        const char *word; /* that stands before it, or NULL */
    } fields[DEED_FIELDS];
    SettingsKind settings;
    bool of_run;     /* command.run follows unless it is 0: "run B" */
    bool of_gesture; /* command.gesture follows unless it is 0: "gesture 7" */
    int goes_on;     /* which field, from 1, the lines of a gesture have that go on with the line before; 0: there are
                      * none */
    bool drags;      /* the last deed of a gesture between two batches is the only one that counts */
    bool known;      /* the kind has a row at all */
} DeedForm;

extern const DeedForm DEED_FORMS[DEED_KINDS];

/* Whether it is a seal: it says where the run was, and its state there. */
static inline bool deed_is_seal(const Deed *deed) {
    return deed->kind == DEED_CHECK || deed->kind == DEED_END;
}

/* Whether a setting can stand in a line of that kind. */
bool deed_takes(const Deed *deed, const Property *property);

/* Appends the line, without its end. */
void deed_write(LogText *text, const Deed *deed);

/* Reads a line, which ends with a 0 and stays where it is as long as the deed is used. before: the deed of the line
 * before it, or NULL. On failure the message says what is wrong, without the file and the line. */
bool deed_read(Deed *deed, const char *line, const Deed *before, Status *status);

/* What differs, for deed.settings: into deed->written. */
void deed_put_settings(Deed *deed, const Settings *base, const Settings *settings);

/* The settings that the text makes of these; NULL: none. The names and values are checked, not what goes together. */
bool deed_take_settings(const Deed *deed, Settings *settings, Status *status);

#endif
