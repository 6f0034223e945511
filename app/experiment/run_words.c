#include "app/experiment/run_words.h"

#include "app/base/language.h"
#include "core/config.h"
#include "core/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { ARGUMENTS = 2 };

/* What is written into names, with %s for what is put into it: a number, a letter, another of them, a setting with its
 * value, or the name of a file. */
static const char *const NAMES[] = {
    /* TRANSLATORS: of a step of undo: "Undo: points added", "undone: points added" */
    N_("undone: %s"),
    /* TRANSLATORS: of a run that was left: what for, "the reset", and after how many epochs */
    N_("before %s at epoch %s"),
    N_("before %s in epoch %s"),
    /* TRANSLATORS: of a run that was left: its name and how far it was */
    N_("%s, at epoch %s"),
    N_("%s, in epoch %s"),
    N_("back to %s"),
    N_("going on from epoch %s"),
    N_("the run from epoch %s"),
    N_("Swap A and %s"),
    N_("run %s"),
    /* TRANSLATORS: of a run that was left: a setting with its value, "batch size 32", and with its next one */
    N_("%s before %s"),
    N_("Bias"),
    N_("Hold the threshold"),
    N_("Weight"),
    N_("clean points marked"),
    N_("clean points unmarked"),
    N_("labels changed"),
    N_("labels kept"),
    N_("labels not kept"),
    N_("note"),
    N_("points added"),
    N_("points erased"),
    N_("reset"),
    N_("the comparison"),
    N_("the first run"),
    N_("the opened points"),
    N_("the preset"),
    N_("the preset’s run"),
    N_("the reset"),
    N_("the run after the reset"),
};

typedef struct Arguments {
    char text[ARGUMENTS][RUN_WORDS_BYTES];
} Arguments;

static void cut_out(char text[RUN_WORDS_BYTES], const char *from, size_t length) {
    snprintf(text, RUN_WORDS_BYTES, "%.*s", (int)(length < RUN_WORDS_BYTES ? length : RUN_WORDS_BYTES - 1), from);
}

/* Whether the text is that name; the last %s takes as little as it can, the first as much. */
static bool fits(const char *text, const char *name, Arguments *found) {
    const char *place = strstr(name, "%s");
    if (!place)
        return strcmp(text, name) == 0;
    size_t before = (size_t)(place - name);
    if (strncmp(text, name, before) != 0)
        return false;
    const char *rest = place + strlen("%s"), *next = strstr(rest, "%s");
    size_t between = next ? (size_t)(next - rest) : 0;
    text += before;
    if (!next) {
        cut_out(found->text[0], text, strlen(text));
        return text[0] != '\0';
    }
    for (const char *at = text + strlen(text); at > text; at--)
        if (strncmp(at, rest, between) == 0) {
            cut_out(found->text[0], text, (size_t)(at - text));
            cut_out(found->text[1], at + between, strlen(at + between));
            return at[between] != '\0';
        }
    return false;
}

/* "batch size 32": the label of a setting, whose first letter may be small here, and its value. */
static bool is_setting(const char *text, char words[RUN_WORDS_BYTES]) {
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const char *label = PROPERTIES[i].label;
        size_t length = strlen(label);
        if (tolower((unsigned char)text[0]) != tolower((unsigned char)label[0]) ||
            strncmp(text + 1, label + 1, length - 1) != 0 || text[length] != ' ')
            continue;
        const char *value = text + length + 1;
        if (strchr(value, ' ')) /* of a file, more likely */
            continue;
        /* TRANSLATORS: a setting and its value, "Batch size 32" */
        snprintf(words, RUN_WORDS_BYTES, trc("setting", "%s %s"), tr(label),
                 strcmp(value, "none") == 0 ? tr("none") : value);
        return true;
    }
    return false;
}

/* The arguments, as people read them, in the places of the translated name: "%s", or as printf counts them, "%2$s". */
static void put_arguments(const char *translated, const Arguments *a, char text[RUN_WORDS_BYTES]) {
    size_t used = 0, next = 0;
    for (const char *c = translated; *c && used + 1 < RUN_WORDS_BYTES;) {
        bool numbered = c[0] == '%' && (c[1] == '1' || c[1] == '2') && c[2] == '$' && c[3] == 's';
        if (!numbered && strncmp(c, "%s", 2) != 0) {
            text[used++] = *c++;
            continue;
        }
        char words[RUN_WORDS_BYTES];
        size_t which = numbered ? (size_t)(c[1] - '1') : next++;
        run_words(a->text[which < ARGUMENTS ? which : 0], words);
        int wrote = snprintf(text + used, RUN_WORDS_BYTES - used, "%s", words);
        used = used + (size_t)wrote < RUN_WORDS_BYTES ? used + (size_t)wrote : RUN_WORDS_BYTES - 1;
        c += numbered ? strlen("%1$s") : strlen("%s");
    }
    text[used] = '\0';
    text[utf8_whole(text, used)] = '\0';
}

void run_words(const char *english, char text[RUN_WORDS_BYTES]) {
    snprintf(text, RUN_WORDS_BYTES, "%s", english);
    if (strcmp(language_now(), "en") == 0)
        return;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        Arguments arguments = {0};
        if (fits(english, NAMES[i], &arguments)) {
            put_arguments(tr(NAMES[i]), &arguments, text);
            return;
        }
    }
    if (english[0] && !is_setting(english, text))
        snprintf(text, RUN_WORDS_BYTES, "%s", tr(english)); /* a setting's label */
}
