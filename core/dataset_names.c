#include "core/dataset.h"
#include "core/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const AXES[2] = {"x", "y"};
static const char ELLIPSIS[] = "\u2026";

bool dataset_copy_names(Dataset *to, const Dataset *from, Status *status) {
    bool done = true;
    memcpy(to->class_name, from->class_name, sizeof to->class_name);
    memcpy(to->axis_name, from->axis_name, sizeof to->axis_name);
    memcpy(to->origin, from->origin, sizeof to->origin);
    for (int k = 0; k < MAX_CLASSES + 2; k++) {
        char **copy = k < MAX_CLASSES ? &to->class_written[k] : &to->axis_written[k - MAX_CLASSES];
        const char *written = k < MAX_CLASSES ? from->class_written[k] : from->axis_written[k - MAX_CLASSES];
        free(*copy);
        *copy = written ? strdup(written) : NULL;
        done = done && !written == !*copy;
    }
    return done || status_no_memory(status, "the names");
}

/* How many bytes of a text, `most` or fewer, are whole characters without a blank at their end. */
static size_t whole_part(const char *text, size_t most) {
    while (most > 0 && (((unsigned char)text[most] & 0xc0) == 0x80 || text[most - 1] == ' '))
        most--;
    return most;
}

/* Takes characters away until `more` fits behind the rest, and puts it there. */
static void end_with(char name[DATASET_NAME_BYTES], const char *more) {
    size_t used = strlen(name), room = DATASET_NAME_BYTES - 1 - strlen(more);
    strcpy(name + whole_part(name, used < room ? used : room), more);
}

/* As it is shown: in valid characters, none of them a control, without blanks at the end, cut if it is long. Returns
 * whether it stands for the whole text as it is. */
static bool put_name(char name[DATASET_NAME_BYTES], const char *text, size_t length) {
    size_t used = 0;
    bool cut = false, changed = false;
    memset(name, 0, DATASET_NAME_BYTES);
    for (size_t at = 0; at < length && !cut;) {
        const unsigned char *c = (const unsigned char *)text + at;
        size_t bytes = utf8_length(text + at, length - at);
        char latin1[2] = {(char)(0xc0 | c[0] >> 6), (char)(0x80 | (c[0] & 0x3f))};
        const char *character = bytes > 0 ? text + at : latin1;
        at += bytes > 0 ? bytes : 1;
        if (bytes == 0)
            bytes = sizeof latin1;
        unsigned char first = (unsigned char)character[0];
        if (first < 0x20 || first == 0x7f || (first == 0xc2 && (unsigned char)character[1] < 0xa0)) {
            character = "?";
            bytes = 1;
            changed = true;
        }
        cut = used + bytes > DATASET_NAME_BYTES - 1;
        if (!cut) {
            memcpy(name + used, character, bytes);
            used += bytes;
        }
    }
    while (used > 0 && name[used - 1] == ' ') /* which a cell of a CSV file would lose */
        name[--used] = '\0';
    if (cut)
        end_with(name, ELLIPSIS);
    return !cut && !changed;
}

/* Whether a table can have the text as it is, and whether with control characters. */
static bool can_be_written(const char *text, size_t length, bool controls) {
    size_t bytes = 1;
    for (size_t at = 0; at < length && bytes > 0; at += bytes) {
        bytes = text[at] ? utf8_length(text + at, length - at) : 0;
        if (!controls && ((unsigned char)text[at] < 0x20 || text[at] == 0x7f))
            return false;
    }
    return bytes > 0;
}

static bool set_name(char name[DATASET_NAME_BYTES], char **written, const char *text, size_t length, bool controls) {
    bool same = put_name(name, text, length);
    free(*written);
    *written = NULL;
    if (same || !can_be_written(text, length, controls))
        return true;
    *written = calloc(length + 1, 1);
    if (*written)
        memcpy(*written, text, length);
    return *written != NULL;
}

bool dataset_name_class(Dataset *data, int k, const char *text, size_t length) {
    return set_name(data->class_name[k], &data->class_written[k], text, length, true);
}

bool dataset_name_axis(Dataset *data, int axis, const char *text, size_t length) {
    char *name = data->axis_name[axis];
    bool done = set_name(name, &data->axis_written[axis], text, length, false);
    if (strcmp(name, AXES[axis]) == 0)
        name[0] = '\0';
    return done;
}

void dataset_number_class(Dataset *data, int k) {
    char number[32];
    snprintf(number, sizeof number, "%s (%d)", ELLIPSIS, k);
    end_with(data->class_name[k], number);
}

const char *dataset_axis_name(const Dataset *data, int axis) {
    return data->axis_name[axis][0] ? data->axis_name[axis] : AXES[axis];
}

const char *dataset_axis_whole(const Dataset *data, int axis) {
    return data->axis_written[axis] ? data->axis_written[axis] : dataset_axis_name(data, axis);
}

const char *dataset_class_whole(const Dataset *data, int k) {
    return data->class_written[k] ? data->class_written[k] : data->class_name[k];
}

const char *dataset_class_name(const Dataset *data, int k, char text[32]) {
    if (data->class_name[k][0])
        return data->class_name[k];
    snprintf(text, 32, status_text("class %d"), k);
    return text;
}

const char *dataset_class_short(const Dataset *data, int k, char text[CLASS_SHORT_BYTES]) {
    char number[32];
    const char *name = dataset_class_name(data, k, number);
    size_t length = strlen(name);
    if (length < CLASS_SHORT_BYTES) {
        memcpy(text, name, length + 1);
        return text;
    }
    length = whole_part(name, CLASS_SHORT_BYTES - sizeof ELLIPSIS);
    memcpy(text, name, length);
    memcpy(text + length, ELLIPSIS, sizeof ELLIPSIS);
    return text;
}
