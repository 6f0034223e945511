#include "app/views/spoken_words.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "core/utf8.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Adds a sentence. */
__attribute__((format(printf, 2, 3))) static void add(char text[SPOKEN_BYTES], const char *format, ...) {
    size_t length = strlen(text);
    if (length > 0 && length + 1 < SPOKEN_BYTES)
        text[length++] = ' ';
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text + length, SPOKEN_BYTES - length, format, arguments);
    va_end(arguments);
}

/* ---- signs as words ---- */

typedef struct Sign {
    const char *sign, *word;
} Sign;

/* What stands at `at`, as a word; NULL: it is said as it stands. */
static const char *word_of(const char *at, size_t *bytes) {
    const Sign signs[] = {
        {"λ", tr("lambda")},
        {"×", tr("times")},
        {MINUS, tr("minus")},
        {"±", tr("plus or minus")},
        {"≥", tr("at least")},
        {"≤", tr("at most")},
        {"→", tr("to")},
        {"·", ","},
        {"…", ""},
        {"\u00a0", " "},
        {"∞", tr("infinity")},
        {"<", tr("less than")},
        {">", tr("more than")},
        {"\u2013", tr("to")},
    };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        *bytes = strlen(signs[i].sign);
        if (strncmp(at, signs[i].sign, *bytes) == 0)
            return signs[i].word;
    }
    return NULL;
}

/* A word, apart from what stands before it. */
static void put_word(char text[SPOKEN_BYTES], size_t *length, const char *word) {
    bool sign = word[0] == ',' || word[0] == ' ' || word[0] == '\0';
    while (word[0] == ',' && *length > 0 && text[*length - 1] == ' ')
        --*length;
    const char *before = !sign && *length > 0 && text[*length - 1] != ' ' ? " " : "";
    const char *after = sign ? "" : " ";
    int put = snprintf(text + *length, SPOKEN_BYTES - *length, "%s%s%s", before, word, after);
    *length += (size_t)put < SPOKEN_BYTES - *length ? (size_t)put : SPOKEN_BYTES - *length - 1;
}

/* "75 %" -> "75 percent", or as the language puts it: the number is taken back for that. */
static void put_percent(char text[SPOKEN_BYTES], size_t *length) {
    char number[32], whole[96];
    size_t end = *length, from;
    while (end > 0 && text[end - 1] == ' ')
        end--;
    for (from = end; from > 0 && (isdigit((unsigned char)text[from - 1]) || strchr(".,", text[from - 1])); from--)
        continue;
    if (end - from == 0 || end - from >= sizeof number) {
        put_word(text, length, tr("percent"));
        return;
    }
    snprintf(number, sizeof number, "%.*s", (int)(end - from), text + from);
    snprintf(whole, sizeof whole, tr("%s percent"), number);
    *length = from;
    put_word(text, length, whole);
}

void spoken_signs(char text[SPOKEN_BYTES]) {
    char said[SPOKEN_BYTES] = "";
    size_t length = 0, bytes;
    for (const char *at = text; *at && length + 1 < SPOKEN_BYTES;) {
        const char *word = word_of(at, &bytes);
        if (*at == '%') {
            put_percent(said, &length);
            at++;
        } else if (word) {
            put_word(said, &length, word);
            at += bytes;
        } else {
            bool twice = *at == ' ' && length > 0 && said[length - 1] == ' ';
            bool stop = length > 0 && said[length - 1] == ' ' && strchr(".,;:", *at);
            length -= stop; /* no blank that a word has left before it */
            if (!twice)
                said[length++] = *at;
            said[length] = '\0';
            at++;
        }
    }
    while (length > 0 && said[length - 1] == ' ')
        said[--length] = '\0';
    memcpy(text, said, length + 1);
}

double spoken_seconds(const char *text) {
    double seconds = 0.4;
    for (const unsigned char *c = (const unsigned char *)text; *c; c++)
        seconds += *c < 0x80 ? 1.0 / 15.0 : *c >= 0xe0 ? 0.2 : 0.0; /* Chinese: a sign is a syllable */
    return seconds;
}

/* ---- what has the keys ---- */

/* "" for rows and terms, which are what they say. */
static const char *role_word(UiRole role) {
    switch (role) {
    case ROLE_BUTTON:
        return tr("button");
    case ROLE_BUTTON_CHOSEN:
        return tr("button, chosen");
    case ROLE_SWITCH_OFF:
        return tr("switch, off");
    case ROLE_SWITCH_ON:
        return tr("switch, on");
    case ROLE_CHOICE:
        return tr("choice");
    case ROLE_LIST:
        return tr("list");
    case ROLE_SLIDER:
        return tr("slider");
    case ROLE_FIELD:
        return tr("field");
    case ROLE_TAB:
        return trc("control", "tab");
    case ROLE_SECTION_CLOSED:
        return tr("section, closed");
    case ROLE_SECTION_OPEN:
        return tr("section, open");
    case ROLE_PLOT:
        return tr("plot");
    case ROLE_MAP:
        return tr("data map");
    case ROLE_TIMELINE:
        return tr("timeline");
    case ROLE_NETWORK:
        return tr("network");
    default:
        return "";
    }
}

