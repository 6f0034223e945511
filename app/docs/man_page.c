#include "app/docs/man_page.h"

#include "app/base/language.h"
#include "app/docs/words.h"
#include "app/draw/line_break.h"

#include <string.h>

/* A term and what it means, which is translated. In all texts here *word* is bold and _word_ is slanted. */
typedef struct Term {
    const char *term, *text;
} Term;

static const char *const DESCRIPTION[] = {
    N_("easyfirst trains a small classifier on 2D points, live, by self-paced learning: every point has a weight v, 1 while "
       "its loss is below a threshold (the point is easy), 0 while it is not (hard). After each epoch the threshold is "
       "multiplied by a growing factor, so that more and more points take part."),
    N_("Without *--headless* it opens a window that draws the model's decision regions and shows easy and hard points apart; "
       "? in it lists the keys. With *--headless* it trains to the end and writes the files that are asked for."),
    N_("_POINTS.csv_ (-: standard input) has columns x, y and label; without it, points are generated. _PRESET.ini_ is a "
       "preset, as *--preset* takes it. _SESSION.easyfirst_ is a session: its run goes on where it was; with *--headless* it "
       "is replayed."),
    N_("An option's value is the next word, or follows a =; it may be negative. Options may stand behind files; *--* ends "
       "them. Ranges and defaults are those of this version; defaults are in [ ]."),
};

static const char *const SETTINGS =
    N_("Each is an option, a key of a preset file's section [settings], and a control of the window.");

static const Term FILES[] = {
    {"_~/.config/easyfirst/presets/NAME.ini_", N_("Presets of your own. The gallery and *--list-presets* show them.")},
    {"_~/.local/state/easyfirst_",
     N_("What is kept from one start to the next: the window's size and looks, the files opened last, and sessions that "
        "were left unsaved.")},
    {"_NAME.easyfirst_", N_("A session: all that was done to a run, and what the window showed.")},
};

static const Term ENVIRONMENT[] = {
    {"*XDG_CONFIG_HOME*, *XDG_STATE_HOME*", N_("Folders in place of _~/.config_ and _~/.local/state_.")},
    {"*DISPLAY*, *WAYLAND_DISPLAY*, *SDL_VIDEODRIVER*", N_("Where the window opens, as SDL 2 has it.")},
    {"*LANGUAGE*, *LC_ALL*, *LC_MESSAGES*, *LANG*", N_("The language, where *--language* does not say it.")},
    {"*DBUS_SESSION_BUS_ADDRESS*", N_("Where the desktop's file chooser and its settings are asked for.")},
    {"*EASYFIRST_DEBUG*", N_("If it is 1, the window shows what each frame costs and which rectangles it drew anew.")},
};

static const Term STATUS[] = {
    {"*0*", N_("Done.")},
    {"*1*", N_("Something failed at run time.")},
    {"*2*", N_("Wrong usage. Here and with 1 a line on standard error says what, and where.")},
};

static const Term EXAMPLES[] = {
    {"easyfirst", N_("The run of the post, in the window.")},
    {"easyfirst --lesson post", N_("The same as a lesson in six notes.")},
    {"easyfirst iris.csv --columns petal_length,petal_width,species", N_("Points of your own; labels may be words.")},
    {"easyfirst --headless --preset anomalies --suspects 5", N_("Which labels look wrong?")},
    {"easyfirst --headless --gif post.gif --trace post.csv",
     N_("The post's moving picture and its figures, without a window.")},
    {"easyfirst --headless --sweep 'seeds=1..1000,order=easy|all' --trace rows.csv",
     N_("Does the curriculum help? 2,000 runs on all processors.")},
};

/* ---- roff ---- */

/* Whether a line may end at a byte that is no blank: Chinese has none, and groff ends lines nowhere else. *next: the
 * place that is looked for. */
static bool may_end(const char *text, size_t at, size_t *next) {
    if (at != *next)
        return false;
    *next = line_break_next(text, at);
    return text[at - 1] != ' ' && text[at] != ' ';
}

/* Text in which each character stands for itself, but for marks where `marked`. */
static void put_text(FILE *stream, const char *text, bool marked) {
    char font = 'R';
    size_t next = line_break_next(text, 0);
    for (const char *c = text; *c != '\0'; c++) {
        if (may_end(text, (size_t)(c - text), &next))
            fputs("\\:", stream);
        char mark = !marked ? '\0' : *c == '*' ? 'B' : *c == '_' ? 'I' : '\0';
        if (mark == 'I' && font == 'B') /* a name with underscores, in bold */
            mark = '\0';
        if (mark != '\0') {
            font = font == mark ? 'R' : mark;
            fprintf(stream, "\\f%c", font);
        } else if (*c == '\\') {
            fputs("\\e", stream);
        } else if (*c == '-') {
            fputs("\\-", stream);
        } else if (*c == '\'') {
            fputs("\\(aq", stream);
        } else if (*c == '~') {
            fputs("\\(ti", stream);
        } else if (*c == '^') {
            fputs("\\(ha", stream);
        } else if (*c == '`') {
            fputs("\\(ga", stream);
        } else if (*c == '.' && c == text) {
            fputs("\\&.", stream);
        } else {
            fputc(*c, stream);
        }
    }
    fputc('\n', stream);
}

