#include "app/base/language.h"

#include "app/base/catalog.h"
#include "app/base/memory_watch.h"
#include "app/base/resources.h"

#include <dirent.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

/* A catalog once read stays: words of it may be on show anywhere. */
typedef struct Loaded {
    Language language;
    Catalog *catalog;
} Loaded;

static Loaded loaded[LANGUAGE_MOST];
static size_t loaded_count;
static _Atomic(const Loaded *) now; /* NULL: English */
static const char *own_folder;

const char *tr(const char *english) {
    return trc(NULL, english);
}

const char *trc(const char *context, const char *english) {
    const Loaded *language = atomic_load_explicit(&now, memory_order_acquire);
    const char *found = language && *english ? catalog_find(language->catalog, context, english) : NULL;
    return found ? found : english;
}

const char *trn(const char *one, const char *many, size_t n) {
    const Loaded *language = atomic_load_explicit(&now, memory_order_acquire);
    const char *found = language ? catalog_find_plural(language->catalog, one, n) : NULL;
    return found ? found : n == 1 ? one : many;
}

const char *tr_error(int error) {
    return tr(strerror(error));
}

void language_folder(const char *folder) {
    own_folder = folder;
}

/* Beside the program's other files: share/locale once installed. malloc'd; NULL: there is none. */
static char *folder_of_catalogs(void) {
    Status unused;
    return own_folder ? strdup(own_folder) : resource_catalogs(&unused);
}

static bool path_of(char path[PATH_MAX], const char *folder, const char *code) {
    int length = snprintf(path, PATH_MAX, "%s/%s/LC_MESSAGES/easyfirst.mo", folder, code);
    return length < PATH_MAX && access(path, R_OK) == 0;
}

/* Reads it if that is still to be done; NULL and *status if it can't be. */
static const Loaded *load(const char *folder, const char *code, Status *status) {
    for (size_t i = 0; i < loaded_count; i++)
        if (strcmp(loaded[i].language.code, code) == 0)
            return &loaded[i];
    char path[PATH_MAX];
    if (loaded_count == LANGUAGE_MOST || !path_of(path, folder, code)) {
        status_fail(status, STATUS_FAILED, "%s: there are no words in that language", code);
        return NULL;
    }
    Loaded *language = &loaded[loaded_count];
    language->catalog = catalog_read(path, status);
    if (!language->catalog)
        return NULL;
    /* TRANSLATORS: your language's name in itself, as in a list of languages: "Deutsch" */
    const char *name = catalog_find(language->catalog, "this language's name", "English");
    snprintf(language->language.code, sizeof language->language.code, "%s", code);
    snprintf(language->language.name, sizeof language->language.name, "%s", name ? name : code);
    loaded_count++;
    return language;
}

static int by_code(const void *a, const void *b) {
    return strcmp(((const Language *)a)->code, ((const Language *)b)->code);
}

/* Codes alone; at most `most`. */
static size_t list_codes(const char *folder, Language *list, size_t most) {
    DIR *open = opendir(folder);
    size_t count = 0;
    for (const struct dirent *entry; open && count < most && (entry = readdir(open));) {
        char path[PATH_MAX];
        if (entry->d_name[0] != '.' && strlen(entry->d_name) < LANGUAGE_LONGEST && path_of(path, folder, entry->d_name))
            snprintf(list[count++].code, LANGUAGE_LONGEST, "%s", entry->d_name);
    }
    if (open)
        closedir(open);
    qsort(list, count, sizeof *list, by_code);
    return count;
}

static size_t codes(const char *folder, Language list[LANGUAGE_MOST]) {
    list[0] = (Language){"en", "English"};
    return 1 + (folder ? list_codes(folder, list + 1, LANGUAGE_MOST - 1) : 0);
}

size_t language_list(Language list[LANGUAGE_MOST]) {
    char *folder = folder_of_catalogs();
    size_t found = codes(folder, list), count = 1;
    for (size_t i = 1; i < found; i++) {
        Status unused;
        const Loaded *language = load(folder, list[i].code, &unused);
        if (language)
            list[count++] = language->language;
    }
    free(folder);
    return count;
}