/* A clause more. */
static void clause(char text[SPOKEN_BYTES], const char *words) {
    size_t length = strlen(text);
    if (words[0])
        snprintf(text + length, SPOKEN_BYTES - length, "%s%s", length > 0 ? ", " : "", words);
}

static void add_place(const UiSpoken *s, char text[SPOKEN_BYTES]) {
    char place[64];
    if (s->count > 1 && s->position > 0) {
        snprintf(place, sizeof place, tr("%d of %d"), s->position, s->count);
        clause(text, place);
    }
}

void spoken_focus(const UiSpoken *s, char text[SPOKEN_BYTES]) {
    text[0] = '\0';
    const char *name = s->label[0] ? s->label : s->help;
    if (s->id == 0 || (!name[0] && !s->value[0]))
        return;
    clause(text, name);
    clause(text, role_word(s->role));
    clause(text, s->text ? s->text : s->value);
    add_place(s, text);
    if (s->dimmed)
        clause(text, tr("dimmed"));
    spoken_signs(text);
}

void spoken_change(const UiSpoken *s, char text[SPOKEN_BYTES]) {
    text[0] = '\0';
    if (s->role == ROLE_SWITCH_ON || s->role == ROLE_SWITCH_OFF)
        snprintf(text, SPOKEN_BYTES, "%s", s->role == ROLE_SWITCH_ON ? tr("on") : tr("off"));
    else if (s->role == ROLE_SECTION_OPEN || s->role == ROLE_SECTION_CLOSED)
        snprintf(text, SPOKEN_BYTES, "%s", s->role == ROLE_SECTION_OPEN ? tr("open") : tr("closed"));
    else if (s->role == ROLE_BUTTON_CHOSEN)
        snprintf(text, SPOKEN_BYTES, "%s", tr("chosen"));
    else if (s->role == ROLE_BUTTON || s->role == ROLE_TAB)
        snprintf(text, SPOKEN_BYTES, "%s", s->label[0] ? s->label : s->help);
    else {
        if (s->role == ROLE_ENTRY)
            clause(text, s->label);
        clause(text, s->value);
        add_place(s, text);
    }
    if (s->dimmed)
        clause(text, tr("dimmed"));
    spoken_signs(text);
}

/* ---- a text under the hand ---- */

/* Bytes of the code point there. */
static size_t sign_bytes(const char *at) {
    size_t bytes = at[0] ? 1 : 0;
    while (bytes > 0 && utf8_continues(at[bytes]))
        bytes++;
    return bytes;
}

/* One sign: by its name; several: as they stand. */
static EditSays say_piece(const char *piece, size_t bytes, char text[SPOKEN_BYTES]) {
    if (bytes == 1 && piece[0] == ' ')
        snprintf(text, SPOKEN_BYTES, "space");
    else
        snprintf(text, SPOKEN_BYTES, "%.*s", (int)bytes, piece);
    return bytes == sign_bytes(piece) ? EDIT_SAYS_CHARACTER : EDIT_SAYS_WORDS;
}

static bool ends_word(char c) {
    return c == ' ' || c == ',' || c == ';' || c == '/';
}

/* The word that the sign before the caret has ended, if there is one. */
static bool say_word(const char *typed, size_t end, char text[SPOKEN_BYTES]) {
    size_t from = end;
    while (from > 0 && !ends_word(typed[from - 1]))
        from--;
    snprintf(text, SPOKEN_BYTES, "%.*s", (int)(end - from), typed + from);
    return end > from;
}

static EditSays say_typed(const char *now, size_t from, size_t bytes, char text[SPOKEN_BYTES]) {
    if (bytes == 1 && ends_word(now[from]) && say_word(now, from, text))
        return EDIT_SAYS_WORDS;
    return say_piece(now + from, bytes, text);
}

/* A piece of an edited text, within its sentence; of a long one its beginning. */
enum { PIECE_BYTES = 512 };
static void put_piece(char piece[PIECE_BYTES], const char *from, size_t bytes) {
    size_t most = bytes < PIECE_BYTES ? bytes : PIECE_BYTES - 1;
    snprintf(piece, PIECE_BYTES, "%.*s", (int)utf8_whole(from, most), from);
}

static EditSays say_selection(const UiSpoken *now, char text[SPOKEN_BYTES]) {
    size_t low = now->caret < now->anchor ? now->caret : now->anchor;
    size_t high = now->caret < now->anchor ? now->anchor : now->caret;
    char piece[PIECE_BYTES];
    put_piece(piece, now->text + low, high - low);
    snprintf(text, SPOKEN_BYTES, tr("%s selected"), piece);
    return EDIT_SAYS_WORDS;
}

