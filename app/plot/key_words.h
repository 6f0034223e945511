/* What the keys of plot, histogram, timeline and map say alike. */
#ifndef EASYFIRST_KEY_WORDS_H
#define EASYFIRST_KEY_WORDS_H

#include <stddef.h>

/* "easy, class 0", "in use, class 0", or with all in use, where there is no choice, "class 0". */
void key_counted(int order, const char *of, char *text, size_t size);
/* "hard (v = 0)"; of another order than easy first "left out (v = 0)" */
const char *key_left_out(int order);

#endif
