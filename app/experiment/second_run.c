#include "app/experiment/second_run.h"

#include <stdio.h>
#include <string.h>

/* Copies the settings of the curriculum group: numbers and choices, all of them exact as doubles. */
static void copy_curriculum(Settings *to, const Settings *from) {
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (PROPERTIES[i].group == GROUP_CURRICULUM)
            property_copy(to, from, &PROPERTIES[i]);
}

bool second_run_same_curriculum(const Settings *a, const Settings *b) {
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (PROPERTIES[i].group == GROUP_CURRICULUM && !property_same(a, b, &PROPERTIES[i]))
            return false;
    return true;
}

Settings second_run_settings(const Settings *first, const Settings *curriculum) {
    Settings settings = *first;
    copy_curriculum(&settings, curriculum);
    return settings;
}

static bool take_part(Settings *settings, const char *part, size_t length, Status *status) {
    const char *equals = memchr(part, '=', length);
    char name[64], value[SETTING_TEXT_MAX];
    size_t of_name = equals ? (size_t)(equals - part) : length;
    if (!equals || of_name >= sizeof name || length - of_name - 1 >= sizeof value)
        return status_fail(status, STATUS_USAGE, "'%.*s' is neither plain nor NAME=VALUE",
                           (int)(length < 60 ? length : 60), part);
    snprintf(name, sizeof name, "%.*s", (int)of_name, part);
    snprintf(value, sizeof value, "%.*s", (int)(length - of_name - 1), equals + 1);
    const Property *property = property_find(name);
    if (!property)
        return status_fail(status, STATUS_USAGE, "there is no setting '%s'", name);
    if (property->group != GROUP_CURRICULUM)
        return status_fail(status, STATUS_USAGE, "%s is not a curriculum setting: both runs share it", name);
    return property_parse(settings, property, value, status) || status_prefix(status, "%s", name);
}

bool second_run_parse(Settings *settings, const char *text, Status *status) {
    Settings other = *settings;
    if (strcmp(text, "plain") == 0) {
        other.order = ORDER_ALL;
        other.diversity = 0.0; /* needs an order */
    } else {
        for (const char *part = text;;) {
            size_t length = strcspn(part, ",");
            if (!take_part(&other, part, length, status))
                return false;
            if (!part[length])
                break;
            part += length + 1;
        }
    }
    if (!settings_check(&other, status))
        return false;
    *settings = other;
    return true;
}

void second_run_title(const Settings *first, const Settings *second, char text[128]) {
    if (second->order == ORDER_ALL) {
        snprintf(text, 128, "Plain training");
        return;
    }
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        char value[SETTING_TEXT_MAX];
        if (PROPERTIES[i].group != GROUP_CURRICULUM || property_same(first, second, &PROPERTIES[i]))
            continue;
        property_format(second, &PROPERTIES[i], value);
        int n = snprintf(text + used, 128 - used, "%s%s %.40s", used ? ", " : "", PROPERTIES[i].name, value);
        if (n < 0 || (size_t)n >= 128 - used)
            return;
        used += (size_t)n;
    }
    if (used == 0)
        snprintf(text, 128, "the same curriculum");
}

static void name_curriculum(const Settings *s, char name[128]) {
    static const char *const paces[] = {[PACE_MULTIPLICATIVE] = "",
                                        [PACE_ADDITIVE] = ", by steps",
                                        [PACE_SHARE] = ", by share",
                                        [PACE_CLASS_SHARE] = ", by share of each class"};
    if (s->order == ORDER_ALL)
        snprintf(name, 128, "Plain training");
    else
        snprintf(name, 128, "%s%s", PROPERTIES[PROPERTY_ORDER].choice_labels[s->order], paces[s->pace]);
}

