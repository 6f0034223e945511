/* close_window ID: asks the window to close, as a window manager does when its close button is pressed. The
 * journeys run without a window manager, and `xdotool windowclose` would destroy the window instead of
 * asking. */
#include <X11/Xlib.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    char *end = NULL;
    Window window = argc == 2 ? strtoul(argv[1], &end, 0) : 0;
    if (window == 0 || *end != '\0') {
        fprintf(stderr, "usage: close_window ID\n");
        return 2;
    }
    Display *display = XOpenDisplay(NULL);
    if (display == NULL) {
        fprintf(stderr, "close_window: no display\n");
        return 1;
    }
    XEvent event = {.xclient = {.type = ClientMessage, .window = window, .format = 32}};
    event.xclient.message_type = XInternAtom(display, "WM_PROTOCOLS", False);
    event.xclient.data.l[0] = (long)XInternAtom(display, "WM_DELETE_WINDOW", False);
    event.xclient.data.l[1] = CurrentTime;
    Status sent = XSendEvent(display, window, False, NoEventMask, &event);
    XCloseDisplay(display); /* flushes; a window that does not exist ends the program with an error here */
    return sent != 0 ? 0 : 1;
}
