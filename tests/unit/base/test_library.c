/* What is looked up in a library that is loaded: all of it, or the library is of no use. */
#include "app/base/library.h"

#include <dlfcn.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct Wanted {
    double (*root)(double);
    double (*power)(double, double);
} Wanted;

static const LibraryName NAMES[] = {
    {"sqrt", offsetof(Wanted, root)}, {"pow", offsetof(Wanted, power)}, {"no_such_function", offsetof(Wanted, root)}};

static void all_or_nothing(void **state) {
    (void)state;
    Wanted wanted = {NULL, NULL};
    void *library = dlopen("libm.so.6", RTLD_NOW | RTLD_LOCAL);
    assert_non_null(library);
    assert_true(library_look_up(library, NAMES, 2, &wanted));
    assert_true(wanted.root(9.0) == 3.0);
    assert_true(wanted.power(2.0, 5.0) == 32.0);
    assert_false(library_look_up(library, NAMES, 3, &wanted));
    dlclose(library);
    assert_false(library_look_up(dlopen("libnosuch.so.9", RTLD_NOW), NAMES, 2, &wanted));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_or_nothing)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
