/* read_clipboard: writes the clipboard's text, as pasting it would. Ends with 0 if there was some. */
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(void) {
    Display *display = XOpenDisplay(NULL);
    if (!display)
        return EXIT_FAILURE;
    Window window = XCreateSimpleWindow(display, DefaultRootWindow(display), 0, 0, 1, 1, 0, 0, 0);
    Atom property = XInternAtom(display, "EASYFIRST_CLIPBOARD", False);
    XConvertSelection(display, XInternAtom(display, "CLIPBOARD", False), XInternAtom(display, "UTF8_STRING", False),
                      property, window, CurrentTime);
    XFlush(display);
    int code = EXIT_FAILURE;
    bool answered = false;
    for (int i = 0; i < 500 && !answered; i++, usleep(10000)) { /* five seconds for the owner to answer */
        XEvent event;
        while (!answered && XPending(display)) {
            XNextEvent(display, &event);
            if (event.type != SelectionNotify)
                continue;
            answered = true;
            Atom type;
            int format;
            unsigned long count, more;
            unsigned char *text = NULL;
            if (!event.xselection.property ||
                XGetWindowProperty(display, window, property, 0, 16384, True, AnyPropertyType, &type, &format, &count,
                                   &more, &text) != Success ||
                !text)
                continue;
            puts((const char *)text);
            XFree(text);
            code = EXIT_SUCCESS;
        }
    }
    XCloseDisplay(display);
    return code;
}
