#include "app/io/pdf_cairo.h"

#include "app/base/library.h"
#include "app/base/memory_watch.h"

#include <dlfcn.h>
#include <stddef.h>

/* FreeType, which SDL2_ttf and cairo have loaded. */
typedef struct FreeType {
    int (*FT_Init_FreeType)(void **library);
    int (*FT_New_Face)(void *library, const char *file, long index, void **face);
    int (*FT_Done_Face)(void *face);
    void *library;
} FreeType;

static FreeType ft;
static Cairo cairo;

/* Whether all are there: those of cairo, whose names begin with it, and of FreeType. */
static bool look_up(void *of_cairo, void *of_ft) {
#define NAME(name, type, arguments) {"cairo_" #name, offsetof(Cairo, name)},
    static const LibraryName OF_CAIRO[] = {CAIRO_FUNCTIONS(NAME)};
#undef NAME
    static const LibraryName OF_FT[] = {{"FT_Init_FreeType", offsetof(FreeType, FT_Init_FreeType)},
                                        {"FT_New_Face", offsetof(FreeType, FT_New_Face)},
                                        {"FT_Done_Face", offsetof(FreeType, FT_Done_Face)}};
    return library_look_up(of_cairo, OF_CAIRO, sizeof OF_CAIRO / sizeof *OF_CAIRO, &cairo) &&
           library_look_up(of_ft, OF_FT, sizeof OF_FT / sizeof *OF_FT, &ft) && ft.FT_Init_FreeType(&ft.library) == 0;
}

const Cairo *pdf_cairo(Status *status) {
    static bool loaded;
    if (loaded)
        return &cairo;
    int before = memory_watch();
    void *of_cairo = memory_enough() ? dlopen("libcairo.so.2", RTLD_NOW | RTLD_LOCAL) : NULL;
    void *of_ft = dlopen("libfreetype.so.6", RTLD_NOW | RTLD_LOCAL);
    loaded = look_up(of_cairo, of_ft);
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
