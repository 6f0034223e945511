#include "app/experiment/other_run.h"

#include "app/base/language.h"

#include <stdio.h>
#include <string.h>

/* Copies the settings of the curriculum group: numbers and choices, all of them exact as doubles. */
static void copy_curriculum(Settings *to, const Settings *from) {
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (PROPERTIES[i].group == GROUP_CURRICULUM)
            property_copy(to, from, &PROPERTIES[i]);
}

bool other_run_same_curriculum(const Settings *a, const Settings *b) {
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (PROPERTIES[i].group == GROUP_CURRICULUM && !property_same(a, b, &PROPERTIES[i]))
            return false;
    return true;
}

Settings other_run_settings(const Settings *first, const Settings *curriculum) {
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
        return status_fail(status, STATUS_USAGE, "%s is not a curriculum setting: all runs share it", name);
    return property_parse(settings, property, value, status) || status_prefix(status, "%s", name);
}

bool other_run_parse(Settings *settings, const char *text, Status *status) {
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

void other_run_title(const Settings *first, const Settings *other, char text[128]) {
    if (other->order == ORDER_ALL) {
        snprintf(text, 128, "%s", tr("Plain training"));
        return;
    }
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        char value[SETTING_TEXT_MAX];
        if (PROPERTIES[i].group != GROUP_CURRICULUM || property_same(first, other, &PROPERTIES[i]))
            continue;
        property_format(other, &PROPERTIES[i], value);
        int n = snprintf(text + used, 128 - used, "%s%s %.40s", used ? ", " : "", PROPERTIES[i].name, value);
        if (n < 0 || (size_t)n >= 128 - used)
            return;
        used += (size_t)n;
    }
    if (used == 0)
        snprintf(text, 128, "%s", tr("the same curriculum"));
}

static void name_curriculum(const Settings *s, char name[128]) {
    static const char *const CLEAN[] = {[PACE_META] = N_("Learned λ"),
                                        [PACE_REWEIGHT] = N_("Weights by clean points"),
                                        [PACE_CLEAN_ALONE] = N_("Clean points alone")};
    static const char *const EASY[] = {[PACE_MULTIPLICATIVE] = N_("Easy first"),
                                       [PACE_ADDITIVE] = N_("Easy first, by steps"),
                                       [PACE_SHARE] = N_("Easy first, by share"),
                                       [PACE_CLASS_SHARE] = N_("Easy first, by share of each class")};
    static const char *const HARD[] = {[PACE_MULTIPLICATIVE] = N_("Hard first"),
                                       [PACE_ADDITIVE] = N_("Hard first, by steps"),
                                       [PACE_SHARE] = N_("Hard first, by share"),
                                       [PACE_CLASS_SHARE] = N_("Hard first, by share of each class")};
    const char *words = s->order == ORDER_ALL    ? N_("Plain training")
                        : settings_need_clean(s) ? CLEAN[s->pace]
                        : s->order == ORDER_HARD ? HARD[s->pace]
                                                 : EASY[s->pace];
    snprintf(name, 128, "%s", tr(words));
}

/* Adds what a run's curriculum sets otherwise than those of the same name do. */
static void tell_apart(const Settings *const *runs, int count, const bool *alike, int k, char name[128]) {
    size_t used = strlen(name);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        char value[SETTING_TEXT_MAX];
        bool other = false;
        for (int j = 0; j < count; j++)
            other = other || (alike[j] && !property_same(runs[j], runs[k], p));
        if (p->group != GROUP_CURRICULUM || !other || !property_shown(runs[k], p))
            continue;
        property_format(runs[k], p, value);
        int n = snprintf(name + used, 128 - used, ", %s %.40s", p->name, value);
        if (n < 0 || (size_t)n >= 128 - used) {
            name[used] = '\0';
            return;
        }
        used += (size_t)n;
    }
}

