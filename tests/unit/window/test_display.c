/* The window on a display: which one is taken, what is said where there is none, and how the picture comes to it, as a
 * surface or as a texture. SDL's dummy display is the ground; what fails or answers otherwise is the test's. */
#include "app/window/present.h"

#include "tests/support/failing_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- what SDL answers ---- */

typedef enum {
    FAILS_NOTHING,
    FAILS_WINDOW,
    FAILS_GL,
    FAILS_RENDERER,
    FAILS_TEXTURE,
    FAILS_UPDATE,
    FAILS_CLEAR,
    FAILS_COPY,
    FAILS_SURFACE,
    FAILS_CONVERSION,
    FAILS_RECTS,
    FAILS_BOUNDS,
    FAILS_SIZE
} Fails;

static Fails fails_at;
static const char *driver;   /* what it says to be; NULL: what it is */
static const char *second;   /* the same once the first has been given up */
static bool there;           /* whichever is asked for is the dummy one */
static bool memory_missing;  /* SDL had none */
static SDL_Surface *surface; /* the window's, or NULL */
static int rect_count;       /* parts that were brought to the screen last */
static SDL_Rect rects[64];

int __real_SDL_InitSubSystem(Uint32 flags);
void __real_SDL_QuitSubSystem(Uint32 flags);
const char *__real_SDL_GetCurrentVideoDriver(void);
SDL_Window *__real_SDL_CreateWindow(const char *title, int x, int y, int w, int h, Uint32 flags);
SDL_Renderer *__real_SDL_CreateRenderer(SDL_Window *window, int index, Uint32 flags);
SDL_Texture *__real_SDL_CreateTexture(SDL_Renderer *renderer, Uint32 format, int access, int w, int h);
int __real_SDL_UpdateTexture(SDL_Texture *texture, const SDL_Rect *rect, const void *pixels, int pitch);
int __real_SDL_RenderClear(SDL_Renderer *renderer);
int __real_SDL_RenderCopy(SDL_Renderer *renderer, SDL_Texture *texture, const SDL_Rect *from, const SDL_Rect *to);
SDL_Surface *__real_SDL_GetWindowSurface(SDL_Window *window);
int __real_SDL_UpdateWindowSurfaceRects(SDL_Window *window, const SDL_Rect *parts, int count);
int __real_SDL_ConvertPixels(int width, int height, Uint32 from, const void *source, int pitch, Uint32 format, void *to,
                             int to_pitch);
int __real_SDL_GetDisplayUsableBounds(int display, SDL_Rect *bounds);
void __real_SDL_GetWindowSizeInPixels(SDL_Window *window, int *w, int *h);
bool __real_memory_failed(int before);

int __wrap_SDL_InitSubSystem(Uint32 flags);
void __wrap_SDL_QuitSubSystem(Uint32 flags);
const char *__wrap_SDL_GetCurrentVideoDriver(void);
SDL_Window *__wrap_SDL_CreateWindow(const char *title, int x, int y, int w, int h, Uint32 flags);
int __wrap_SDL_GL_LoadLibrary(const char *path);
void __wrap_SDL_GL_UnloadLibrary(void);
SDL_Renderer *__wrap_SDL_CreateRenderer(SDL_Window *window, int index, Uint32 flags);
SDL_Texture *__wrap_SDL_CreateTexture(SDL_Renderer *renderer, Uint32 format, int access, int w, int h);
int __wrap_SDL_UpdateTexture(SDL_Texture *texture, const SDL_Rect *rect, const void *pixels, int pitch);
int __wrap_SDL_RenderClear(SDL_Renderer *renderer);
int __wrap_SDL_RenderCopy(SDL_Renderer *renderer, SDL_Texture *texture, const SDL_Rect *from, const SDL_Rect *to);
SDL_Surface *__wrap_SDL_GetWindowSurface(SDL_Window *window);
int __wrap_SDL_UpdateWindowSurfaceRects(SDL_Window *window, const SDL_Rect *parts, int count);
int __wrap_SDL_ConvertPixels(int width, int height, Uint32 from, const void *source, int pitch, Uint32 format, void *to,
                             int to_pitch);
