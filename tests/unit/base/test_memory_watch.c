/* Whether an allocation failed, by what the allocator leaves in errno. */
#include "app/base/memory_watch.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

static bool told_after(int error) {
    int before = memory_watch();
    errno = error;
    return memory_failed(before);
}

static void what_errno_says(void **state) {
    (void)state;
    errno = EACCES;
    assert_false(told_after(0));
    assert_int_equal(errno, EACCES); /* as it was */
    assert_false(told_after(ENOENT));
    assert_int_equal(errno, EACCES);
    assert_true(told_after(ENOMEM));
    assert_int_equal(errno, ENOMEM); /* for the watch around this one */
}

/* malloc asks elsewhere then, and gets it: errno says ENOMEM nevertheless. */
static void a_heap_that_cannot_grow(void **state) {
    (void)state;
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    void *wall = (void *)(((uintptr_t)sbrk(0) / page + 256) * page);
    assert_ptr_equal(mmap(wall, page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0), wall);
    errno = EACCES;
    assert_false(told_after(ENOMEM));
    assert_int_equal(errno, EACCES);
    munmap(wall, page);
    assert_true(told_after(ENOMEM));
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_errno_says), cmocka_unit_test(a_heap_that_cannot_grow)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