static void put_heading(FILE *stream, const char *macro, const char *title) {
    fprintf(stream, ".%s %s\n", macro, title);
}

/* title: English, as all that is handed on here. */
static void put_terms(FILE *stream, const char *title, const Term *terms, size_t count) {
    put_heading(stream, "SH", tr(title));
    for (size_t i = 0; i < count; i++) {
        fputs(".TP\n", stream);
        put_text(stream, terms[i].term, true);
        put_text(stream, tr(terms[i].text), true);
    }
}

static void put_examples(FILE *stream) {
    put_heading(stream, "SH", tr("EXAMPLES"));
    for (size_t i = 0; i < sizeof EXAMPLES / sizeof *EXAMPLES; i++) {
        fputs(i > 0 ? ".PP\n" : "", stream);
        put_text(stream, tr(EXAMPLES[i].text), true);
        fputs(".PP\n.nf\n.RS 4\n", stream);
        put_text(stream, EXAMPLES[i].term, false);
        fputs(".RE\n.fi\n", stream);
    }
}

static void put_word(FILE *stream, const Word *word) {
    char head[128];
    if (word->argument)
        snprintf(head, sizeof head, "*--%s* _%s_", word->name, word->argument);
    else
        snprintf(head, sizeof head, "*--%s*", word->name);
    fputs(".TP\n", stream);
    put_text(stream, head, true);
    put_text(stream, word->text, false);
}

/* Those of parts `first` to before `end`, under a heading each. */
static void put_parts(FILE *stream, const Word *words, int count, int first, int end) {
    for (int part = first; part < end; part++) {
        put_heading(stream, "SS", words_part(part));
        for (int i = 0; i < count; i++)
            if (words[i].part == part)
                put_word(stream, &words[i]);
    }
}

static void put_head(FILE *stream, const char *date) {
    fprintf(stream,
            ".\\\" Written by the build from the tables of settings and options.\n"
            ".TH EASYFIRST 1 %s \"easyfirst %s\" \"%s\"\n",
            date, EASYFIRST_VERSION, tr("User Commands"));
    /* few blanks to stretch; groff 1.23 looks into AD at each heading */
    fputs(strcmp(language_now(), "en") != 0 ? ".ds AD l\n.ad l\n" : "", stream);
    put_heading(stream, "SH", tr("NAME"));
    fprintf(stream, "easyfirst \\- %s\n", tr("watch a classifier learn the easy points first"));
    put_heading(stream, "SH", tr("SYNOPSIS"));
    fprintf(stream,
            ".B easyfirst\n"
            "[\\fI%s\\fR]... [\\fIPOINTS.csv\\fR|\\fIPRESET.ini\\fR|\\fISESSION.easyfirst\\fR]\n",
            tr("OPTION"));
    put_heading(stream, "SH", tr("DESCRIPTION"));
    for (size_t i = 0; i < sizeof DESCRIPTION / sizeof *DESCRIPTION; i++) {
        fputs(i > 0 ? ".PP\n" : "", stream);
        put_text(stream, tr(DESCRIPTION[i]), true);
    }
}

#define PUT_TERMS(stream, title, terms) put_terms(stream, title, terms, sizeof(terms) / sizeof *(terms))

void man_page_write(FILE *stream, const char *date) {
    static Word words[WORDS_MAX];
    int count = words_list(words);
    put_head(stream, date);
    put_heading(stream, "SH", tr("OPTIONS"));
    put_parts(stream, words, count, GROUP_COUNT, PART_COUNT);
    put_heading(stream, "SH", tr("SETTINGS"));
    put_text(stream, tr(SETTINGS), true);
    put_parts(stream, words, count, 0, GROUP_COUNT);
    PUT_TERMS(stream, N_("FILES"), FILES);
    PUT_TERMS(stream, N_("ENVIRONMENT"), ENVIRONMENT);
    PUT_TERMS(stream, N_("EXIT STATUS"), STATUS);
    put_examples(stream);
    put_heading(stream, "SH", tr("SEE ALSO"));
    fputs(".BR ffmpeg (1),\n"
          ".BR xclip (1),\n"
          ".BR wl\\-copy (1)\n",
          stream);
}
