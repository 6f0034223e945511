#include "app/io/page_data.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/draw/marks.h"
#include "app/draw/theme.h"
#include "app/io/export_formats.h"
#include "app/io/page_words.h"

#include <math.h>
#include <string.h>

/* ---- settings ---- */

static void put_setting(FILE *stream, const Settings *settings, const Property *p) {
    char text[SETTING_TEXT_MAX];
    property_format(settings, p, text);
    if (p->kind == KIND_CHOICE)
        snprintf(text, sizeof text, "%s", tr(p->choice_labels[(int)property_get(settings, p)]));
    else if (p->kind == KIND_SWITCH)
        snprintf(text, sizeof text, "%s", property_get(settings, p) != 0 ? tr("on") : tr("off"));
    else if (strcmp(text, "auto") == 0)
        snprintf(text, sizeof text, "%s", tr("auto"));
    putc('[', stream);
    page_put_text(stream, tr(PROPERTY_GROUP_NAMES[p->group]));
    putc(',', stream);
    page_put_text(stream, tr(p->label));
    putc(',', stream);
    page_put_text(stream, text);
    putc(']', stream);
}

static void put_settings(FILE *stream, const PageRun *run) {
    const Settings *settings = run->snapshot->settings;
    const char *comma = "";
    fputs(",\n\"settings\":[", stream);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        if ((run->own_points && property_makes_points(p->id)) || !property_shown(settings, p))
            continue;
        fputs(comma, stream);
        put_setting(stream, settings, p);
        comma = ",\n";
    }
    putc(']', stream);
}

static void put_rule(FILE *stream, const Settings *s) {
    fprintf(stream, ",\n\"rule\":{\"regularizer\":\"%s\",\"order\":\"%s\",\"groups\":\"%s\",\"byThreshold\":%s",
            PROPERTIES[PROPERTY_REGULARIZER].choices[s->regularizer], PROPERTIES[PROPERTY_ORDER].choices[s->order],
            PROPERTIES[PROPERTY_GROUPS].choices[s->groups], settings_use_threshold(s) ? "true" : "false");
    fputs(",\"power\":", stream);
    page_put_number(stream, s->power);
    fputs(",\"superlossLambda\":", stream);
    page_put_number(stream, s->superloss_lambda);
    fputs(",\"diversity\":", stream);
    page_put_number(stream, s->diversity);
    putc('}', stream);
}

/* ---- classes and colours ---- */

static void put_classes(FILE *stream, const Dataset *data) {
    fputs(",\n\"classes\":[", stream);
    for (int k = 0; k < data->classes; k++) {
        double corners[2 * MARK_CORNERS];
        char name[32];
        size_t n = mark_polygon(mark_shape(k), 1, corners);
        fputs(k > 0 ? ",\n{\"name\":" : "{\"name\":", stream);
        page_put_text(stream, dataset_class_name(data, k, name));
        fprintf(stream, ",\"present\":%s,\"widestEdge\":", data->class_count[k] > 0 ? "true" : "false");
        page_put_number(stream, (double)mark_widest_edge(mark_shape(k)));
        fputs(",\"shape\":[", stream);
        for (size_t i = 0; i < 2 * n; i++) {
            fputs(i > 0 ? "," : "", stream);
            page_put_number(stream, corners[i]);
        }
        fputs("]}", stream);
    }
    putc(']', stream);
}

static void put_color(FILE *stream, const char *name, Color color) {
    fprintf(stream, "\"%s\":\"#%06x\",", name, (unsigned)(color & 0xffffff));
}

static void put_colors(FILE *stream, const char *name, const Color *colors, int count) {
    fprintf(stream, "\"%s\":[", name);
    for (int k = 0; k < count; k++)
        fprintf(stream, "%s\"#%06x\"", k > 0 ? "," : "", (unsigned)(colors[k] & 0xffffff));
    fputs("],", stream);
}

static void put_theme(FILE *stream, const Theme *t, int classes) {
    const struct {
        const char *name;
        Color color;
    } colors[] = {{"ground", t->ground},
                  {"card", t->card},
                  {"line", t->line},
                  {"text", t->text},
                  {"muted", t->muted},
                  {"accent", t->accent},
                  {"onAccent", t->on_accent},
                  {"track", t->track},
                  {"chip", t->chip},
                  {"chipHover", t->chip_hover},
                  {"focusOuter", t->focus_outer},
                  {"focusInner", t->focus_inner},
                  {"warn", t->warn},
                  {"warnStrip", t->warn_strip},
                  {"accentStrip", t->accent_strip},
                  {"boundary", t->boundary},
                  {"frame", t->frame},
                  {"neutral", t->region_neutral},
                  {"hardFill", t->hard_fill},
                  {"curveEasy", t->curve_easy},
                  {"curveAccuracy", t->line_accuracy},
                  {"curveLoss", t->line_loss},
                  {"curveThreshold", t->curve_threshold},
                  {"past", t->past},
                  {"ring", t->ring}};
    Color hard_edge[MAX_CLASSES];
    for (int k = 0; k < classes; k++)
        hard_edge[k] = theme_hard_edge(t, k);
    fprintf(stream, "\"%s\":{", t->name);
    for (size_t i = 0; i < sizeof colors / sizeof *colors; i++)
        put_color(stream, colors[i].name, colors[i].color);
    put_colors(stream, "fill", t->class_fill, classes);
    put_colors(stream, "edge", t->class_edge, classes);
    put_colors(stream, "classLine", t->class_line, classes);
    put_colors(stream, "classText", t->class_text, classes);
    put_colors(stream, "region", t->region, classes);
    put_colors(stream, "hardEdge", hard_edge, classes);
    fprintf(stream, "\n\"edgeOutside\":%s,\"easySize\":", t->edge_outside ? "true" : "false");
    page_put_number(stream, (double)t->easy_size);
    fputs(",\"hardSize\":", stream);
    page_put_number(stream, (double)t->hard_size);
    putc('}', stream);
}

