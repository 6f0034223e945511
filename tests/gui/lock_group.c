/* lock_group N: chooses the N-th (from 0) of the keyboard's layouts under X11, as a desktop's switch does. */
#include <X11/XKBlib.h>

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    Display *display = argc == 2 ? XOpenDisplay(NULL) : NULL;
    if (!display || !XkbLockGroup(display, XkbUseCoreKbd, (unsigned)atoi(argv[1]))) {
        fprintf(stderr, "usage: lock_group N, under X11\n");
        return 2;
    }
    XCloseDisplay(display);
    return 0;
}
