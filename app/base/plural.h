/* gettext's rule of plural forms: "nplurals=2; plural=n != 1;". The expression is C's, of n, whole numbers without sign,
 * ( ) ! * / % + - < <= > >= == != && || and ?: (GNU gettext manual, "Plural forms"). */
#ifndef EASYFIRST_PLURAL_H
#define EASYFIRST_PLURAL_H

#include <stdbool.h>

#define PLURAL_FORMS 8 /* at most; Arabic has 6 */

/* Number of forms and, in *expression, the place within `header` of what chooses one; 0 if there is no such line. */
int plural_forms(const char *header, const char **expression);
/* Which form n things take; false where the expression is none, divides by zero or leads beyond the forms. */
bool plural_choose(const char *expression, int forms, unsigned long n, int *form);

#endif
