#include "app/io/points_private.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* A column that is asked for. */
typedef struct Wanted {
    const char *name; /* not ended by 0 */
    size_t length;
    size_t number; /* from 1; 0: the name is no number */
} Wanted;

/* Takes "x,y,label" apart; false: it has another form. */
static bool split_columns(const char *columns, Wanted parts[COLUMNS]) {
    for (int k = 0; k < COLUMNS; k++) {
        size_t length = strcspn(columns, ",");
        const char *name = columns;
        size_t name_length = length;
        points_trim(&name, &name_length);
        if (name_length == 0 || (k + 1 < COLUMNS) != (columns[length] == ','))
            return false;
        parts[k] = (Wanted){.name = name, .length = name_length};
        size_t number = 0, digits = 0;
        while (digits < name_length && digits < 9 && points_is_digit(name[digits]))
            number = 10 * number + (size_t)(name[digits++] - '0');
        parts[k].number = digits == name_length ? number : 0;
        columns += length + 1;
    }
    return true;
}

bool points_columns_check(const char *columns, Status *status) {
    Wanted parts[COLUMNS];
    if (!split_columns(columns, parts))
        return status_fail(status, STATUS_USAGE, "'%.60s' is not three names or numbers, as in x,y,label", columns);
    for (int k = 1; k < COLUMNS; k++)
        for (int other = 0; other < k; other++)
            if (parts[k].length == parts[other].length &&
                memcmp(parts[k].name, parts[other].name, parts[k].length) == 0)
                return status_fail(status, STATUS_USAGE, "'%.60s' names %.*s twice", columns,
                                   points_shown(parts[k].name, parts[k].length), parts[k].name);
    return true;
}

/* ---- what there is ---- */

static void say_at(PointsColumns *c, int k, const PointsDialect *d, size_t at) {
    c->at[k] = at;
    if (at < d->header.count && d->header.name[at][0])
        snprintf(c->text[k], sizeof c->text[k], "%.*s", points_shown(d->header.name[at], strlen(d->header.name[at])),
                 d->header.name[at]);
    else
        snprintf(c->text[k], sizeof c->text[k], "%zu", at + 1);
}

/* The columns for a message: by the names of the header, or else by their numbers and first cells. */
static void list_columns(const PointsDialect *d, char text[POINTS_LIST_MAX]) {
    size_t used = 0;
    if (d->header.count == 0) {
        memcpy(text, d->first_row, POINTS_LIST_MAX);
        return;
    }
    text[0] = '\0';
    for (size_t i = 0; i < d->header.count; i++) {
        const char *name = d->header.name[i];
        int shown = points_shown(name, strlen(name));
        if (used + (size_t)shown + 20 > POINTS_LIST_MAX) {
            snprintf(text + used, POINTS_LIST_MAX - used, tr(", and %zu more"), d->header.count - i);
            return;
        }
        used += name[0] ? (size_t)snprintf(text + used, POINTS_LIST_MAX - used, "%s%.*s", i ? ", " : "", shown, name)
                        : (size_t)snprintf(text + used, POINTS_LIST_MAX - used, "%s%zu", i ? ", " : "", i + 1);
    }
}

static bool names_are_utf8(const PointsDialect *d) {
    for (size_t i = 0; i < d->header.count; i++)
        if (!points_is_utf8(d->header.name[i], strlen(d->header.name[i])))
            return false;
    return true;
}

static void no_column(const PointsDialect *d, const Wanted *want, bool chosen, PointsFaults *faults) {
    char names[POINTS_LIST_MAX];
    list_columns(d, names);
    if (!names_are_utf8(d)) {
        points_fault(faults, d->header.line, "no column is named %.*s, and the names are not UTF-8; %s",
                     points_shown(want->name, want->length), want->name, tr(POINTS_NAME_ENCODING));
        return;
    }
    points_fault(faults, d->header.line,
                 chosen ? N_("no column is named %.*s; there are: %s")
                        : N_("no column is named %.*s; there are: %s. Choose three of them with --columns X,Y,LABEL"),
                 points_shown(want->name, want->length), want->name, names);
}

/* The place of a name, exactly or but for the case of ASCII letters; SIZE_MAX: there is none, or a fault. */
static size_t find_name(const PointsDialect *d, const char *name, size_t length, PointsFaults *faults) {
    for (int exact = 1; exact >= 0; exact--) {
        size_t found = SIZE_MAX;
        for (size_t i = 0; i < d->header.count; i++) {
            const char *own = d->header.name[i];
            if (strlen(own) != length || (exact ? memcmp(own, name, length) : strncasecmp(own, name, length)) != 0)
                continue;
            if (found != SIZE_MAX) {
                points_fault(faults, d->header.line, "two columns are named %.*s", points_shown(name, length), name);
                return SIZE_MAX;
            }
            found = i;
        }
        if (found != SIZE_MAX)
            return found;
    }
    return SIZE_MAX;
}

