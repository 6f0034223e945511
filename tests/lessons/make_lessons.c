/* Makes the logs of lessons from their texts: make_lessons FROM.txt TO.log ... (the target `lessons` makes all). */
#include "tests/support/lesson_source.h"

static bool make(const char *from, const char *to) {
    size_t size;
    char *source = lesson_file(from, &size), *log = source ? lesson_make(source, &size) : NULL;
    FILE *f = log ? fopen(to, "wb") : NULL;
    bool done = f && fwrite(log, 1, size, f) == size;
    done = f && fclose(f) == 0 && done;
    if (!done)
        fprintf(stderr, "%s: no lesson of it in %s\n", from, to);
    free(source);
    free(log);
    return done;
}

int main(int argc, char **argv) {
    bool done = argc > 2 && argc % 2 == 1;
    for (int i = 1; done && i < argc; i += 2)
        done = make(argv[i], argv[i + 1]);
    return done ? 0 : 1;
}