/* ---- points ---- */

static void put_words(FILE *stream, const char *name, const void *words, size_t count) {
    Base64 base64 = {0};
    fprintf(stream, ",\"%s\":\"", name);
    base64_put_words(stream, &base64, words, count);
    base64_end(stream, &base64);
    putc('"', stream);
}

static void put_bytes(FILE *stream, const char *name, const uint8_t *bytes, size_t count) {
    Base64 base64 = {0};
    fprintf(stream, ",\"%s\":\"", name);
    base64_put(stream, &base64, bytes, count);
    base64_end(stream, &base64);
    putc('"', stream);
}

static void put_positions(FILE *stream, const char *name, const Dataset *data) {
    size_t n = data ? data->count : 0;
    fprintf(stream, ",\n\"%s\":{\"count\":%zu", name, n);
    put_words(stream, "x", n > 0 ? data->x : NULL, n);
    put_words(stream, "y", n > 0 ? data->y : NULL, n);
    put_bytes(stream, "label", n > 0 ? data->label : NULL, n);
}

static void put_points(FILE *stream, const Snapshot *s) {
    const Dataset *data = s->data;
    Base64 base64 = {0};
    put_positions(stream, "points", data);
    fputs(",\"admitted\":\"", stream);
    for (size_t i = 0; i < data->count; i++) {
        uint32_t epoch = s->admitted[i] != NEVER_ADMITTED ? s->admitted[i] + 1 : 0;
        base64_put_words(stream, &base64, &epoch, 1);
    }
    base64_end(stream, &base64);
    putc('"', stream);
    if (data->row)
        put_words(stream, "row", data->row, data->count);
    if (data->truth)
        put_bytes(stream, "truth", data->truth, data->count);
    putc('}', stream);
    put_positions(stream, "test", s->test);
    putc('}', stream);
    put_positions(stream, "clean", s->clean);
    putc('}', stream);
}

static void put_two(FILE *stream, const char *name, const double values[2]) {
    fprintf(stream, ",\"%s\":[", name);
    page_put_number(stream, values[0]);
    putc(',', stream);
    page_put_number(stream, values[1]);
    putc(']', stream);
}

static void put_model(FILE *stream, const Mlp *mlp) {
    fputs(",\n\"model\":{\"sizes\":[", stream);
    for (int i = 0; i <= mlp->layers; i++)
        fprintf(stream, "%s%d", i > 0 ? "," : "", mlp->sizes[i]);
    fprintf(stream, "],\"activation\":\"%s\"", PROPERTIES[PROPERTY_ACTIVATION].choices[mlp->activation]);
    if (mlp->scaling.on) {
        put_two(stream, "shift", mlp->scaling.shift);
        put_two(stream, "divisor", mlp->scaling.divisor);
    }
    putc('}', stream);
}

/* ---- epochs ---- */

typedef double (*FigureOf)(const HistoryRecord *record);

static double epoch_of(const HistoryRecord *r) {
    return (double)r->epoch + 1;
}
static double threshold_of(const HistoryRecord *r) {
    return r->threshold;
}
static double easy_of(const HistoryRecord *r) {
    return (double)r->easy;
}
static double weight_sum_of(const HistoryRecord *r) {
    return r->weight_sum;
}
static double loss_of(const HistoryRecord *r) {
    return r->mean_loss;
}
static double accuracy_of(const HistoryRecord *r) {
    return r->accuracy;
}
static double test_accuracy_of(const HistoryRecord *r) {
    return r->test_accuracy;
}

