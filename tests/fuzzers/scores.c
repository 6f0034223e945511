/* Another program's scores for --bench: the points stay, the scores' file is the input. Its first byte chooses whether
 * some of the points are left out. */
#include "tests/fuzzers/fuzzer.h"

#include "app/headless/bench_points.h"

#include <math.h>
#include <string.h>

const size_t FUZZ_ROOM = 1 << 20, FUZZ_ROOM_EACH = 16;

void fuzz_one(const uint8_t *data, size_t size) {
    static const char WHOLE[] = "x,y,label,truth\n1,2,a,a\n3,4,b,a\n5,6,a,b\n7,8,b,b\n";
    static const char BAD[] = "x,y,label,truth\n1,2,a,a\n3,,b,a\n5,6,a,b\n7,8,b,b\n";
    if (size < 1)
        return;
    bool bad = data[0] % 2;
    Cli cli = {.skip_bad = bad};
    cli.points = fuzz_file(0, bad ? BAD : WHOLE, strlen(bad ? BAD : WHOLE));
    cli.scores = fuzz_file(1, data + 1, size - 1);
    BenchPoints points;
    Status status = {0};
    fuzz_listen();
    bool read = bench_points_read(&points, &cli, &status);
    fuzz_heard(8);
    if (!read) {
        fuzz_refused(&status);
        return;
    }
    for (size_t i = 0; i < points.data.count; i++)
        if (isnan(points.key[i]))
            fuzz_violation("a score that is none");
    if (strnlen(points.scores_name, sizeof points.scores_name) == sizeof points.scores_name)
        fuzz_violation("a name that does not end");
    bench_points_free(&points);
}