int __wrap_SDL_GetDisplayUsableBounds(int display, SDL_Rect *bounds);
void __wrap_SDL_GetWindowSizeInPixels(SDL_Window *window, int *w, int *h);
bool __wrap_memory_failed(int before);

static int fail_at(Fails what) {
    return fails_at == what ? SDL_SetError("the test's") : 0;
}

int __wrap_SDL_InitSubSystem(Uint32 flags) {
    if (there)
        SDL_SetHintWithPriority(SDL_HINT_VIDEODRIVER, "dummy", SDL_HINT_OVERRIDE);
    return __real_SDL_InitSubSystem(flags);
}

void __wrap_SDL_QuitSubSystem(Uint32 flags) {
    driver = second;
    __real_SDL_QuitSubSystem(flags);
}

const char *__wrap_SDL_GetCurrentVideoDriver(void) {
    return driver ? driver : __real_SDL_GetCurrentVideoDriver();
}

SDL_Window *__wrap_SDL_CreateWindow(const char *title, int x, int y, int w, int h, Uint32 flags) {
    return fail_at(FAILS_WINDOW) ? NULL : __real_SDL_CreateWindow(title, x, y, w, h, flags);
}

int __wrap_SDL_GL_LoadLibrary(const char *path) {
    (void)path;
    return fail_at(FAILS_GL);
}

void __wrap_SDL_GL_UnloadLibrary(void) {}

SDL_Renderer *__wrap_SDL_CreateRenderer(SDL_Window *window, int index, Uint32 flags) {
    (void)flags;
    return fail_at(FAILS_RENDERER) ? NULL : __real_SDL_CreateRenderer(window, index, SDL_RENDERER_SOFTWARE);
}

SDL_Texture *__wrap_SDL_CreateTexture(SDL_Renderer *renderer, Uint32 format, int access, int w, int h) {
    return fail_at(FAILS_TEXTURE) ? NULL : __real_SDL_CreateTexture(renderer, format, access, w, h);
}

int __wrap_SDL_UpdateTexture(SDL_Texture *texture, const SDL_Rect *rect, const void *pixels, int pitch) {
    rects[rect_count++ % 64] = *rect;
    return fail_at(FAILS_UPDATE) ? -1 : __real_SDL_UpdateTexture(texture, rect, pixels, pitch);
}

int __wrap_SDL_RenderClear(SDL_Renderer *renderer) {
    return fail_at(FAILS_CLEAR) ? -1 : __real_SDL_RenderClear(renderer);
}

int __wrap_SDL_RenderCopy(SDL_Renderer *renderer, SDL_Texture *texture, const SDL_Rect *from, const SDL_Rect *to) {
    return fail_at(FAILS_COPY) ? -1 : __real_SDL_RenderCopy(renderer, texture, from, to);
}

SDL_Surface *__wrap_SDL_GetWindowSurface(SDL_Window *window) {
    SDL_Surface *real = __real_SDL_GetWindowSurface(window);
    return fail_at(FAILS_SURFACE) ? NULL : surface ? surface : real;
}

int __wrap_SDL_UpdateWindowSurfaceRects(SDL_Window *window, const SDL_Rect *parts, int count) {
    rect_count = count;
    memcpy(rects, parts, (size_t)count * sizeof *parts);
    return fail_at(FAILS_RECTS) ? -1 : __real_SDL_UpdateWindowSurfaceRects(window, parts, count);
}

int __wrap_SDL_ConvertPixels(int width, int height, Uint32 from, const void *source, int pitch, Uint32 format, void *to,
                             int to_pitch) {
    return fail_at(FAILS_CONVERSION)
               ? -1
               : __real_SDL_ConvertPixels(width, height, from, source, pitch, format, to, to_pitch);
}