void second_run_names(const Settings *first, const Settings *second, char names[2][128]) {
    name_curriculum(first, names[0]);
    name_curriculum(second, names[1]);
    if (strcmp(names[0], names[1]) != 0 || first->order == ORDER_ALL)
        return;
    const Settings *runs[2] = {first, second};
    for (int k = 0; k < 2; k++) {
        size_t used = strlen(names[k]);
        for (int i = 0; i < PROPERTY_COUNT; i++) {
            const Property *p = &PROPERTIES[i];
            char value[SETTING_TEXT_MAX];
            if (p->group != GROUP_CURRICULUM || property_same(first, second, p) || !property_shown(runs[k], p))
                continue;
            property_format(runs[k], p, value);
            int n = snprintf(names[k] + used, 128 - used, ", %s %.40s", p->name, value);
            if (n < 0 || (size_t)n >= 128 - used) {
                names[k][used] = '\0';
                break;
            }
            used += (size_t)n;
        }
    }
}

bool second_run_open(SecondRun *second, const Trainer *first, const Settings *curriculum, Status *status) {
    second_run_close(second);
    Settings settings = second_run_settings(&first->settings, curriculum);
    second->trainer = trainer_twin(first, &settings, status);
    if (!second->trainer)
        return false;
    trainer_redecide(second->trainer);
    if (!history_init(&second->history, second->trainer->data.count, second->trainer->mlp.parameters,
                      HISTORY_DEFAULT_BYTES, status)) {
        second_run_close(second);
        return false;
    }
    return true;
}

void second_run_close(SecondRun *second) {
    trainer_free(second->trainer);
    history_free(&second->history);
    past_samples_free(&second->past);
    *second = (SecondRun){0};
}

bool second_run_copy(SecondRun *copy, const SecondRun *second, uint32_t epoch, Status *status) {
    *copy = (SecondRun){.stale = second->stale};
    copy->trainer = trainer_copy(second->trainer, status);
    if (copy->trainer && history_copy(&copy->history, &second->history, epoch, status))
        return true;
    second_run_close(copy);
    return false;
}

bool second_run_follow(SecondRun *second, const Trainer *first, size_t batches, Status *status) {
    Trainer *t = second->trainer;
    while (batches > 0 && !t->diverged &&
           (t->epoch < first->epoch || (t->epoch == first->epoch && t->batch < first->batch))) {
        size_t want = t->epoch < first->epoch ? t->batches - t->batch : first->batch - t->batch;
        want = want < batches ? want : batches;
        trainer_run(t, want);
        second->stale = true;
        batches -= want;
        if (t->batch != 0)
            continue;
        trainer_evaluate(t);
        second->stale = false;
        if (!history_add(&second->history, t, status))
            return true; /* the run is right; only its past is short */
    }
    bool there = t->diverged || t->epoch > first->epoch || (t->epoch == first->epoch && t->batch >= first->batch);
    if (there && second->stale) {
        trainer_evaluate(t);
        second->stale = false;
    }
    return there;
}

void second_run_restore(SecondRun *second, uint32_t epoch) {
    const HistoryRecord *record = history_find(&second->history, epoch);
    if (record) {
        history_restore(&second->history, record, second->trainer);
    } else {
        trainer_reset(second->trainer);
        trainer_redecide(second->trainer);
        history_clear(&second->history);
    }
    second->stale = false;
}

const Snapshot *second_run_snapshot(SecondRun *second, const Snapshot *first) {
    if (!second->trainer)
        return NULL;
    Snapshot now = snapshot_of(second->trainer);
    now.history = &second->history;
    now.playing = first->playing;
    now.version = first->version;
    now.data_version = first->data_version;
    now.data = first->data; /* the same points: what is known of them, such as where they lie, holds for both */
    now.test = first->test;
    second->snapshot = now;
    const HistoryRecord *record = first->looking_back ? history_find(&second->history, first->epoch - 1) : NULL;
    Status status = {0};
    if (record && !snapshot_of_record(&now, &second->history, record, &second->past, &second->snapshot, &status))
        second->snapshot = now;
    return &second->snapshot;
}
