/* What settings_check (config.h) compares. */
#ifndef EASYFIRST_CONFIG_CHECK_H
#define EASYFIRST_CONFIG_CHECK_H

#include "core/config.h"

/* Whether it looks at a setting. Each of its rules refuses numbers, and lists by their lengths, on one side of a bound:
 * so of a grid of settings it is enough to check the ends. */
bool settings_check_uses(PropertyId id);

#endif
