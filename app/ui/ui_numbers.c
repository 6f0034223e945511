/* A number in a range: its place on a track, its steps, its text, and what a typed text means. */
#include "app/ui/ui_private.h"
#include "app/base/language.h"
#include "app/ui/ui_widget.h"

#include "app/base/format.h"
#include "core/utf8.h"

#include <math.h>
#include <string.h>

/* ---- as text ---- */

void ui_shown_value(const UiRange *range, double value, char text[32]) {
    double size = fabs(value);
    if (range->integer)
        ui_shown_integer(value, text);
    else if (size == 0.0)
        snprintf(text, 32, "0");
    else if (size < 1e-3 || size >= 999.5)
        format_number(value, 3, text);
    else
        format_decimals(value,
                        size >= 99.95      ? 0
                        : size >= 9.995    ? 1
                        : size >= 0.9995   ? 2
                        : size >= 0.09995  ? 3
                        : size >= 0.009995 ? 4
                                           : 5,
                        text);
}

void ui_shown_integer(double value, char text[32]) {
    format_count((size_t)fabs(value), text);
    if (value < 0.0) {
        memmove(text + sizeof MINUS - 1, text, strlen(text) + 1);
        memcpy(text, MINUS, sizeof MINUS - 1);
    }
}

void ui_exact(double value, char text[32]) {
    if (value == floor(value) && fabs(value) < 1e15) { /* 10, not 1e+01 */
        snprintf(text, 32, "%.0f", value);
        return;
    }
    double read;
    for (int digits = 1; digits <= 17; digits++) {
        format_digits(value, digits, text);
        if (parse_number(text, &read) && read == value)
            return;
    }
}

/* ---- on a track ---- */

double ui_clamp(double value, double low, double high) {
    return value < low ? low : value > high ? high : value;
}

double ui_fraction_of(const UiRange *r, double value) {
    if (r->logarithmic)
        return value <= r->minimum ? 0.0 : ui_clamp(log(value / r->minimum) / log(r->maximum / r->minimum), 0.0, 1.0);
    return ui_clamp((value - r->minimum) / (r->maximum - r->minimum), 0.0, 1.0);
}

double ui_range_fraction(const UiRange *range, double value) {
    return ui_fraction_of(range, value);
}

double ui_value_at(const UiRange *r, double fraction) {
    if (!(fraction > 0.0)) /* NaN of a track without width, too */
        return r->minimum;
    if (fraction >= 1.0)
        return r->maximum;
    double value = r->logarithmic ? r->minimum * pow(r->maximum / r->minimum, fraction)
                                  : r->minimum + fraction * (r->maximum - r->minimum);
    if (r->integer)
        return ui_clamp(round(value), r->minimum, r->maximum);
    /* on a linear track the same step everywhere: a thousandth of the range's size */
    value = round_by_hand(value, r->logarithmic ? value : r->maximum - r->minimum, 3);
    return ui_clamp(value, r->minimum, r->maximum);
}

double ui_stepped(const UiRange *r, double value, double steps) {
    double to;
    if (r->integer) {
        double whole = steps < 0.0 ? floor(steps) : ceil(steps);
        to = ui_clamp(round(value) + whole, r->minimum, r->maximum);
    } else {
        double fraction = ui_clamp(ui_fraction_of(r, value) + 0.01 * steps, 0.0, 1.0);
        to = ui_value_at(r, fraction);
        if (to == value && fraction > 0.0 && fraction < 1.0)
            to = r->logarithmic
                     ? round_by_hand(r->minimum * pow(r->maximum / r->minimum, fraction), value, 5)
                     : round_by_hand(r->minimum + fraction * (r->maximum - r->minimum), r->maximum - r->minimum, 5);
    }
    return (steps > 0.0) == (to > value) ? to : value;
}

/* ---- as typed ---- */

/* With three digits where they say it all. */
static void describe_end(const UiRange *r, double value, char text[32]) {
    double said;
    if (r->integer && !r->plain && fabs(value) < 1e15) {
        ui_shown_integer(value, text);
        return;
    }
    format_number(value, 3, text);
    if (!parse_number(text, &said) || said != value)
        format_number(value, 10, text);
}

/* The range that is accepted, in words. */
static void describe_range(const UiRange *r, char text[96]) {
    const double no_limit = 1e300;
    char low[32], high[32];
    describe_end(r, r->accept_minimum, low);
    describe_end(r, r->accept_maximum, high);
    if (r->accept_maximum >= no_limit)
        snprintf(text, 96, r->accept_minimum <= -no_limit ? tr("any number") : tr("%s or more"), low);
    else
        snprintf(text, 96, r->accept_minimum <= -no_limit ? tr("up to %.0s%s") : tr("%s to %s"), low, high);
}

/* The typed text for a message, cut with an ellipsis at a code point. */
static void quoted(const char *typed, char text[64]) {
    size_t length = utf8_whole(typed, 48);
    snprintf(text, 64, "%.*s%s", (int)length, typed, typed[length] ? "…" : "");
}

double ui_take_number(Ui *ui, const char *name, const UiRange *r, double value) {
    UiState *s = ui->state;
    double typed;
    char reason[256], text[64], range[96];
    if (strcmp(s->text, s->original) == 0)
        return value;
    quoted(s->text, text);
    if (!text[0]) {
        ui_message(ui, name, tr("a number is needed"));
    } else if (is_beyond_numbers(s->text)) {
        snprintf(reason, sizeof reason, text[0] == '-' ? tr("%s is too small") : tr("%s is too large"), text);
        ui_message(ui, name, reason);
    } else if (!parse_number(s->text, &typed)) {
        snprintf(reason, sizeof reason, tr("'%s' is not a number"), text);
        ui_message(ui, name, reason);
    } else if (typed < r->accept_minimum || typed > r->accept_maximum) {
        describe_range(r, range);
        snprintf(reason, sizeof reason, tr("%s is out of range: %s"), text, range);
        ui_message(ui, name, reason);
    } else if (r->integer && typed != floor(typed)) {
        snprintf(reason, sizeof reason, tr("%s is not a whole number"), text);
        ui_message(ui, name, reason);
    } else {
        return typed;
    }
    return value;
}
