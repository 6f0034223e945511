#include "app/draw/theme.h"

#include "app/draw/marks.h"

#include <math.h>
#include <string.h>

#define RGB(hex) (0xff000000u | (hex))

/* Classes 0 and 1 are the post's. Up to class 7 the others are Okabe and Ito's (2008) bluish green, reddish purple, sky
 * blue and yellow, then the wine of Paul Tol's muted scheme and a neutral: distinct for every common kind of colour
 * vision. From class 16 on each shape comes a second time (mark_shape): the two of a shape are 45 and more apart in CIE
 * Lab for the usual eye, deuteranopia and protanopia, and 17 and more in grey. The colours from class 8 on were found
 * by simulated annealing, which put those distances and that of any two classes as high as they go.
 * A class's edge is its colour at about a third of the lightness, its region a fifth of its colour over white. In the
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
                   RGB(0x99305f), RGB(0x4a515e), RGB(0x69dde1), RGB(0x69a542), RGB(0x255dcb), RGB(0xa06347),
                   RGB(0x00431e), RGB(0x81077b), RGB(0x4b3c03), RGB(0xe6c97d), RGB(0x8bc99b), RGB(0x0a6e71),
                   RGB(0xb0da5a), RGB(0x3f5e00), RGB(0xad3e28), RGB(0x82393f), RGB(0xb2a91f), RGB(0xfda945),
                   RGB(0xa27406), RGB(0x724b7d), RGB(0xf47c84), RGB(0xbacbfc), RGB(0xab78ea), RGB(0xe29b6a),
                   RGB(0x25e4ca), RGB(0x6437a2)},
    .class_edge = {RGB(0x0a2a43), RGB(0x5a2c04), RGB(0x00382a), RGB(0x4d2339), RGB(0x123f58), RGB(0x544f08),
                   RGB(0x370d20), RGB(0x14171c), RGB(0x2c5c5d), RGB(0x2a421a), RGB(0x0e244f), RGB(0x3e261b),
                   RGB(0x001e0d), RGB(0x390337), RGB(0x201901), RGB(0x5f5334), RGB(0x395240), RGB(0x042a2c),
                   RGB(0x495a25), RGB(0x192500), RGB(0x441810), RGB(0x35171a), RGB(0x48440d), RGB(0x68451c),
                   RGB(0x3f2d02), RGB(0x2c1d31), RGB(0x633235), RGB(0x4d5469), RGB(0x44305e), RGB(0x5c3f2b),
                   RGB(0x0f5f54), RGB(0x291642)},
    .class_line = {RGB(0x1f77b4), RGB(0xd96500), RGB(0x00855f), RGB(0xb3598b), RGB(0x2c86bd), RGB(0x857a00),
                   RGB(0x99305f), RGB(0x4a515e), RGB(0x499a9c), RGB(0x639c3e), RGB(0x255dcb), RGB(0xa06347),
                   RGB(0x00431e), RGB(0x81077b), RGB(0x4b3c03), RGB(0xa08c57), RGB(0x304535), RGB(0x085d5f),
                   RGB(0x3a481e), RGB(0x344d00), RGB(0x87301f), RGB(0x733238), RGB(0x98901b), RGB(0xc08034),
                   RGB(0x755404), RGB(0x724b7d), RGB(0x4f282b), RGB(0x3b404f), RGB(0xa876e6), RGB(0xba8057),
                   RGB(0x1a9e8c), RGB(0x6437a2)},
    .class_text = {RGB(0x1a6aa5), RGB(0xb04f00), RGB(0x00664d), RGB(0x8d3d72), RGB(0x1f6a98), RGB(0x6b6200),
                   RGB(0x99305f), RGB(0x4a515e), RGB(0x387678), RGB(0x4d7830), RGB(0x255dcb), RGB(0x985e43),
                   RGB(0x00431e), RGB(0x81077b), RGB(0x4b3c03), RGB(0x7b6c43), RGB(0x51755a), RGB(0x0a6e71),
                   RGB(0x5e7530), RGB(0x3f5e00), RGB(0xad3e28), RGB(0x82393f), RGB(0x756f14), RGB(0x936228),
                   RGB(0x8f6605), RGB(0x724b7d), RGB(0xa6545a), RGB(0x636c86), RGB(0x815bb1), RGB(0x916344),
                   RGB(0x147a6c), RGB(0x6437a2)},
    .region = {RGB(0xd3e4f1), RGB(0xffe3c8), RGB(0xccece3), RGB(0xf5e4ed), RGB(0xdcf0fb), RGB(0xfbf8cf), RGB(0xebd6df),
               RGB(0xe0e2e6), RGB(0xdef8f8), RGB(0xdeebd5), RGB(0xcfdbf4), RGB(0xeaddd7), RGB(0xc7d6ce), RGB(0xe3c8e2),
               RGB(0xd7d4c8), RGB(0xfaf3e2), RGB(0xe5f3e9), RGB(0xc9dfe0), RGB(0xeef7db), RGB(0xd5dcc7), RGB(0xedd5d0),
               RGB(0xe4d3d5), RGB(0xeeecce), RGB(0xffecd6), RGB(0xebe0c8), RGB(0xe0d7e2), RGB(0xfde2e4), RGB(0xf0f4fe),
               RGB(0xede1fa), RGB(0xf9e9de), RGB(0xcff9f3), RGB(0xddd3eb)},
    .region_neutral = RGB(0xffffff),
    .hard_fill = RGB(0xffffff),
    .hard_edge = RGB(0x8a93a3),
    .easy_size = 1.0f,
    .hard_size = 1.0f,
    .ring = RGB(0xb0006e),
    .helps = RGB(0x1b7837),
    .hurts = RGB(0x8e3b8a),
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
                   RGB(0xe0699b), RGB(0xc3cad6), RGB(0x15a0a4), RGB(0x86b963), RGB(0x728af1), RGB(0xb8856e),
                   RGB(0xbdfdcc), RGB(0xd666cc), RGB(0xab8e1f), RGB(0xf0dbab), RGB(0x6ee393), RGB(0xa9fcfe),
                   RGB(0xd2fd7b), RGB(0xdff7a6), RGB(0xe56d51), RGB(0xef888e), RGB(0xe0d473), RGB(0xc2843c),
                   RGB(0xf6bd59), RGB(0xf5d1fd), RGB(0xfebbbc), RGB(0xa7c0ff), RGB(0xc596fc), RGB(0xfab17e),
                   RGB(0x4cfce1), RGB(0xa892bf)},
    .class_edge = {RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14),
                   RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14),
                   RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14),
                   RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14),
                   RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14), RGB(0x0a0e14),
                   RGB(0x0a0e14), RGB(0x0a0e14)},
    .class_line = {RGB(0x4aa3e0), RGB(0xff9a3c), RGB(0x2bc496), RGB(0xe59bc6), RGB(0x8fd0f5), RGB(0xf0e442),
                   RGB(0xe0699b), RGB(0xc3cad6), RGB(0x15a0a4), RGB(0x86b963), RGB(0x728af1), RGB(0xb8856e),
                   RGB(0xbdfdcc), RGB(0xd666cc), RGB(0xab8e1f), RGB(0xf0dbab), RGB(0x86e8a5), RGB(0xa9fcfe),
                   RGB(0xd2fd7b), RGB(0xdff7a6), RGB(0xe46c51), RGB(0xef888e), RGB(0xe0d473), RGB(0xc2843c),
                   RGB(0xf6bf5d), RGB(0xf7dbfd), RGB(0xfebbbc), RGB(0xb2c8ff), RGB(0xc596fc), RGB(0xfbbb8e),
                   RGB(0x4cfce1), RGB(0xa892bf)},
    .class_text = {RGB(0x6bb8ec), RGB(0xffab5c), RGB(0x2bc496), RGB(0xe59bc6), RGB(0x8fd0f5), RGB(0xf0e442),
                   RGB(0xe88bb1), RGB(0xc3cad6), RGB(0x1ca3a7), RGB(0x86b963), RGB(0x768df1), RGB(0xba8872),
                   RGB(0xbdfdcc), RGB(0xd769cd), RGB(0xad9023), RGB(0xf0dbab), RGB(0x6ee393), RGB(0xa9fcfe),
                   RGB(0xd2fd7b), RGB(0xdff7a6), RGB(0xe67054), RGB(0xef888e), RGB(0xe0d473), RGB(0xc3863f),
                   RGB(0xf6bd59), RGB(0xf5d1fd), RGB(0xfebbbc), RGB(0xa7c0ff), RGB(0xc596fc), RGB(0xfab17e),
                   RGB(0x4cfce1), RGB(0xa892bf)},
    .region = {RGB(0x14283b), RGB(0x37271a), RGB(0x12302b), RGB(0x352638), RGB(0x1b3343), RGB(0x38361d), RGB(0x34202f),
               RGB(0x30353e), RGB(0x0b292e), RGB(0x212e21), RGB(0x1d243d), RGB(0x2b2323), RGB(0x283531), RGB(0x311d36),
               RGB(0x292513), RGB(0x34332d), RGB(0x1c362a), RGB(0x25363b), RGB(0x2c3723), RGB(0x2f352b), RGB(0x341f1d),
               RGB(0x362429), RGB(0x333324), RGB(0x2d2319), RGB(0x382f1f), RGB(0x35313d), RGB(0x392e32), RGB(0x282f40),
               RGB(0x2e273f), RGB(0x382c26), RGB(0x153938), RGB(0x282633)},
    .region_neutral = RGB(0x191e26),
    .hard_fill = RGB(0x1a212b),
    .hard_edge = RGB(0x76829a),
    .easy_size = 1.09f,
    .hard_size = 0.91f,
    .edge_outside = true,
    .ring = RGB(0xff86c8),
    .helps = RGB(0x7fd19b),
    .hurts = RGB(0xd79be0),
    .curve_easy = RGB(0x56b4e9),
    .curve_accuracy = RGB(0x7bd1b0),
    .curve_loss = RGB(0xe59bc6),
    .curve_threshold = RGB(0xe8ecf3),
    .line_accuracy = RGB(0x5fd0a5),
    .line_loss = RGB(0xe59bc6),
    .past = RGB(0x1e2530),
    .earlier = RGB(0x717d8f),
};

/* About linear light of a channel of 0 to 255. */
static float light_of(Color c, int shift) {
    return powf((float)(c >> shift & 255) / 255.0f, 2.2f);
}

