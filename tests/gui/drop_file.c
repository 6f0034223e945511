/* drop_file ID FILE: drops a file on the window, as a file manager does (XDND, version 5). Ends with 0 when the
 * window has taken it. */
#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static Display *display;
static Window source, target;

static Atom atom(const char *name) {
    return XInternAtom(display, name, False);
}

static void tell(const char *message, long a, long b, long c, long d) {
    XEvent event = {.xclient = {.type = ClientMessage, .window = target, .format = 32}};
    event.xclient.message_type = atom(message);
    event.xclient.data.l[0] = (long)source;
    event.xclient.data.l[1] = a;
    event.xclient.data.l[2] = b;
    event.xclient.data.l[3] = c;
    event.xclient.data.l[4] = d;
    XSendEvent(display, target, False, NoEventMask, &event);
}

/* The window asks for the file's address. */
static void answer(const XSelectionRequestEvent *asked, const char *uri) {
    XChangeProperty(display, asked->requestor, asked->property, asked->target, 8, PropModeReplace,
                    (const unsigned char *)uri, (int)strlen(uri));
    XEvent event = {.xselection = {.type = SelectionNotify,
                                   .requestor = asked->requestor,
                                   .selection = asked->selection,
                                   .target = asked->target,
                                   .property = asked->property,
                                   .time = asked->time}};
    XSendEvent(display, asked->requestor, False, NoEventMask, &event);
}

int main(int argc, char **argv) {
    char *end = NULL, uri[4200];
    target = argc == 3 ? strtoul(argv[1], &end, 0) : 0;
    if (target == 0 || *end != '\0' || argv[2][0] != '/') {
        fprintf(stderr, "usage: drop_file ID /PATH\n");
        return 2;
    }
    snprintf(uri, sizeof uri, "file://%s\r\n", argv[2]);
    display = XOpenDisplay(NULL);
    if (display == NULL) {
        fprintf(stderr, "drop_file: no display\n");
        return 1;
    }
    source = XCreateSimpleWindow(display, DefaultRootWindow(display), 0, 0, 1, 1, 0, 0, 0);
    XSetSelectionOwner(display, atom("XdndSelection"), source, CurrentTime);
    tell("XdndEnter", 5L << 24, (long)atom("text/uri-list"), 0, 0);
    tell("XdndPosition", 0, 300L << 16 | 300, CurrentTime, (long)atom("XdndActionCopy"));
    XFlush(display);
    alarm(20); /* a window that does not answer ends the program */
    for (;;) {
        XEvent event;
        XNextEvent(display, &event);
        if (event.type == SelectionRequest)
            answer(&event.xselectionrequest, uri);
        else if (event.type == ClientMessage && event.xclient.message_type == atom("XdndStatus"))
            tell("XdndDrop", 0, CurrentTime, 0, 0);
        else if (event.type == ClientMessage && event.xclient.message_type == atom("XdndFinished"))
            break;
        XFlush(display);
    }
    XCloseDisplay(display);
    return 0;
}
