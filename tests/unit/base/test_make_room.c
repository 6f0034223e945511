/* Memory that grows: never smaller, and as it was after a failure. */
#include "app/base/make_room.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void room_grows_and_stays(void **state) {
    (void)state;
    size_t capacity = 0;
    int *items = make_room(NULL, &capacity, 0, sizeof *items);
    assert_non_null(items); /* NULL is for a failure alone */
    items = make_room(items, &capacity, 100, sizeof *items);
    assert_non_null(items);
    assert_int_equal(capacity, 100);
    items[99] = 7;
    assert_ptr_equal(make_room(items, &capacity, 3, sizeof *items), items);
    assert_int_equal(capacity, 100);
    assert_null(make_room(items, &capacity, SIZE_MAX / 2, sizeof *items));
    assert_null(make_room(items, &capacity, SIZE_MAX / 2, 2)); /* no overflow, but too much */
    assert_int_equal(capacity, 100);
    assert_int_equal(items[99], 7);
    free(items);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(room_grows_and_stays)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
