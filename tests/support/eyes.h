/* How colours look: to eyes of every common kind, in print, and beside each other. */
#ifndef EASYFIRST_EYES_H
#define EASYFIRST_EYES_H

#include "app/draw/canvas.h"

#include <math.h>

typedef struct Linear {
    double c[3];
} Linear;

static inline Linear linear_of(Color color) {
    Linear l;
    for (int i = 0; i < 3; i++) {
        double v = (double)(color >> (16 - 8 * i) & 255) / 255.0;
        l.c[i] = v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
    }
    return l;
}

/* Linear RGB as eyes without the third kind of cone see it (Machado, Oliveira and Fernandes 2009, severity 1), and as a
 * printer without colours prints it. */
static const struct {
    const char *name;
    double rows[3][3];
} EYES[] = {
    {"usual", {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
    {"deuteranopia",
     {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
    {"protanopia", {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
    {"print", {{0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}, {0.2126, 0.7152, 0.0722}}},
};
enum { EYE_USUAL, EYE_DEUTERANOPIA, EYE_PROTANOPIA, EYE_PRINT, EYE_COUNT };

static inline Linear seen(Linear l, int eye) {
    Linear out;
    for (int i = 0; i < 3; i++) {
        out.c[i] = 0.0;
        for (int k = 0; k < 3; k++)
            out.c[i] += EYES[eye].rows[i][k] * l.c[k];
        out.c[i] = fmin(1.0, fmax(0.0, out.c[i]));
    }
    return out;
}

static inline double lab_part(double t) {
    return t > 216.0 / 24389.0 ? cbrt(t) : (24389.0 / 27.0 * t + 16.0) / 116.0;
}

/* CIE 1976 difference of two colours (D65), as that eye sees them. */
static inline double eye_difference(Color first, Color second, int eye) {
    Linear a = seen(linear_of(first), eye), b = seen(linear_of(second), eye);
    static const double XYZ[3][3] = {
        {0.4124564, 0.3575761, 0.1804375}, {0.2126729, 0.7151522, 0.0721750}, {0.0193339, 0.1191920, 0.9503041}};
    static const double WHITE[3] = {0.95047, 1.0, 1.08883};
    double lab[2][3];
    for (int w = 0; w < 2; w++) {
        const Linear *l = w == 0 ? &a : &b;
        double f[3];
        for (int i = 0; i < 3; i++)
            f[i] = lab_part((XYZ[i][0] * l->c[0] + XYZ[i][1] * l->c[1] + XYZ[i][2] * l->c[2]) / WHITE[i]);
        lab[w][0] = 116.0 * f[1] - 16.0;
        lab[w][1] = 500.0 * (f[0] - f[1]);
        lab[w][2] = 200.0 * (f[1] - f[2]);
    }
    return sqrt(pow(lab[0][0] - lab[1][0], 2.0) + pow(lab[0][1] - lab[1][1], 2.0) + pow(lab[0][2] - lab[1][2], 2.0));
}

static inline double luminance(Color color) {
    Linear l = linear_of(color);
    return 0.2126 * l.c[0] + 0.7152 * l.c[1] + 0.0722 * l.c[2];
}

static inline double contrast(Color a, Color b) {
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

#endif
