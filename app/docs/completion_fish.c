#include "app/docs/completions.h"

#include "app/docs/words.h"

static const char HEAD[] =
    "# fish completion for easyfirst. Written by its build from the tables of settings and options.\n"
    "\n"
    "# Files that end so, and folders; all files if no ending is named.\n"
    "function __easyfirst_files\n"
    "    set -l begun (string replace -r -- '^--[a-z0-9-]+=' '' (commandline -ct))\n"
    "    set -l ending '\\\\.(?:'(string join '|' $argv)')'\n"
    "    set -q argv[1]; or set ending ''\n"
    "    __fish_complete_suffix \"$begun\" . | string match -r -- \".*(?:/|$ending)\\$\"\n"
    "end\n"
    "\n"
    "# The names, and what is said of them, that a list of the program has.\n"
    "function __easyfirst_names\n"
    "    set -l program (commandline -opc)[1]\n"
    "    $program $argv 2>/dev/null | string replace -r ' +' '\\t'\n"
    "end\n"
    "\n"
    "complete -c easyfirst -f\n"
    "complete -c easyfirst -k -a '(__easyfirst_files " OPERAND_ENDINGS ")'\n";

/* Within single quotes. */
static void put_quoted(FILE *stream, const char *text) {
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '\'' || *c == '\\')
            fputc('\\', stream);
        fputc(*c, stream);
    }
}

static void put_value(FILE *stream, const Word *word) {
    fputs(" -x", stream);
    if (word->value == VALUE_TEXT)
        return;
    fprintf(stream, "%s -a '%s", word->endings ? " -k" : "", word->choices);
    if (word->value == VALUE_PRESETS)
        fputs(" (__easyfirst_names --list-presets)", stream);
    if (word->value == VALUE_LESSONS)
        fputs(" (__easyfirst_names --lesson list)", stream);
    if (word->endings)
        fprintf(stream, " (__easyfirst_files %s)", word->endings);
    fputc('\'', stream);
}

void completion_fish(FILE *stream) {
    static Word words[WORDS_MAX];
    int count = words_list(words);
    fputs(HEAD, stream);
    for (int i = 0; i < count; i++) {
        fprintf(stream, "complete -c easyfirst -l %s", words[i].name);
        if (words[i].argument)
            put_value(stream, &words[i]);
        fputs(" -d '", stream);
        put_quoted(stream, words[i].brief);
        fputs("'\n", stream);
    }
}
