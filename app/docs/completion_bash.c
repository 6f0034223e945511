#include "app/docs/completions.h"

#include "app/docs/words.h"

#include <string.h>

static const char HEAD[] =
    "# bash completion for easyfirst. Written by its build from the tables of settings and options.\n"
    "\n"
    "# The names that a list of the program begins its lines with.\n"
    "_easyfirst_names() {\n"
    "    \"$@\" 2>/dev/null | cut -d ' ' -f 1\n"
    "}\n"
    "\n"
    "_easyfirst() {\n"
    "    local cur prev words cword split\n"
    "    _init_completion -s || return\n"
    "    case $prev in\n";

/* Files with these endings, as _filedir takes them. */
static void put_files(FILE *stream, const char *endings) {
    fputs("_filedir", stream);
    if (endings[0] != '\0')
        fputs(" '@(", stream);
    for (const char *c = endings; *c != '\0'; c++)
        fputc(*c == ' ' ? '|' : *c, stream);
    fputs(endings[0] != '\0' ? ")'\n" : "\n", stream);
}

static void put_case(FILE *stream, const Word *word) {
    fprintf(stream, "    --%s)\n", word->name);
    const char *list = word->value == VALUE_PRESETS   ? "$(_easyfirst_names \"$1\" --list-presets)"
                       : word->value == VALUE_LESSONS ? "$(_easyfirst_names \"$1\" --lesson list)"
                                                      : "";
    if (list[0] != '\0' || word->choices[0] != '\0')
        fprintf(stream, "        COMPREPLY=($(compgen -W \"%s%s%s\" -- \"$cur\"))\n", list,
                list[0] != '\0' && word->choices[0] != '\0' ? " " : "", word->choices);
    if (word->endings) {
        fputs("        ", stream);
        put_files(stream, word->endings);
    }
    fputs("        return\n        ;;\n", stream);
}

/* Options whose value can't be listed: no file is offered in its place. */
static void put_others(FILE *stream, const Word *words, int count) {
    const char *separator = "    ";
    for (int i = 0; i < count; i++)
        if (words[i].value == VALUE_TEXT) {
            fprintf(stream, "%s--%s", separator, words[i].name);
            separator = " | ";
        }
    fputs(")\n        return\n        ;;\n", stream);
}

void completion_bash(FILE *stream) {
    static Word words[WORDS_MAX];
    int count = words_list(words);
    fputs(HEAD, stream);
    for (int i = 0; i < count; i++)
        if (words[i].value != VALUE_NONE && words[i].value != VALUE_TEXT)
            put_case(stream, &words[i]);
    put_others(stream, words, count);
    fputs("    esac\n"
          "    $split && return\n"
          "    if [[ $cur == -* ]]; then\n"
          "        COMPREPLY=($(compgen -W \"",
          stream);
    for (int i = 0; i < count; i++)
        fprintf(stream, "%s--%s", i > 0 ? " " : "", words[i].name);
    fputs("\" -- \"$cur\"))\n"
          "        return\n"
          "    fi\n"
          "    ",
          stream);
    put_files(stream, OPERAND_ENDINGS);
    fputs("} &&\n"
          "    complete -F _easyfirst easyfirst\n",
          stream);
}
