/* Names in the scripts that Roboto has no letters for, and that the tests have fonts for (support/fonts.conf). */
#ifndef EASYFIRST_TESTS_SCRIPTS_H
#define EASYFIRST_TESTS_SCRIPTS_H

static const char *const SCRIPT_NAMES[] = {
    "猫咪",    "ねこ", "한국어", "قطة", "חתול", "แมว ที่นี่", "बिल्ली क्षत्रिय", "🐱", "👩‍👩‍👧 🇩🇪 👍🏽",
    "ქართული",
};
enum { SCRIPT_NAME_COUNT = sizeof SCRIPT_NAMES / sizeof *SCRIPT_NAMES };

#endif
