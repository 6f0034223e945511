/* The words of a page in the language of the program, for its script: ,"language": of HTML's lang, "words": {English:
 * translated, ...}, those alone that differ. */
#ifndef EASYFIRST_PAGE_WORDS_H
#define EASYFIRST_PAGE_WORDS_H

#include <stdio.h>

void page_words_write(FILE *stream);

#endif
