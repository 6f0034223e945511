/* Losses in many orders, with ties. */
#ifndef EASYFIRST_PATTERNS_H
#define EASYFIRST_PATTERNS_H

#include <math.h>
#include <stddef.h>
#include <stdint.h>

enum { PATTERNS = 9 };

static uint32_t random_state = 1;

static uint32_t draw(uint32_t below) {
    random_state = random_state * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)random_state * below) >> 32);
}

static float pattern(int which, size_t i, size_t n) {
    switch (which) {
    case 0:
        return (float)i * 0.001f; /* upwards */
    case 1:
        return (float)(n - i) * 0.001f;
    case 2:
        return 0.25f; /* all alike */
    case 3:
        return 0.5f * (float)draw(4);
    case 4:
        return i % 2 ? 0.0f : -0.0f;
    case 5:
        return (float)draw(1000000) * 1e-6f;
    case 6:
        return expf((float)draw(160000) * 1e-3f - 80.0f); /* all magnitudes */
    case 7:
        return i < n / 2 ? (float)i : (float)(n - i); /* up and down */
    default:
        return 1.0f + (float)draw(5) * 0x1p-23f; /* neighbours */
    }
}

#endif
