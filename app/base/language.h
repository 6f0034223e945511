/* The language of what people read. The program's words are English in the source; a catalog, made by gettext's tools
 * from assets/languages/LANGUAGE.po, holds another language's. What goes into files that programs read (tables, traces,
 * sessions, presets) is English in every language.
 *
 * The tools are gettext's, the look-up is catalog.h's and not libintl's: since glibc 2.39 libintl does not translate in
 * C.UTF-8, the only locale of a bare Debian 13 or Ubuntu 24.04; a locale that is not generated has no language at all;
 * and it takes the language from the environment, which a program with threads can't change while it runs.
 *
 * Whole sentences: a translator can turn round their parts ("%2$s of %1$s"), but not those of two strings put together.
 * The extracting script, assets/languages/update, knows tr, trc, trn, N_ (core/status.h), status_fail and status_prefix
 * by name. */
#ifndef EASYFIRST_LANGUAGE_H
#define EASYFIRST_LANGUAGE_H

#include "core/status.h"

#include <stddef.h>

/* The language's words for the English ones, or those. A static string; of any thread. */
const char *tr(const char *english) __attribute__((format_arg(1)));
/* tr for a word that means several things: `context` tells the translator, and the catalog, which. */
const char *trc(const char *context, const char *english) __attribute__((format_arg(2)));
/* The form for n things: English `one` for 1, else `many`; a language may have one form or more. */
const char *trn(const char *one, const char *many, size_t n) __attribute__((format_arg(1), format_arg(2)));

#define LANGUAGE_LONGEST 24 /* bytes of a language's code, "zh_CN", with its end */
#define LANGUAGE_MOST 64

typedef struct Language {
    char code[LANGUAGE_LONGEST]; /* "en", "zh_CN" */
    char name[64];               /* in itself: "English", "简体中文" */
} Language;

/* What the environment asks for, as gettext reads it: LANGUAGE (a list), where LC_ALL, LC_MESSAGES or LANG does not ask
 * for none; the first of them that there is, otherwise English. */
void language_from_environment(void);
/* Chooses by code: as it stands, in any case, with - for _, or shorter (zh). Where there is none or its catalog can't
 * be read: false and *status, and the language stays. Not of two threads at once. */
bool language_choose(const char *code, Status *status);
/* Code of the language that is used: "en", ... */
const char *language_now(void);
/* All there are, English first, then by code; at most LANGUAGE_MOST. How many. */
size_t language_list(Language list[LANGUAGE_MOST]);
/* Where catalogs are looked for, instead of the program's own folder: FOLDER/LANGUAGE/LC_MESSAGES/easyfirst.mo. For
 * tests; before all others. NULL: as at first. */
void language_folder(const char *folder);

#endif