int __wrap_SDL_GetDisplayUsableBounds(int display, SDL_Rect *bounds) {
    return fail_at(FAILS_BOUNDS) ? -1 : __real_SDL_GetDisplayUsableBounds(display, bounds);
}

void __wrap_SDL_GetWindowSizeInPixels(SDL_Window *window, int *w, int *h) {
    __real_SDL_GetWindowSizeInPixels(window, w, h);
    *w = fails_at == FAILS_SIZE ? 0 : *w;
}

bool __wrap_memory_failed(int before) {
    return memory_missing || __real_memory_failed(before);
}

/* ---- opening ---- */

static Present present;
static Status status;

static int set_up(void **state) {
    (void)state;
    fails_at = FAILS_NOTHING;
    driver = second = NULL;
    there = true;
    memory_missing = false;
    surface = NULL;
    rect_count = 0;
    status = (Status){0};
    SDL_ResetHint(SDL_HINT_VIDEODRIVER);
    unsetenv("SDL_VIDEODRIVER");
    unsetenv("WAYLAND_DISPLAY");
    return setenv("DISPLAY", ":0", 1);
}

static bool opens(void) {
    return present_open(&present, "title", 640, 480, &status);
}

static void says(const char *words) {
    assert_false(opens());
    assert_null(present.window);
    if (!strstr(status.message, words))
        fail_msg("not '%s' but '%s'", words, status.message);
}

static void without_a_display_that_is_said(void **state) {
    (void)state;
    there = false;
    unsetenv("DISPLAY");
    says("no display: neither DISPLAY nor WAYLAND_DISPLAY is set");
    setenv("DISPLAY", "", 1);
    setenv("WAYLAND_DISPLAY", "", 1);
    says("no display: neither DISPLAY nor WAYLAND_DISPLAY is set");
    setenv("DISPLAY", ":7777", 1);
    says("no display: cannot use :7777: ");
    setenv("WAYLAND_DISPLAY", "/nonexistent/wayland-9", 1);
    says("no display: cannot use /nonexistent/wayland-9: ");
    unsetenv("DISPLAY");
    says("no display: cannot use /nonexistent/wayland-9: ");
    unsetenv("WAYLAND_DISPLAY");
    setenv("SDL_VIDEODRIVER", "nosuch", 1);
    says("no display: cannot use it: ");
    memory_missing = true;
    says("not enough memory");
}

static void a_window_that_does_not_open_is_said(void **state) {
    (void)state;
    fails_at = FAILS_WINDOW;
    says("cannot open a window: the test's");
    driver = second = "wayland"; /* nor on the other display */
    says("cannot open a window: the test's");
    memory_missing = true;
    says("not enough memory");
    memory_missing = false;
    driver = "wayland";
    second = NULL;
    setenv("SDL_VIDEODRIVER", "dummy", 1); /* that one, and no other */
    says("cannot open a window: the test's");
    assert_string_equal(driver, "wayland");
    unsetenv("SDL_VIDEODRIVER");
    unsetenv("DISPLAY");
    setenv("WAYLAND_DISPLAY", "wayland-0", 1);
    says("cannot open a window: the test's");
    assert_string_equal(driver, "wayland");
}

/* Wayland without OpenGL: X11 is taken where it is. */
static void without_opengl_the_other_display_is_taken(void **state) {
    static const Fails CASES[] = {FAILS_GL, FAILS_RENDERER};
    (void)state;
    setenv("WAYLAND_DISPLAY", "wayland-0", 1);
    for (int i = 0; i < 2; i++) {
        fails_at = CASES[i];
        driver = "wayland";
        second = "x11";
        if (!opens())
            fail_msg("%s", status.message);
        assert_false(present_is_wayland(&present));
        assert_string_equal(SDL_GetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION), "0");
        present_close(&present);
    }
}

