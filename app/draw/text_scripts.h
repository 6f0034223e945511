/* Scripts for which Roboto has no letters: how fontconfig knows them, what has fonts for them, and which of them were
 * asked for in vain. */
#ifndef EASYFIRST_TEXT_SCRIPTS_H
#define EASYFIRST_TEXT_SCRIPTS_H

#include "app/draw/text_letters.h"

#define SCRIPT_EMOJI HB_TAG('Z', 's', 'y', 'e') /* in place of a cluster's script */

typedef struct ScriptFonts {
    hb_script_t script;
    const char *name, *language; /* language: as fontconfig tells them apart; "": any */
    const char *package;         /* Debian's smallest that has its letters */
    const char *more;            /* the one with letters that a font for it may lack */
    uint32_t sample;             /* a letter that each font for it has */
} ScriptFonts;

/* Never NULL: of a script that is not known by itself, what stands for all others. */
const ScriptFonts *script_fonts(hb_script_t script);

/* Which language's letter forms Chinese characters are to have: that of the kana or hangul beside them, else of the
 * locale, else Chinese. */
const char *script_language(const ScriptFonts *fonts, const Letter *letters, int count);

/* Remembers that there was no font for a letter, or no library that finds one. some: there is one for the script's
 * sample. Whole process; one thread at a time, as with all texts. */
void script_missing(const ScriptFonts *fonts, bool some, bool library);

/* What text_missing says (text.h). */
bool script_missing_line(char *line, size_t size);

#endif