/* Whether numbers can only be names: all that is wanted is named so, and one is no number of a column. */
static bool are_names(const PointsDialect *d, const Wanted want[COLUMNS], PointsFaults *faults) {
    bool beyond = false;
    for (int k = 0; k < COLUMNS; k++) {
        if (find_name(d, want[k].name, want[k].length, faults) == SIZE_MAX)
            return false;
        beyond = beyond || (points_is_digit(want[k].name[0]) && (want[k].number == 0 || want[k].number > d->width));
    }
    return beyond;
}

/* Says it where a number of a column is the name of another. */
static void watch_number(const PointsDialect *d, const Wanted *want, PointsFaults *faults) {
    for (size_t i = 0; i < d->header.count; i++)
        if (i + 1 != want->number && strlen(d->header.name[i]) == want->length &&
            memcmp(d->header.name[i], want->name, want->length) == 0) {
            points_note(faults, "--columns: %zu is the number of a column; the one named %zu has the number %zu",
                        want->number, want->number, i + 1);
            return;
        }
}

static bool by_header(PointsColumns *c, const PointsDialect *d, const Wanted want[COLUMNS], PointsFaults *faults) {
    bool names = are_names(d, want, faults);
    for (int k = 0; k < COLUMNS; k++) {
        bool number = !names && want[k].number > 0 && want[k].number <= d->width;
        size_t at = number ? want[k].number - 1 : find_name(d, want[k].name, want[k].length, faults);
        if (faults->failed)
            return false;
        if (number)
            watch_number(d, &want[k], faults);
        if (at == SIZE_MAX && want[k].number > 0) {
            points_fault(faults, d->header.line, "there is no column %zu: the header has %zu", want[k].number,
                         d->width);
            return false;
        }
        if (at == SIZE_MAX) {
            no_column(d, &want[k], true, faults);
            return false;
        }
        say_at(c, k, d, at);
    }
    return true;
}

static bool by_number(PointsColumns *c, const PointsDialect *d, const Wanted want[COLUMNS], PointsFaults *faults) {
    for (int k = 0; k < COLUMNS; k++) {
        if (want[k].number == 0) {
            points_fault(faults, d->skip_lines + 1, "there is no header to find column %.*s in: give its number",
                         points_shown(want[k].name, want[k].length), want[k].name);
            return false;
        }
        if (want[k].number > d->width) {
            points_fault(faults, d->skip_lines + 1, "there is no column %zu: the first row has %zu cells",
                         want[k].number, d->width);
            return false;
        }
        say_at(c, k, d, want[k].number - 1);
    }
    return true;
}

/* ---- nothing is asked for ---- */

const char *const POINTS_LABEL_NAMES[] = {"label", "class", "target", "species", "category", "cluster",
                                          "group", "type",  "labels", "classes", NULL};

/* The columns that may be part of a point, the first `most` of them; how many there are. */
static size_t find_candidates(const PointsDialect *d, size_t *at, size_t most) {
    size_t count = 0;
    for (size_t k = 0; k < d->width; k++)
        if (d->role[k] != POINTS_ROLE_ASIDE && d->holds[k] != POINTS_HOLDS_NOTHING) {
            if (count < most)
                at[count] = k;
            count++;
        }
    return count;
}

/* The one of three columns of numbers that has the kinds of labels; COLUMNS: there is no telling. */
static size_t find_kinds(const PointsDialect *d, const size_t at[COLUMNS]) {
    size_t found = COLUMNS, count = 0;
    for (size_t k = 0; k < COLUMNS; k++)
        if (d->holds[at[k]] == POINTS_HOLDS_KINDS) {
            found = k;
            count++;
        }
    PointsHolds last = d->holds[at[COLUMNS - 1]];
    if (count == 1 && last != POINTS_HOLDS_KINDS)
        return found;
    return last == POINTS_HOLDS_MEASURES ? COLUMNS : COLUMNS - 1;
}

/* Which of three columns is the label: the one that is said to be, or called so; else the one that holds no numbers, or
 * the last, if it can be. Three: the others hold no numbers, or none can be. */