/* ---- a picture as a surface ---- */

enum { WIDTH = 640, HEIGHT = 480 };

static Canvas canvas;
static const uint32_t RED = 0xffff0000, BLUE = 0xff0000ff;

static void fill(uint32_t color) {
    for (int i = 0; i < canvas.width * canvas.height; i++)
        canvas.pixels[i] = color;
}

static void begin(const char *name) {
    driver = name;
    if (!opens() || !canvas_resize(&canvas, WIDTH, HEIGHT, &status))
        fail_msg("%s", status.message);
    fill(RED);
}

static void end(void) {
    present_close(&present);
    canvas_free(&canvas);
}

static void shows(void) {
    rect_count = 0;
    if (!present_canvas(&present, &canvas, &status))
        fail_msg("%s", status.message);
}

static void cannot_be_shown(Fails what) {
    fails_at = what;
    canvas.pixels[7] += 0x10;
    assert_false(present_canvas(&present, &canvas, &status));
    assert_non_null(strstr(status.message, "cannot draw into the window: "));
    fails_at = FAILS_NOTHING;
}

static bool whole(int width, int height) {
    return rect_count == 1 && rects[0].w == width && rects[0].h == height;
}

static void what_changes_is_brought_to_the_surface(void **state) {
    (void)state;
    begin(NULL);
    shows();
    assert_true(whole(WIDTH, HEIGHT));
    shows();
    assert_int_equal(rect_count, 0);
    canvas.pixels[100 * WIDTH + 100] = BLUE;
    shows();
    assert_true(rect_count == 1 && rects[0].w < WIDTH);
    present_stale(&present);
    shows();
    assert_true(whole(WIDTH, HEIGHT));
    cannot_be_shown(FAILS_SURFACE);
    cannot_be_shown(FAILS_RECTS);
    end();
}

/* Surfaces of other sizes, and of pixels that are not the canvas's. */
static void other_surfaces_are_filled_as_well(void **state) {
    static const struct {
        Uint32 format, pixel;
        int width, height;
    } CASES[] = {{SDL_PIXELFORMAT_RGB565, 0xf800, WIDTH, HEIGHT},
                 {SDL_PIXELFORMAT_ABGR8888, 0xff0000ff, WIDTH, HEIGHT},
                 {SDL_PIXELFORMAT_ARGB8888, 0xffff0000, WIDTH + 8, HEIGHT - 8},
                 {SDL_PIXELFORMAT_RGB888, 0xff0000, WIDTH - 8, HEIGHT + 8}};
    (void)state;
    begin(NULL);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        surface = SDL_CreateRGBSurfaceWithFormat(0, CASES[i].width, CASES[i].height, 32, CASES[i].format);
        assert_non_null(surface);
        for (int times = 0; times < 2; times++) {
            shows();
            uint32_t pixel =
                surface->format->BytesPerPixel == 2 ? *(uint16_t *)surface->pixels : *(uint32_t *)surface->pixels;
            assert_int_equal(pixel & ~surface->format->Amask & 0xffffff,
                             CASES[i].pixel & ~surface->format->Amask & 0xffffff);
        }
        SDL_FreeSurface(surface);
    }
    static uint32_t rows[HEIGHT * (WIDTH + 1)]; /* rows that do not begin with whole pixels */
    surface = SDL_CreateRGBSurfaceWithFormatFrom(rows, WIDTH, HEIGHT, 32, 4 * WIDTH + 2, SDL_PIXELFORMAT_RGB888);
    assert_non_null(surface);
    shows();
    uint32_t pixel;
    memcpy(&pixel, (char *)rows + surface->pitch, sizeof pixel);
    assert_int_equal(pixel & 0xffffff, 0xff0000);
    SDL_FreeSurface(surface);
    surface = SDL_CreateRGBSurfaceWithFormat(0, WIDTH, HEIGHT, 16, SDL_PIXELFORMAT_RGB565);
    cannot_be_shown(FAILS_CONVERSION);
    SDL_FreeSurface(surface);
    surface = NULL;
    end();
}

