#include "app/base/file_named.h"

#include "app/base/language.h"
#include "app/base/terminal.h"
#include "core/status.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SOON_MS = 100 }; /* what comes within it is not waited for */

FILE *file_open_named(const char *path, const char **why) {
    char text[1024];
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat info = {0};
    if (descriptor >= 0 && fstat(descriptor, &info) == 0 && S_ISFIFO(info.st_mode)) {
        struct pollfd writer = {.fd = descriptor, .events = POLLIN};
        if (poll(&writer, 1, SOON_MS) == 0) {
            snprintf(text, sizeof text, tr("waiting for %.900s, a pipe that nothing has come through yet"), path);
            terminal_say(text);
            poll(&writer, 1, -1);
        }
    }
    if (descriptor >= 0)
        fcntl(descriptor, F_SETFL, 0); /* reading waits again */
    FILE *file = descriptor >= 0 ? fdopen(descriptor, "r") : NULL;
    if (file)
        return file;
    int error = errno;
    if (descriptor >= 0)
        close(descriptor);
    *why = status_text(strerror(error));
    errno = error;
    return NULL;
}
