/* docs_writer WHAT FILE [DATE [LANGUAGE]]: writes what the build installs beside the program, from the program's own
 * tables: the man page (with the release's DATE), or a completion for bash, fish or zsh. */
#include "app/base/language.h"
#include "app/docs/completions.h"
#include "app/docs/man_page.h"

#include <stdbool.h>
#include <string.h>

static bool write_what(const char *what, FILE *stream, const char *date) {
    static const struct {
        const char *shell;
        void (*write)(FILE *stream);
    } COMPLETIONS[] = {{"bash", completion_bash}, {"fish", completion_fish}, {"zsh", completion_zsh}};
    for (size_t i = 0; i < sizeof COMPLETIONS / sizeof *COMPLETIONS; i++)
        if (strcmp(what, COMPLETIONS[i].shell) == 0) {
            COMPLETIONS[i].write(stream);
            return true;
        }
    if (strcmp(what, "man") == 0 && date)
        man_page_write(stream, date);
    return strcmp(what, "man") == 0 && date;
}

int main(int argc, char **argv) {
    FILE *stream = argc >= 3 ? fopen(argv[2], "w") : NULL;
    if (argc >= 3 && !stream)
        perror(argv[2]);
    if (!stream)
        return 1;
    Status status = {0};
    if (argc > 4 && !language_choose(argv[4], &status)) {
        fprintf(stderr, "docs_writer: %s\n", status.message);
        return 1;
    }
    bool known = write_what(argv[1], stream, argc > 3 ? argv[3] : NULL);
    bool written = !ferror(stream);
    written = fclose(stream) == 0 && written;
    if (!known || !written)
        fprintf(stderr, "docs_writer: %s: %s\n", argv[2], known ? "can't be written" : "don't know what to write");
    return known && written ? 0 : 1;
}