void other_run_names(const Settings *const *runs, int count, char names[][128]) {
    bool alike[1 + OTHER_RUNS][1 + OTHER_RUNS];
    for (int k = 0; k < count; k++)
        name_curriculum(runs[k], names[k]);
    for (int k = 0; k < count; k++)
        for (int j = 0; j < count; j++)
            alike[k][j] = j != k && runs[k]->order != ORDER_ALL && strcmp(names[k], names[j]) == 0;
    for (int k = 0; k < count; k++)
        tell_apart(runs, count, alike[k], k, names[k]);
}

/* All but the experiment's part. */
static void close_run(OtherRun *other) {
    trainer_free(other->trainer);
    history_free(&other->history);
    past_samples_free(&other->past);
    other->trainer = NULL;
    other->history = (History){0};
    other->past = (PastSamples){0};
    other->stale = false;
}

bool other_run_open(OtherRun *other, const Trainer *first, const Settings *curriculum, Status *status) {
    close_run(other);
    Settings settings = other_run_settings(&first->settings, curriculum);
    other->trainer = trainer_twin(first, &settings, status);
    if (!other->trainer)
        return false;
    trainer_redecide(other->trainer);
    if (!history_init(&other->history, other->trainer->data.count, other->trainer->mlp.parameters,
                      HISTORY_DEFAULT_BYTES, status)) {
        close_run(other);
        return false;
    }
    return true;
}

void other_run_close(OtherRun *other) {
    close_run(other);
    *other = (OtherRun){0};
}

bool other_run_copy(OtherRun *copy, const OtherRun *other, uint32_t epoch, Status *status) {
    *copy = (OtherRun){.stale = other->stale,
                       .curriculum = other->curriculum,
                       .by_hand = other->by_hand,
                       .held = other->held,
                       .behind = other->behind};
    copy->trainer = trainer_copy(other->trainer, status);
    if (copy->trainer && history_copy(&copy->history, &other->history, epoch, status))
        return true;
    other_run_close(copy);
    return false;
}

bool other_run_train(OtherRun *other, uint32_t epoch, size_t batch, size_t batches, Status *status) {
    Trainer *t = other->trainer;
    while (batches > 0 && !t->diverged && (t->epoch < epoch || (t->epoch == epoch && t->batch < batch))) {
        size_t want = t->epoch < epoch ? t->batches - t->batch : batch - t->batch;
        want = want < batches ? want : batches;
        trainer_run(t, want);
        other->stale = true;
        batches -= want;
        if (t->batch != 0)
            continue;
        trainer_evaluate(t);
        other->stale = false;
        if (!history_add(&other->history, t, status))
            return true; /* the run is right; only its past is short */
    }
    bool there = t->diverged || t->epoch > epoch || (t->epoch == epoch && t->batch >= batch);
    if (there && other->stale) {
        trainer_evaluate(t);
        other->stale = false;
    }
    return there;
}

bool other_run_follow(OtherRun *other, const Trainer *first, size_t batches, Status *status) {
    return other_run_train(other, first->epoch, first->batch, batches, status);
}

void other_run_restore(OtherRun *other, uint32_t epoch) {
    const HistoryRecord *record = history_find(&other->history, epoch);
    if (record) {
        history_restore(&other->history, record, other->trainer);
    } else {
        trainer_reset(other->trainer);
        trainer_redecide(other->trainer);
        history_clear(&other->history);
    }
    other->stale = false;
}

const Snapshot *other_run_snapshot(OtherRun *other, const Snapshot *first) {
    Snapshot now = snapshot_of(other->trainer);
    now.history = &other->history;
    now.playing = first->playing;
    now.version = first->version;
    now.data_version = first->data_version;
    now.data = first->data; /* the same points: what is known of them, such as where they lie, holds for all */
    now.test = first->test;
    other->snapshot = now;
    const HistoryRecord *record = first->looking_back ? history_find(&other->history, first->epoch - 1) : NULL;
    Status status = {0};
    if (record && !snapshot_of_record(&now, &other->history, record, &other->past, &other->snapshot, &status))
        other->snapshot = now;
    return &other->snapshot;
}

void other_runs_look(OtherRun *others, int count, Snapshot *first) {
    first->other_count = count;
    for (int i = 0; i < count; i++)
        first->others[i] = other_run_snapshot(&others[i], first);
}