static float luminance(Color c) {
    return 0.2126f * light_of(c, 16) + 0.7152f * light_of(c, 8) + 0.0722f * light_of(c, 0);
}

Color theme_hard_edge(const Theme *theme, int class) {
    if (class < MARK_SHAPES)
        return theme->hard_edge;
    Color tinted = color_mix(theme->hard_edge, theme->class_fill[class], 0.55f), edge = 0xff;
    float brighter = luminance(theme->hard_edge) / luminance(tinted);
    for (int shift = 16; shift >= 0; shift -= 8) {
        float channel = powf(fminf(light_of(tinted, shift) * brighter, 1.0f), 1.0f / 2.2f);
        edge = edge << 8 | (Color)(channel * 255.0f + 0.5f);
    }
    return edge;
}

const Theme *theme_find(const char *name) {
    if (strcmp(name, THEME_LIGHT.name) == 0)
        return &THEME_LIGHT;
    if (strcmp(name, THEME_DARK.name) == 0)
        return &THEME_DARK;
    return NULL;
}

const Theme *theme_of(const char *name) {
    const Theme *theme = name ? theme_find(name) : NULL;
    return theme ? theme : &THEME_LIGHT;
}

bool theme_is_choice(const char *name) {
    return theme_find(name) || strcmp(name, THEME_AUTO) == 0;
}