EditSays spoken_edit(const SpokenEdit *before, const UiSpoken *now, char text[SPOKEN_BYTES]) {
    size_t was = strlen(before->text), is = strlen(now->text), same = 0, tail = 0;
    text[0] = '\0';
    while (same < was && same < is && before->text[same] == now->text[same])
        same++;
    while (same > 0 && (utf8_continues(now->text[same]) || utf8_continues(before->text[same])))
        same--;
    while (tail < was - same && tail < is - same && before->text[was - 1 - tail] == now->text[is - 1 - tail])
        tail++;
    while (tail > 0 && utf8_continues(now->text[is - tail]))
        tail--;
    if (is > same + tail) /* in place of what was selected, maybe */
        return say_typed(now->text, same, is - same - tail, text);
    if (was > same + tail) {
        char piece[PIECE_BYTES];
        size_t gone = was - same - tail;
        if (gone == 1 && before->text[same] == ' ')
            snprintf(piece, sizeof piece, "%s", tr("space"));
        else
            put_piece(piece, before->text + same, gone);
        snprintf(text, SPOKEN_BYTES, tr("%s deleted"), piece);
        return EDIT_SAYS_WORDS;
    }
    if (now->caret == before->caret && now->anchor == before->anchor)
        return EDIT_SAYS_NOTHING;
    if (now->caret != now->anchor)
        return say_selection(now, text);
    if (now->text[now->caret] == '\0') {
        snprintf(text, SPOKEN_BYTES, "%s", tr("end"));
        return EDIT_SAYS_WORDS;
    }
    return say_piece(now->text + now->caret, sign_bytes(now->text + now->caret), text);
}

/* ---- where the run stands ---- */

static void put_share(double share, char text[32]) {
    format_percent(share, text);
}

static void add_state(const Snapshot *s, char text[SPOKEN_BYTES]) {
    const char *state = s->diverged       ? tr("The model has diverged.")
                        : s->looking_back ? tr("An earlier epoch is on show.")
                        : s->playing      ? tr("It plays.")
                        : s->finished     ? tr("It is at its end.")
                                          : tr("It is paused.");
    add(text, "%s", state);
}

/* Mean loss and easy points of each class, a pass over the points. */
static void add_classes(const Snapshot *s, char text[SPOKEN_BYTES]) {
    double sum[MAX_CLASSES] = {0};
    size_t easy[MAX_CLASSES] = {0}, count[MAX_CLASSES] = {0};
    enum { NAMED = 8 }; /* more would not be listened to */
    for (size_t i = 0; i < s->data->count; i++) {
        int label = s->data->label[i];
        sum[label] += (double)s->loss[i];
        easy[label] += s->v[i] > 0.0f;
        count[label]++;
    }
    for (int k = 0; k < s->data->classes && k < NAMED; k++) {
        char name[CLASS_SHORT_BYTES], loss[32], share[32];
        if (count[k] == 0)
            continue;
        format_figure(sum[k] / (double)count[k], loss);
        put_share((double)easy[k] / (double)count[k], share);
        add(text, tr("%s: mean loss %s, %s easy."), dataset_class_short(s->data, k, name), loss, share);
    }
}

void spoken_where(const Snapshot *s, char text[SPOKEN_BYTES]) {
    char epoch[32], all[32], number[32], share[32];
    text[0] = '\0';
    format_count(s->epoch, epoch);
    format_count((size_t)s->settings->epochs, all);
    add(text, tr("Epoch %s of %s."), epoch, all);
    add_state(s, text);
    if (s->settings->order != ORDER_ALL) {
        format_figure(s->threshold, number);
        add(text, tr("λ is %s."), number);
    }
    put_share(s->data->count > 0 ? (double)s->easy / (double)s->data->count : NAN, share);
    add(text, s->settings->order == ORDER_EASY ? tr("%s of the points are easy.") : tr("%s of the points are in use."),
        share);
    bool tested = !isnan(s->test_accuracy);
    put_share(tested ? s->test_accuracy : s->accuracy, share);
    format_figure(s->mean_loss, number);
    add(text, tested ? tr("Test accuracy %s, mean loss %s.") : tr("Accuracy %s, mean loss %s."), share, number);
    add_classes(s, text);
    spoken_signs(text);
}

void spoken_epoch(const Snapshot *s, char text[SPOKEN_BYTES]) {
    char epoch[32], share[32], right[32], loss[32];
    format_count(s->epoch, epoch);
    put_share(s->data->count > 0 ? (double)s->easy / (double)s->data->count : NAN, share);
    put_share(isnan(s->test_accuracy) ? s->accuracy : s->test_accuracy, right);
    format_figure(s->mean_loss, loss);
    snprintf(text, SPOKEN_BYTES, tr("epoch %s, %s easy, accuracy %s, mean loss %s"), epoch, share, right, loss);
}
