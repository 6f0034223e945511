/* What config.c and config_text.c share. */
#ifndef EASYFIRST_CONFIG_PRIVATE_H
#define EASYFIRST_CONFIG_PRIVATE_H

#include "core/config.h"

/* REAL, INTEGER, SEED, SWITCH and CHOICE, without a look at the range. */
void property_store(Settings *settings, const Property *property, double value);

#endif
