#include "app/io/pdf_cairo.h"

#include "app/base/memory_watch.h"

#include <dlfcn.h>
#include <stddef.h>

/* FreeType, which SDL2_ttf and cairo have loaded. */
static struct {
    int (*FT_Init_FreeType)(void **library);
    int (*FT_New_Face)(void *library, const char *file, long index, void **face);
    int (*FT_Done_Face)(void *face);
    void *library;
} ft;

static Cairo cairo;

/* Whether all are there: those of cairo, whose names begin with it, and of FreeType. */
static bool look_up(void *of_cairo, void *of_ft) {
    bool whole = true;
#define LOOK_UP(place, library, name) whole &= (*(void **)&(place) = dlsym(library, name)) != NULL;
#define LOOK_UP_CAIRO(name, type, arguments) LOOK_UP(cairo.name, of_cairo, "cairo_" #name)
    CAIRO_FUNCTIONS(LOOK_UP_CAIRO)
    LOOK_UP(ft.FT_Init_FreeType, of_ft, "FT_Init_FreeType")
    LOOK_UP(ft.FT_New_Face, of_ft, "FT_New_Face")
    LOOK_UP(ft.FT_Done_Face, of_ft, "FT_Done_Face")
#undef LOOK_UP_CAIRO
#undef LOOK_UP
    return whole && ft.FT_Init_FreeType(&ft.library) == 0;
}

const Cairo *pdf_cairo(Status *status) {
    static bool loaded;
    if (loaded)
        return &cairo;
    int before = memory_watch();
    void *of_cairo = memory_enough() ? dlopen("libcairo.so.2", RTLD_NOW | RTLD_LOCAL) : NULL;
    void *of_ft = dlopen("libfreetype.so.6", RTLD_NOW | RTLD_LOCAL);
    loaded = of_cairo && of_ft && look_up(of_cairo, of_ft);
    if (loaded) /* for good: cairo's caches stay */
        return &cairo;
    bool no_memory = memory_failed(before);
    if (of_cairo)
        dlclose(of_cairo);
    if (of_ft)
        dlclose(of_ft);
    if (no_memory)
        status_no_memory(status, "the PDF");
    else
        status_fail(status, STATUS_FAILED,
                    of_cairo
                        ? N_("a PDF needs the library cairo 1.16 or later; install it (Debian: libcairo2)")
                        : N_("a PDF needs the library cairo (libcairo.so.2), which is not there; install it (Debian: "
                             "libcairo2)"));
    return NULL;
}

static void done_with_face(void *face) {
    ft.FT_Done_Face(face);
}

cairo_font_face_t *pdf_cairo_face(const char *file, long index) {
    static const CairoKey key;
    void *face;
    if (ft.FT_New_Face(ft.library, file, index, &face) != 0)
        return NULL;
    cairo_font_face_t *made = cairo.ft_font_face_create_for_ft_face(face, 0);
    if (cairo.font_face_set_user_data(made, &key, face, done_with_face) == CAIRO_SUCCESS)
        return made;
    cairo.font_face_destroy(made);
    ft.FT_Done_Face(face);
    return NULL;
}