/* ---- a picture as a texture ---- */

static void what_changes_is_brought_to_the_texture(void **state) {
    static const Fails CASES[] = {FAILS_UPDATE, FAILS_CLEAR, FAILS_COPY};
    (void)state;
    begin("wayland");
    assert_true(present_is_wayland(&present));
    cannot_be_shown(FAILS_TEXTURE);
    present_stale(&present);
    left = 0; /* no memory for the copy */
    assert_false(present_canvas(&present, &canvas, &status));
    assert_non_null(strstr(status.message, "memory"));
    assert_true(canvas_resize(&canvas, WIDTH + 1, HEIGHT, &status)); /* that is another one */
    fill(RED);
    shows();
    assert_true(whole(WIDTH + 1, HEIGHT));
    shows();
    assert_int_equal(rect_count, 0);
    canvas.pixels[100 * WIDTH + 100] = BLUE;
    shows();
    assert_true(rect_count == 1 && rects[0].w < WIDTH);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        cannot_be_shown(CASES[i]);
    assert_true(canvas_resize(&canvas, WIDTH + 1, HEIGHT + 2, &status));
    fill(BLUE);
    shows();
    assert_true(whole(WIDTH + 1, HEIGHT + 2));
    present_stale(&present);
    shows();
    assert_true(whole(WIDTH + 1, HEIGHT + 2));
    end();
}

/* ---- the window itself ---- */

static void size(int *width, int *height) {
    SDL_GetWindowSize(present.window, width, height);
}

static void it_is_enlarged_up_to_the_screen(void **state) {
    int width, height;
    SDL_Rect screen;
    char name[32];
    (void)state;
    present_title(&(Present){0}, "without a window");
    begin(NULL);
    assert_int_equal(SDL_GetDisplayUsableBounds(0, &screen), 0);
    present_enlarge(&present, 700, 500);
    size(&width, &height);
    assert_true(width == 700 && height == 500);
    present_enlarge(&present, 9000, 9000);
    size(&width, &height);
    assert_true(width == screen.w && height == screen.h);
    fails_at = FAILS_BOUNDS; /* as nobody knows */
    present_enlarge(&present, 3000, 2000);
    size(&width, &height);
    assert_true(width == 3000 && height == 2000);
    fails_at = FAILS_SIZE;
    assert_float_equal(present_pixels(&present), 1.0f, 0.0f);
    fails_at = FAILS_NOTHING;
    assert_float_equal(present_pixels(&present), 1.0f, 0.0f);
    assert_float_equal(present_desktop_scale(&present), 1.0f, 0.0f);
    present_title(&present, "another");
    present_title(&present, "another");
    assert_string_equal(SDL_GetWindowTitle(present.window), "another");
    present_name(&present, name);
    assert_string_equal(name, "");
    present_icon(&present, &(Canvas){.width = -1, .height = 1}); /* none is no failure */
    present_icon(&present, &canvas);
    present_cursor(&present, CURSOR_NONE);
    assert_int_equal(SDL_ShowCursor(SDL_QUERY), SDL_DISABLE);
    present_cursor(&present, CURSOR_HAND);
    present_cursor(&present, CURSOR_HAND);
    assert_int_equal(SDL_ShowCursor(SDL_QUERY), SDL_ENABLE);
    end();
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup(name, set_up)
    const struct CMUnitTest tests[] = {
        TEST(without_a_display_that_is_said),
        TEST(a_window_that_does_not_open_is_said),
        TEST(without_opengl_the_other_display_is_taken),
        TEST(what_changes_is_brought_to_the_surface),
        TEST(other_surfaces_are_filled_as_well),
        TEST(what_changes_is_brought_to_the_texture),
        TEST(it_is_enlarged_up_to_the_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
