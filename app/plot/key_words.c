#include "app/plot/key_words.h"

#include "app/base/language.h"
#include "core/config.h"

#include <stdio.h>

void key_counted(int order, const char *of, char *text, size_t size) {
    if (order == ORDER_ALL) /* hard first, the points in use are not the easy ones */
        snprintf(text, size, "%s", of);
    else /* TRANSLATORS: of the points of a class, as a line of the key */
        snprintf(text, size, order == ORDER_HARD ? tr("in use, %s") : tr("easy, %s"), of);
}

const char *key_left_out(int order) {
    return order == ORDER_EASY ? tr("hard (v = 0)") : tr("left out (v = 0)");
}
