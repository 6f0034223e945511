/* Settings and points in a checkpoint. */
#include "core/state_pack.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- settings ---- */

static bool is_told(const Settings *s, const Settings *defaults, const Property *p, bool curriculum) {
    return (!curriculum || p->group == GROUP_CURRICULUM) && !property_same(s, defaults, p);
}

/* A setting as name=value. */
static bool setting_field(Pack *pack, Settings *s, const Property *p) {
    char text[64 + SETTING_TEXT_MAX], value[SETTING_TEXT_MAX];
    if (p) {
        property_format(s, p, value);
        snprintf(text, sizeof text, "%s=%s", p->name, value);
    }
    if (!pack_text(pack, text, sizeof text) || pack->way != PACK_READ)
        return !pack->failed;
    char *equals = strchr(text, '=');
    if (!equals)
        return pack_damaged(pack, "a setting has no value");
    *equals = '\0';
    Status status;
    p = property_find(text);
    return (p && property_parse(s, p, equals + 1, &status)) ||
           pack_damaged(pack, p ? N_("the value of a setting is none") : N_("a setting is not known"));
}

bool settings_fields(Pack *pack, Settings *s, bool curriculum) {
    Settings defaults;
    settings_default(&defaults);
    uint32_t count = 0;
    if (pack->way == PACK_READ)
        *s = defaults;
    for (int i = 0; pack->way != PACK_READ && i < PROPERTY_COUNT; i++)
        count += is_told(s, &defaults, &PROPERTIES[i], curriculum);
    bool good = pack_u32(pack, &count, PROPERTY_COUNT);
    for (uint32_t i = 0; good && pack->way == PACK_READ && i < count; i++)
        good = setting_field(pack, s, NULL);
    for (int i = 0; good && pack->way != PACK_READ && i < PROPERTY_COUNT; i++)
        if (is_told(s, &defaults, &PROPERTIES[i], curriculum))
            good = setting_field(pack, s, &PROPERTIES[i]);
    return good;
}

bool settings_go_together(const Settings *settings) {
    Settings s = *settings, defaults;
    Status status;
    settings_default(&defaults);
    s.threshold = defaults.threshold;
    s.samples = MAX_SAMPLES;
    return settings_check(&s, &status);
}

/* ---- points ---- */

/* The array is there or not. */
static bool has_array(Pack *pack, void *array, bool *has) {
    *has = pack->way != PACK_READ && array;
    return pack_bool(pack, has);
}

/* Numbers below `most`. */
static bool byte_array(Pack *pack, uint8_t **array, size_t count, int most) {
    bool has;
    if (!has_array(pack, *array, &has) || !has)
        return !pack->failed;
    if (pack_reads(pack))
        *array = pack_room(pack, count, 1);
    return pack_array(pack, *array, count, 1) &&
           pack_check(pack, pack->way != PACK_READ || dataset_labels_below(*array, count, most),
                      "a label is out of range");
}

static bool place_array(Pack *pack, float **array, size_t count) {
    if (pack_reads(pack))
        *array = pack_room(pack, count, sizeof **array);
    return pack_floats(pack, *array, count);
}

static bool row_array(Pack *pack, Dataset *d) {
    bool has;
    if (!has_array(pack, d->row, &has) || !has)
        return !pack->failed;
    if (pack_reads(pack))
        d->row = pack_room(pack, d->count, sizeof *d->row);
    return pack_array(pack, d->row, d->count, sizeof *d->row) &&
           (pack->way != PACK_READ ||
            pack_check(pack, dataset_rows_ascend(d->row, d->count), "rows of points descend"));
}

/* As it is shown and as it is written. What is read goes through the function that names are given by. */
static bool name_field(Pack *pack, Dataset *d, bool axis, int k) {
    char name[DATASET_NAME_BYTES], **written = axis ? &d->axis_written[k] : &d->class_written[k];
    memcpy(name, axis ? d->axis_name[k] : d->class_name[k], sizeof name);
    if (!pack_text(pack, name, sizeof name))
        return false;
    if (pack->way == PACK_READ && name[0] &&
        !(axis ? dataset_name_axis(d, k, name, strlen(name)) : dataset_name_class(d, k, name, strlen(name))))
        return pack_no_memory(pack);
    if (pack->way == PACK_READ) {
        free(*written);
        *written = NULL;
    }
    return pack_own_text(pack, written);
}

static bool name_fields(Pack *pack, Dataset *d) {
    bool good = pack_double(pack, &d->origin[0]) && pack_double(pack, &d->origin[1]);
    for (int k = 0; good && k < d->classes; k++)
        good = name_field(pack, d, false, k);
    for (int axis = 0; good && axis < 2; axis++)
        good = name_field(pack, d, true, axis);
    return good;
}

bool dataset_fields(Pack *pack, Dataset *d) {
    uint64_t anomaly = (uint64_t)(d->anomaly + 1); /* 0: none */
    if (!pack_size(pack, &d->count, MAX_SAMPLES) || !pack_int(pack, &d->classes, 0, MAX_CLASSES) ||
        !pack_u64(pack, &anomaly, d->count > 0 ? d->count : 1))
        return false;
    d->anomaly = (int64_t)anomaly - 1;
    if (d->count == 0)
        return true;
    size_t count = d->count;
    bool done = pack_check(pack, d->classes >= 2, "there are no classes") && place_array(pack, &d->x, count) &&
                place_array(pack, &d->y, count) && byte_array(pack, &d->label, count, d->classes) &&
                pack_check(pack, d->label != NULL, "points have no labels") &&
                byte_array(pack, &d->truth, count, d->classes) && byte_array(pack, &d->clean, count, 2) &&
                byte_array(pack, &d->kept, count, 2) && row_array(pack, d) && name_fields(pack, d);
    if (done && pack->way == PACK_READ)
        dataset_bounds(d);
    return done;
}