static void put_epochs(FILE *stream, const PageRun *run) {
    static const struct {
        const char *name;
        FigureOf of;
    } figures[] = {{"epoch", epoch_of},
                   {"threshold", threshold_of},
                   {"easy", easy_of},
                   {"weight", weight_sum_of},
                   {"loss", loss_of},
                   {"accuracy", accuracy_of},
                   {"testAccuracy", test_accuracy_of}};
    fputs(",\n\"epochs\":{", stream);
    for (size_t f = 0; f < sizeof figures / sizeof *figures; f++) {
        fprintf(stream, "%s\"%s\":[", f > 0 ? ",\n" : "", figures[f].name);
        for (size_t i = 0; i < run->record_count; i++) {
            fputs(i > 0 ? "," : "", stream);
            page_put_number(stream, figures[f].of(&run->history->records[run->records[i]]));
        }
        putc(']', stream);
    }
    fputs(",\n\"classThreshold\":[", stream);
    for (size_t i = 0; i < run->record_count; i++) {
        const HistoryRecord *record = &run->history->records[run->records[i]];
        fputs(i > 0 ? "," : "", stream);
        if (!record->by_class) {
            fputs("null", stream);
            continue;
        }
        for (int k = 0; k < run->snapshot->data->classes; k++) {
            putc(k > 0 ? ',' : '[', stream);
            page_put_number(stream, record->class_threshold[k]);
        }
        putc(']', stream);
    }
    fputs("]}", stream);
}

static void put_notes(FILE *stream, const Notes *notes) {
    fputs(",\n\"notes\":[", stream);
    for (int i = 0; notes && i < notes->count; i++) {
        fprintf(stream, "%s{\"epoch\":%u,\"text\":", i > 0 ? ",\n" : "", notes->notes[i].epoch + 1);
        page_put_text(stream, notes->notes[i].text[0] ? tr(notes->notes[i].text) : "");
        putc('}', stream);
    }
    putc(']', stream);
}

bool page_holds(size_t points, Status *status) {
    char here[32], most[32];
    if (points <= PAGE_POINTS)
        return true;
    format_count(points, here);
    format_count(PAGE_POINTS, most);
    return status_fail(status, STATUS_FAILED, "%s points are too many for a page, which holds %s; a GIF shows them all",
                       here, most);
}

size_t page_record_count(size_t count, size_t bytes_each) {
    size_t most = PAGE_EPOCH_BYTES / bytes_each;
    most = most < 2 ? 2 : most;
    return count < most ? count : most;
}

size_t page_record(size_t i, size_t in_page, size_t count) {
    return in_page > 1 ? i * (count - 1) / (in_page - 1) : 0;
}

/* ---- pieces ---- */

static void put_beginning(FILE *stream, const PageRun *run) {
    const Snapshot *s = run->snapshot;
    fputs("{\"program\":\"easyfirst " EASYFIRST_VERSION "\",\"title\":", stream);
    page_put_text(stream, run->title);
    fputs(",\"command\":", stream);
    page_put_text(stream, run->command);
    fprintf(stream, ",\"others\":%d", run->others);
    page_words_write(stream);
    put_settings(stream, run);
    put_rule(stream, s->settings);
    put_classes(stream, s->data);
    fputs(",\n\"axes\":[", stream);
    page_put_text(stream, dataset_axis_name(s->data, 0));
    putc(',', stream);
    page_put_text(stream, dataset_axis_name(s->data, 1));
    putc(']', stream);
    put_two(stream, "origin", s->data->origin);
    fprintf(stream, ",\"fill\":%s", run->fill ? "true" : "false");
    put_model(stream, s->mlp);
    put_epochs(stream, run);
    put_notes(stream, run->notes);
    fputs(",\n\"themes\":{", stream);
    put_theme(stream, &THEME_LIGHT, s->data->classes);
    fputs(",\n", stream);
    put_theme(stream, &THEME_DARK, s->data->classes);
    putc('}', stream);
    put_points(stream, s);
}

static void put_easy(FILE *stream, const PageRun *run, const HistoryRecord *record, Base64 *base64) {
    size_t count = run->snapshot->data->count;
    for (size_t first = 0; first < count; first += 8) {
        uint8_t byte = 0;
        for (size_t i = first; i < count && i < first + 8; i++)
            byte |= (uint8_t)(history_was_easy(run->history, record, i) << (i - first));
        base64_put(stream, base64, &byte, 1);
    }
}

/* The beginning, each record's bits, each record's parameters, the end. */
size_t page_data_pieces(const PageRun *run) {
    return 2 * run->record_count + 2;
}

void page_data_write(FILE *stream, const PageRun *run, size_t piece, Base64 *base64) {
    size_t n = run->record_count;
    if (piece == 0) {
        put_beginning(stream, run);
        fputs(",\n\"easy\":\"", stream);
    } else if (piece <= n) {
        put_easy(stream, run, &run->history->records[run->records[piece - 1]], base64);
        if (piece == n) {
            base64_end(stream, base64);
            fputs("\",\n\"parameters\":\"", stream);
        }
    } else if (piece <= 2 * n) {
        const HistoryRecord *record = &run->history->records[run->records[piece - n - 1]];
        base64_put_words(stream, base64, record->parameters, run->snapshot->mlp->parameters);
    } else {
        base64_end(stream, base64);
        fputs("\"}\n", stream);
    }
}
