#include "app/docs/words.h"

#include "app/base/language.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* How the files of these options end. */
static const struct {
    const char *option, *endings;
} ENDINGS[] = {
    {"gif", "gif"},
    {"mp4", "mp4"},
    {"webm", "webm"},
    {"png", "png"},
    {"svg", "svg"},
    {"pdf", "pdf"},
    {"html", "html"},
    {"points", "csv"},
    {"scores", "csv"},
    {"weights", "csv"},
    {"model", "json"},
    {"trace", "csv jsonl"},
    {"parameters", "csv"},
    {"live-trace", "csv"},
    {"record", "log"},
    {"replay", "log easyfirst"},
    {"widgets", ""},
    {"summarize", "csv jsonl"},
    {"preset", PRESET_ENDING},
};

/* Of --delimiter, which takes other signs as well (points_format.h). */
static const char DELIMITERS[] = "comma semicolon tab space pipe";

static const char *endings_of(const char *option) {
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++)
        if (strcmp(ENDINGS[i].option, option) == 0)
            return ENDINGS[i].endings;
    return NULL;
}

const char *words_part(int part) {
    static const char *const TITLES[PART_COUNT] = {
        [GROUP_DATA] = N_("Data"),
        [GROUP_MODEL] = N_("Model"),
        [GROUP_TRAINING] = N_("Training"),
        [GROUP_CURRICULUM] = N_("Curriculum"),
        [GROUP_RUN] = N_("Run"),
        [(int)GROUP_COUNT + (int) SECTION_PROGRAM] = N_("Program"),
        [(int)GROUP_COUNT + (int) SECTION_WINDOW] = N_("Window"),
        [(int)GROUP_COUNT + (int) SECTION_HEADLESS] = N_("Without a window"),
    };
    return tr(TITLES[part]);
}

static void add_choice(Word *word, const char *choice, size_t length) {
    size_t used = strlen(word->choices);
    assert(used + 1 + length < sizeof word->choices);
    snprintf(word->choices + used, sizeof word->choices - used, "%s%.*s", used > 0 ? " " : "", (int)length, choice);
}

/* Those that the table lists, else those that the argument names: "yes|no|LINE" has two. */
static void take_choices(Word *word, const char *const *choices) {
    for (; choices && *choices; choices++)
        add_choice(word, *choices, strlen(*choices));
    if (word->choices[0] != '\0' || !strchr(word->argument, '|'))
        return;
    for (const char *c = word->argument; *c != '\0';) {
        size_t length = strcspn(c, "|");
        if (strspn(c, "abcdefghijklmnopqrstuvwxyz-") == length)
            add_choice(word, c, length);
        c += length + (c[length] == '|');
    }
}

static void take_brief(Word *word, const char *help) {
    const char *end = strstr(help, ". "), *wide = strstr(help, "。");
    if (wide && (!end || wide < end))
        end = wide;
    size_t length = end ? (size_t)(end - help) : strlen(help) - (help[0] && help[strlen(help) - 1] == '.');
    assert(length < sizeof word->brief);
    snprintf(word->brief, sizeof word->brief, "%.*s", (int)length, help);
}

static void take_property(Word *word, const Property *property, const Settings *defaults) {
    *word = (Word){.name = property->name, .argument = property->argument, .part = (int)property->group};
    take_choices(word, property->kind == KIND_CHOICE ? property->choices : NULL);
    word->value = word->choices[0] != '\0' ? VALUE_CHOICE : VALUE_TEXT;
    cli_describe_setting(property, defaults, word->text);
    take_brief(word, word->text);
}

static void take_option(Word *word, const Option *option) {
    *word = (Word){.name = option->name,
                   .argument = option->argument,
                   .part = GROUP_COUNT + (int)option->section,
                   .again = option->kind == OPTION_EACH};
    if (word->argument) {
        take_choices(word, option->kind == OPTION_CHOICE ? option->choices : NULL);
        if (option->kind == OPTION_DELIMITER)
            add_choice(word, DELIMITERS, strlen(DELIMITERS));
        word->endings = endings_of(option->name);
        word->value = strcmp(option->name, "preset") == 0   ? VALUE_PRESETS
                      : strcmp(option->name, "lesson") == 0 ? VALUE_LESSONS
                      : word->endings                       ? VALUE_FILE
                      : word->choices[0] != '\0'            ? VALUE_CHOICE
                                                            : VALUE_TEXT;
    }
    cli_describe_option(option, word->text);
    take_brief(word, word->text);
}

int words_list(Word words[WORDS_MAX]) {
    Settings defaults;
    settings_default(&defaults);
    int count = 0;
    for (int part = 0; part < PART_COUNT; part++) {
        for (int i = 0; i < PROPERTY_COUNT; i++)
            if ((int)PROPERTIES[i].group == part)
                take_property(&words[count++], &PROPERTIES[i], &defaults);
        for (int i = 0; i < OPTION_COUNT; i++)
            if (GROUP_COUNT + (int)OPTIONS[i].section == part)
                take_option(&words[count++], &OPTIONS[i]);
    }
    return count;
}
