/* Whether an allocation failed, by what the allocator leaves in errno. */
#include "app/base/memory_watch.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
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

/* Of the first thread; it ends with 0. */
__attribute__((noinline)) static int deep_in_the_stack(void) {
    volatile char deep[512 << 10];
    deep[0] = 0;
    return deep[0];
}

static void a_stack_that_cannot_grow_has_grown(void **state) {
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        memory_grow_stack();
        struct rlimit before, few;
        bool limited = getrlimit(RLIMIT_AS, &before) == 0;
        few = before;
        few.rlim_cur = 1 << 20;
        limited = limited && setrlimit(RLIMIT_AS, &few) == 0;
        int reached = limited ? deep_in_the_stack() : 2;
        setrlimit(RLIMIT_AS, &before); /* the end of a counted process wants memory */
        _exit(reached);
    }
    int how;
    assert_int_equal(waitpid(child, &how, 0), child);
    assert_true(WIFEXITED(how) && WEXITSTATUS(how) == 0);
}

/* With a small stack, or no room, nothing is tried, as that would be the crash. */
static void a_stack_is_not_grown_where_it_cannot_be(void **state) {
    (void)state;
    static const int LIMITS[] = {RLIMIT_STACK, RLIMIT_AS};
    for (int i = 0; i < 2; i++) {
        struct rlimit before, few;
        assert_int_equal(getrlimit(LIMITS[i], &before), 0);
        few = before;
        few.rlim_cur = 1 << 20;
        assert_int_equal(setrlimit(LIMITS[i], &few), 0);
        memory_grow_stack();
        assert_int_equal(setrlimit(LIMITS[i], &before), 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_errno_says), cmocka_unit_test(a_heap_that_cannot_grow),
                                       cmocka_unit_test(a_stack_that_cannot_grow_has_grown),
                                       cmocka_unit_test(a_stack_is_not_grown_where_it_cannot_be)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
