/* see_window ID FILE [X Y WIDTH HEIGHT]: writes what the window shows, or that part of it, as a PPM: sooner than import
 * starts. */
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <stdio.h>
#include <stdlib.h>

static int clamp(int value, int low, int high) {
    return value < low ? low : value > high ? high : value;
}

int main(int argc, char **argv) {
    char *end = NULL;
    Window window = argc == 3 || argc == 7 ? strtoul(argv[1], &end, 0) : 0;
    if (window == 0 || *end != '\0') {
        fprintf(stderr, "usage: see_window ID FILE [X Y WIDTH HEIGHT]\n");
        return 2;
    }
    Display *display = XOpenDisplay(NULL);
    XWindowAttributes is; /* a window that does not exist ends the program with an error here */
    if (!display || !XGetWindowAttributes(display, window, &is)) {
        fprintf(stderr, "see_window: no display\n");
        return EXIT_FAILURE;
    }
    int x0 = 0, y0 = 0, x1 = is.width, y1 = is.height;
    if (argc == 7) {
        x0 = clamp(atoi(argv[3]), 0, is.width), y0 = clamp(atoi(argv[4]), 0, is.height);
        x1 = clamp(x0 + atoi(argv[5]), x0, is.width), y1 = clamp(y0 + atoi(argv[6]), y0, is.height);
    }
    XImage *image = x0 < x1 && y0 < y1 ? XGetImage(display, window, x0, y0, (unsigned)(x1 - x0), (unsigned)(y1 - y0),
                                                   AllPlanes, ZPixmap)
                                       : NULL;
    FILE *file = fopen(argv[2], "wb");
    if (!image || image->bits_per_pixel != 32 || image->byte_order != LSBFirst || !file) {
        fprintf(stderr, "see_window: nothing to see, of another kind than it knows, or nowhere to write it\n");
        return EXIT_FAILURE;
    }
    fprintf(file, "P6 %d %d 255\n", image->width, image->height);
    for (int y = 0; y < image->height; y++) {
        const char *p = image->data + (size_t)y * (size_t)image->bytes_per_line;
        for (int x = 0; x < image->width; x++, p += 4) { /* blue, green, red */
            putc(p[2], file);
            putc(p[1], file);
            putc(p[0], file);
        }
    }
    int failed = ferror(file);
    failed |= fclose(file);
    XDestroyImage(image);
    XCloseDisplay(display);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