static size_t find_label(const PointsDialect *d, const size_t at[COLUMNS]) {
    size_t label = COLUMNS, named = COLUMNS, words = COLUMNS;
    for (size_t k = 0; k < COLUMNS; k++) {
        if (d->role[at[k]] == POINTS_ROLE_LABEL)
            label = k;
        for (const char *const *name = POINTS_LABEL_NAMES; *name && at[k] < d->header.count; name++)
            if (strcasecmp(*name, d->header.name[at[k]]) == 0)
                named = k;
        if (d->holds[at[k]] == POINTS_HOLDS_WORDS)
            words = k;
    }
    label = label < COLUMNS ? label : named < COLUMNS ? named : words < COLUMNS ? words : find_kinds(d, at);
    for (size_t k = 0; k < COLUMNS; k++)
        if (k != label && d->holds[at[k]] == POINTS_HOLDS_WORDS)
            return COLUMNS;
    return label;
}

/* Refuses measured numbers as labels unless they are asked for. */
static bool can_be_label(const PointsDialect *d, size_t at, PointsFaults *faults) {
    if (d->holds[at] != POINTS_HOLDS_MEASURES)
        return true;
    char columns[POINTS_LIST_MAX];
    PointsColumns c;
    say_at(&c, LABEL, d, at);
    list_columns(d, columns);
    points_fault(faults, d->header.line,
                 "column %s has fractions, no kinds of labels; there are: %s. Choose three of them with "
                 "--columns X,Y,LABEL",
                 c.text[LABEL], columns);
    return false;
}

/* Takes the column of marks out of these; how many are left. */
static size_t leave_out_marks(const PointsDialect *d, size_t *at, size_t count) {
    size_t kept = 0;
    for (size_t k = 0; k < count; k++)
        if (!d->marks[at[k]])
            at[kept++] = at[k];
    return kept;
}

/* Two columns of numbers and one more. */
static bool by_kind(PointsColumns *c, const PointsDialect *d, PointsFaults *faults) {
    size_t at[COLUMNS + 1];
    size_t count = find_candidates(d, at, COLUMNS + 1);
    if (count == COLUMNS + 1)
        count = leave_out_marks(d, at, count);
    if (count != COLUMNS)
        return false;
    size_t label = find_label(d, at);
    if (label == COLUMNS) {
        if (d->holds[at[0]] != POINTS_HOLDS_WORDS && d->holds[at[1]] != POINTS_HOLDS_WORDS)
            can_be_label(d, at[COLUMNS - 1], faults);
        return false;
    }
    if (!can_be_label(d, at[label], faults))
        return false;
    say_at(c, X, d, at[label == 0 ? 1 : 0]);
    say_at(c, Y, d, at[label == 2 ? 1 : 2]);
    say_at(c, LABEL, d, at[label]);
    return true;
}

/* x and y by name, and the label by one of the names that people give it. */
static bool by_usual_names(PointsColumns *c, const PointsDialect *d, PointsFaults *faults) {
    size_t at[COLUMNS] = {find_name(d, "x", 1, faults), SIZE_MAX, SIZE_MAX};
    if (!faults->failed)
        at[Y] = find_name(d, "y", 1, faults);
    for (const char *const *name = POINTS_LABEL_NAMES; *name && at[LABEL] == SIZE_MAX && !faults->failed; name++)
        at[LABEL] = find_name(d, *name, strlen(*name), faults);
    for (size_t k = 0; k < d->header.count && at[LABEL] == SIZE_MAX; k++)
        at[LABEL] = d->role[k] == POINTS_ROLE_LABEL ? k : SIZE_MAX;
    if (faults->failed || at[X] == SIZE_MAX || at[Y] == SIZE_MAX || at[LABEL] == SIZE_MAX ||
        !can_be_label(d, at[LABEL], faults))
        return false;
    for (int k = 0; k < COLUMNS; k++)
        say_at(c, k, d, at[k]);
    return true;
}

bool points_own_table(char *const *names, size_t count) {
    static const char *const HEADS[] = {"label", "loss", "v", "admitted"};
    for (int i = 0; i < 4; i++)
        if (count < 6 || strcmp(names[2 + i], HEADS[i]) != 0)
            return false;
    return true;
}

static bool by_own_table(PointsColumns *c, const PointsDialect *d) {
    if (!points_own_table(d->header.name, d->header.count))
        return false;
    for (int k = 0; k < COLUMNS; k++)
        say_at(c, k, d, (size_t)k);
    return true;
}