enum { FIT_NONE, FIT_BEGINS, FIT_WHOLE };

/* "zh-cn" is zh_CN, "zh" begins it; of a locale, zh_CN.UTF-8@pinyin, what stands before . and @ counts. */
static int fits(const char *asked, const char *code) {
    size_t length = strcspn(asked, ".@");
    for (size_t i = 0; i < length; i++) {
        char sign[2] = {asked[i] == '-' ? '_' : asked[i]}, other[2] = {code[i]};
        if (strcasecmp(sign, other) != 0)
            return FIT_NONE;
    }
    return length == 0 ? FIT_NONE : code[length] == '\0' ? FIT_WHOLE : code[length] == '_' ? FIT_BEGINS : FIT_NONE;
}

static const char *best_of(const char *asked, const Language *list, size_t count, int least) {
    const char *best = NULL;
    for (size_t i = 0; i < count; i++) {
        int fit = fits(asked, list[i].code);
        if (fit >= least) {
            best = list[i].code;
            least = fit + 1;
        }
    }
    return best;
}

/* The code that `asked` means, or its language without the country (de_AT: de); NULL: none. */
static const char *find(const char *asked, const Language *list, size_t count) {
    char language[LANGUAGE_LONGEST];
    snprintf(language, sizeof language, "%.*s", (int)strcspn(asked, "_-.@"), asked);
    const char *found = best_of(asked, list, count, FIT_BEGINS);
    return found ? found : best_of(language, list, count, FIT_WHOLE);
}

static bool use(const char *folder, const char *code, Status *status) {
    const Loaded *language = NULL;
    if (strcmp(code, "en") != 0 && !(language = load(folder, code, status)))
        return false;
    atomic_store_explicit(&now, language, memory_order_release);
    status_translate(language ? tr : NULL);
    return true;
}

bool language_choose(const char *asked, Status *status) {
    Language list[LANGUAGE_MOST];
    int before = memory_watch();
    char *folder = folder_of_catalogs();
    size_t count = codes(folder, list);
    const char *code = find(asked, list, count);
    bool done = code && use(folder, code, status);
    if (!done && memory_failed(before)) {
        status_no_memory(status, "the list");
    } else if (!code) {
        char all[LANGUAGE_MOST * (LANGUAGE_LONGEST + 2)] = "en";
        size_t used = strlen(all);
        for (size_t i = 1; i < count; i++)
            used += (size_t)snprintf(all + used, sizeof all - used, ", %.23s", list[i].code);
        status_fail(status, STATUS_USAGE, "there is no language '%.40s'; there are %s", asked, all);
    }
    free(folder);
    return done;
}

const char *language_now(void) {
    const Loaded *language = atomic_load_explicit(&now, memory_order_acquire);
    return language ? language->language.code : "en";
}

static const char *environment(const char *name) {
    const char *value = getenv(name);
    return value && value[0] ? value : NULL;
}

void language_from_environment(void) {
    const char *locale = environment("LC_ALL");
    locale = locale ? locale : environment("LC_MESSAGES");
    locale = locale ? locale : environment("LANG");
    if (!locale || strcmp(locale, "POSIX") == 0 || (locale[0] == 'C' && strchr(".@", locale[1])))
        return;
    const char *wanted = environment("LANGUAGE");
    wanted = wanted ? wanted : locale;
    if (strncmp(wanted, "en", 2) == 0 && strchr("_.@:-", wanted[2]))
        return; /* no folder is read for that */
    Language list[LANGUAGE_MOST];
    char *folder = folder_of_catalogs();
    size_t count = codes(folder, list);
    while (*wanted) {
        char one[64];
        size_t length = strcspn(wanted, ":");
        snprintf(one, sizeof one, "%.*s", (int)length, wanted);
        const char *code = find(one, list, count);
        Status unused;
        if (code && use(folder, code, &unused))
            break;
        wanted += length + (wanted[length] == ':');
    }
    free(folder);
}
