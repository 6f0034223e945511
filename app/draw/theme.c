#include "app/draw/theme.h"

#include <string.h>

#define RGB(hex) (0xff000000u | (hex))

/* Classes 0 and 1 are the post's. The others are Okabe and Ito's (2008) bluish green, reddish purple, sky blue and
 * yellow, then the wine of Paul Tol's muted scheme and a neutral: distinct for every common kind of colour vision. A
 * class's edge is its colour at about a third of the lightness, its region a fifth of its colour over white. In the
 * dark theme fills are lighter and regions darker, so that what is easy stands out and what is hard stays quiet. Lines
 * and letters of a class on a card need more contrast than a mark with an edge: they have colours of their own.
 * test_theme.c holds all of them to what the eye needs. */
const Theme THEME_LIGHT = {
    .name = "light",
    .ground = RGB(0xf4f5f7),
    .card = RGB(0xffffff),
    .line = RGB(0xe1e4ea),
    .text = RGB(0x1b2330),
    .muted = RGB(0x646e83), /* a touch darker than the design's #667085, which has 4.39:1 on the chips */
    .accent = RGB(0x0072b2),
    .on_accent = RGB(0xffffff),
    .track = RGB(0xd5dae3),
    .chip = RGB(0xeef1f5),
    .chip_hover = RGB(0xe3e8ef),
    .chip_pressed = RGB(0xd3dae5),
    .danger = RGB(0xb3261e),
    .third = RGB(0x7d2e00),
    .warn = RGB(0xb25e00),
    .warn_strip = RGB(0xfdf3e3),
    .accent_strip = RGB(0xe4f0f8),
    .focus_outer = RGB(0x0b3a5c),
    .focus_inner = RGB(0xffffff),
    .boundary = RGB(0x1b2330),
    .frame = RGB(0xe1e4ea),
    .class_fill = {RGB(0x1f77b4), RGB(0xff7f0e), RGB(0x009e73), RGB(0xcc79a7), RGB(0x56b4e9), RGB(0xf0e442),
                   RGB(0x99305f), RGB(0x4a515e)},
    .class_edge = {RGB(0x0a2a43), RGB(0x5a2c04), RGB(0x00382a), RGB(0x4d2339), RGB(0x123f58), RGB(0x544f08),
                   RGB(0x370d20), RGB(0x14171c)},
    .class_line = {RGB(0x1f77b4), RGB(0xd96500), RGB(0x00855f), RGB(0xb3598b), RGB(0x2c86bd), RGB(0x857a00),
                   RGB(0x99305f), RGB(0x4a515e)},
    .class_text = {RGB(0x1a6aa5), RGB(0xb04f00), RGB(0x00664d), RGB(0x8d3d72), RGB(0x1f6a98), RGB(0x6b6200),
                   RGB(0x99305f), RGB(0x4a515e)},
    .region = {RGB(0xd3e4f1), RGB(0xffe3c8), RGB(0xccece3), RGB(0xf5e4ed), RGB(0xdcf0fb), RGB(0xfbf8cf), RGB(0xebd6df),
               RGB(0xe0e2e6)},
    .region_neutral = RGB(0xffffff),
    .hard_fill = RGB(0xffffff),
    .hard_edge = RGB(0x8a93a3),
    .easy_size = 1.0f,
    .hard_size = 1.0f,
    .ring = RGB(0xb0006e),
    .curve_easy = RGB(0x0072b2),
    .curve_accuracy = RGB(0x009e73),
    .curve_loss = RGB(0xcc79a7),
    .curve_threshold = RGB(0x1b2330),
    .line_accuracy = RGB(0x007a5a),
    .line_loss = RGB(0xa8437c),
    .past = RGB(0xf9fafb),
    .earlier = RGB(0x8a93a3),
};

const Theme THEME_DARK = {
    .name = "dark",
    .ground = RGB(0x12161d),
    .card = RGB(0x1a2029),
    .line = RGB(0x2b3340),
    .text = RGB(0xe8ecf3),
    .muted = RGB(0x97a3b6),
    .accent = RGB(0x56b4e9),
    .on_accent = RGB(0x12161d),
    .track = RGB(0x39435a),
    .chip = RGB(0x242c38),
    .chip_hover = RGB(0x2e3847),
    .chip_pressed = RGB(0x3a4659),
    .danger = RGB(0xff8a80),
    .third = RGB(0xf0c24a),
    .warn = RGB(0xf5b95f),
    .warn_strip = RGB(0x33291a),
    .accent_strip = RGB(0x1d3446),
    .focus_outer = RGB(0xbfe3f8),
    .focus_inner = RGB(0x12161d),
    .boundary = RGB(0xe8ecf3),
    .frame = RGB(0x2b3340),
    .class_fill = {RGB(0x4aa3e0), RGB(0xff9a3c), RGB(0x2bc496), RGB(0xe59bc6), RGB(0x8fd0f5), RGB(0xf0e442),
                   RGB(0xe0699b), RGB(0xc3cad6)},
    .class_edge = {RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14),
                   RGB(0x0a0e14), RGB(0x0a0e14)},
    .class_line = {RGB(0x4aa3e0), RGB(0xff9a3c), RGB(0x2bc496), RGB(0xe59bc6), RGB(0x8fd0f5), RGB(0xf0e442),
                   RGB(0xe0699b), RGB(0xc3cad6)},
    .class_text = {RGB(0x6bb8ec), RGB(0xffab5c), RGB(0x2bc496), RGB(0xe59bc6), RGB(0x8fd0f5), RGB(0xf0e442),
                   RGB(0xe88bb1), RGB(0xc3cad6)},
    .region = {RGB(0x14283b), RGB(0x37271a), RGB(0x12302b), RGB(0x352638), RGB(0x1b3343), RGB(0x38361d), RGB(0x34202f),
               RGB(0x30353e)},
    .region_neutral = RGB(0x191e26),
    .hard_fill = RGB(0x1a212b),
    .hard_edge = RGB(0x76829a),
    .easy_size = 1.09f,
    .hard_size = 0.91f,
    .edge_outside = true,
    .ring = RGB(0xff86c8),
    .curve_easy = RGB(0x56b4e9),
    .curve_accuracy = RGB(0x7bd1b0),
    .curve_loss = RGB(0xe59bc6),
    .curve_threshold = RGB(0xe8ecf3),
    .line_accuracy = RGB(0x5fd0a5),
    .line_loss = RGB(0xe59bc6),
    .past = RGB(0x1e2530),
    .earlier = RGB(0x717d8f),
};

const Theme *theme_find(const char *name) {
    if (strcmp(name, THEME_LIGHT.name) == 0)
        return &THEME_LIGHT;
    if (strcmp(name, THEME_DARK.name) == 0)
        return &THEME_DARK;
    return NULL;
}