/* The three columns that there are, without a header. */
static bool by_place(PointsColumns *c, const PointsDialect *d, PointsFaults *faults) {
    size_t at[COLUMNS] = {0};
    size_t count = find_candidates(d, at, COLUMNS);
    if (count < COLUMNS) {
        points_fault(faults, 0, "has %zu columns; x, y and label are needed", d->width);
        return false;
    }
    if (count > COLUMNS) {
        points_fault(faults, 0, "no header, and %zu columns: %s. Choose three of them with --columns X,Y,LABEL",
                     d->width, d->first_row);
        return false;
    }
    for (int k = 0; k < COLUMNS; k++)
        say_at(c, k, d, at[k]);
    return true;
}

static bool by_default(PointsColumns *c, const PointsDialect *d, PointsFaults *faults) {
    bool named = d->header.count > 0;
    if (by_own_table(c, d) || (named && by_usual_names(c, d, faults)))
        return true;
    if (faults->failed)
        return false;
    if (d->width == 1) {
        points_fault(faults, named ? d->header.line : d->skip_lines + 1, "%s",
                     names_are_utf8(d) ? tr("one column: is another sign between the cells? --delimiter says which")
                                       : tr("one column, and not UTF-8; name the encoding, as in --encoding LATIN1, "
                                            "GB18030 or SHIFT-JIS"));
        return false;
    }
    if (by_kind(c, d, faults)) {
        c->guessed = named || c->at[X] != 0 || c->at[Y] != 1 || d->holds[c->at[X]] == POINTS_HOLDS_KINDS;
        if (c->guessed)
            points_note(faults, "columns %s, %s and %s taken as x, y and label", c->text[X], c->text[Y],
                        c->text[LABEL]);
        return true;
    }
    if (faults->failed)
        return false;
    if (named) {
        Wanted want[COLUMNS];
        split_columns("x,y,label", want);
        for (int k = 0; k < COLUMNS; k++)
            if (find_name(d, want[k].name, want[k].length, faults) == SIZE_MAX && !faults->failed)
                no_column(d, &want[k], false, faults);
        return false;
    }
    return by_place(c, d, faults);
}

bool points_columns_name(const PointsColumns *c, const PointsDialect *d, Dataset *named) {
    bool done = true;
    for (int k = 0; k < LABEL; k++) {
        char from_0[24], from_1[24];
        const char *name = c->at[k] < d->header.count ? d->header.name[c->at[k]] : "";
        snprintf(from_0, sizeof from_0, "%zu", c->at[k]);
        snprintf(from_1, sizeof from_1, "%zu", c->at[k] + 1);
        if (strcmp(name, from_0) != 0 && strcmp(name, from_1) != 0)
            done = dataset_name_axis(named, k, name, strlen(name)) && done;
    }
    return done;
}

/* The names of the columns that are taken will be shown. */
static bool check_names(const PointsColumns *c, const PointsDialect *d, PointsFaults *faults) {
    for (int k = 0; k < COLUMNS; k++) {
        const char *name = c->at[k] < d->header.count ? d->header.name[c->at[k]] : "";
        if (!points_is_utf8(name, strlen(name))) {
            points_fault(faults, d->header.line, "the name of column %zu is not UTF-8; %s", c->at[k] + 1,
                         tr(POINTS_NAME_ENCODING));
            return false;
        }
    }
    return true;
}

/* The column `clean`, unless it is x, y or the label, or no marks. */
static bool find_marks(PointsColumns *c, const PointsDialect *d, PointsFaults *faults) {
    c->clean = find_name(d, "clean", strlen("clean"), faults);
    for (int k = 0; k < COLUMNS; k++)
        if (c->at[k] == c->clean)
            c->clean = SIZE_MAX;
    if (c->clean != SIZE_MAX && !d->marks[c->clean]) {
        points_note(faults, "column clean has no marks of clean points (0 or 1, yes or no): left out");
        c->clean = SIZE_MAX;
    }
    return !faults->failed;
}

bool points_columns_find(PointsColumns *c, const PointsDialect *d, const char *wanted, PointsFaults *faults) {
    Wanted want[COLUMNS];
    if (!wanted)
        return by_default(c, d, faults) && check_names(c, d, faults) && find_marks(c, d, faults);
    if (!points_columns_check(wanted, faults->status) || !split_columns(wanted, want)) {
        faults->failed = true;
        return false;
    }
    if (!(d->header.count > 0 ? by_header(c, d, want, faults) : by_number(c, d, want, faults)))
        return false;
    for (int k = 1; k < COLUMNS; k++)
        for (int other = 0; other < k; other++)
            if (c->at[other] == c->at[k]) {
                points_fault(faults, d->header.line, "%s and %.*s are the same column", c->text[other],
                             points_shown(want[k].name, want[k].length), want[k].name);
                return false;
            }
    return check_names(c, d, faults) && find_marks(c, d, faults);
}
