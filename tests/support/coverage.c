// Counts of what ran are written at the end of every process whose environment asks for it, and of no other: a run
// outside of tests/run leaves none, and a test of files or signals that fail can do without.
#include <stdlib.h>
#include <unistd.h>

void __gcov_dump(void);
void __real___gcov_exit(void);
void __wrap___gcov_exit(void);
_Noreturn void __real__exit(int status);
_Noreturn void __wrap__exit(int status);

/* Tests read what the program says: not that counts can't be written, as by another user. */
static int asked(void) {
    return getenv("EASYFIRST_COVERAGE") && setenv("GCOV_ERROR_FILE", "/dev/null", 1) == 0;
}

void __wrap___gcov_exit(void) {
    if (asked())
        __real___gcov_exit();
}

/* A signal's handler ends the process this way. */
_Noreturn void __wrap__exit(int status) {
    if (asked())
        __gcov_dump();
    __real__exit(status);
}
