#include "app/docs/completions.h"

#include "app/docs/words.h"

#include <string.h>

static const char HEAD[] =
    "#compdef easyfirst\n"
    "# Written by easyfirst's build from the tables of settings and options.\n"
    "\n"
    "# The names, and what is said of them, that a list of the program has.\n"
    "_easyfirst_names() {\n"
    "    local -a names\n"
    "    names=(${(f)\"$($words[1] \"$@\" 2>/dev/null | sed 's/:/\\\\:/g; s/  */:/')\"})\n"
    "    _describe -t names name names\n"
    "}\n"
    "_easyfirst_preset_names() { _easyfirst_names --list-presets }\n"
    "_easyfirst_lesson_names() { _easyfirst_names --lesson list }\n"
    "\n"
    "_easyfirst_presets() {\n"
    "    _alternative 'presets:preset:_easyfirst_preset_names' 'files:file:_files -g \"*." PRESET_ENDING "\"'\n"
    "}\n"
    "\n"
    "_easyfirst_lessons() {\n"
    "    _alternative 'lessons:lesson:_easyfirst_lesson_names' 'words:word:(list)'\n"
    "}\n"
    "\n"
    "_arguments -S \\\n";

/* Within single quotes, in a description or message of _arguments. */
static void put_quoted(FILE *stream, const char *text) {
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\'')
            fputs("'\\'", stream);
        else if (strchr("[]:\\", *c))
            fputc('\\', stream);
        fputc(*c, stream);
    }
}

static void put_files(FILE *stream, const char *endings) {
    fputs("_files", stream);
    if (endings[0] == '\0')
        return;
    fputs(" -g \"*.(", stream);
    for (const char *c = endings; *c != '\0'; c++)
        fputc(*c == ' ' ? '|' : *c, stream);
    fputs(")(-.)\"", stream); /* without (-.) a single ending in brackets would be a qualifier */
}

static void put_value(FILE *stream, const Word *word) {
    fputc(':', stream);
    put_quoted(stream, word->argument);
    fputc(':', stream);
    if (word->value == VALUE_PRESETS) {
        fputs("_easyfirst_presets", stream);
    } else if (word->value == VALUE_LESSONS) {
        fputs("_easyfirst_lessons", stream);
    } else if (word->endings && word->choices[0] != '\0') {
        fprintf(stream, "_alternative \"words\\:word\\:(%s)\" \"files\\:file\\:_files\"", word->choices);
    } else if (word->endings) {
        put_files(stream, word->endings);
    } else {
        fprintf(stream, word->choices[0] != '\0' ? "(%s)" : " %s", word->choices);
    }
}

static void put_word(FILE *stream, const Word *word) {
    fprintf(stream, "    '%s--%s%s[", word->again ? "*" : "", word->name, word->argument ? "=" : "");
    put_quoted(stream, word->brief);
    fputc(']', stream);
    if (word->argument)
        put_value(stream, word);
    fputs("' \\\n", stream);
}

void completion_zsh(FILE *stream) {
    static Word words[WORDS_MAX];
    int count = words_list(words);
    fputs(HEAD, stream);
    for (int i = 0; i < count; i++)
        put_word(stream, &words[i]);
    fputs("    '*:points, preset or session:", stream);
    put_files(stream, OPERAND_ENDINGS);
    fputs("'\n", stream);
}
