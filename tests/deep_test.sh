#!/usr/bin/env bash
# tests/deep and its report, with parts that only stand in for the true ones: it goes on after what goes wrong, and counts
# all of it; and tests/support/part.sh, which some of the parts are made with.
set -u
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P) || exit 1
work=$(mktemp -d "${TMPDIR:-/tmp}/easyfirst deep.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work" && mkdir -p tests/support && cp "$root/tests/deep" tests && cp "$root/tests/support/part.sh" tests/support || exit 1
mkdir app && echo 'build() { echo "$1" >>built; }' >app/setup.sh
git init -q . && git add tests && git -c user.name=a -c user.email=a@b commit -qm one || exit 1

failed=0
fail() {
    printf 'FAILED: %s\n' "$*" >&2
    failed=1
}
stand_in() { # stand_in PART BODY
    printf '#!/bin/bash\n%s\n' "$2" >"tests/$1" && chmod +x "tests/$1"
}
good() { # good PART TRIED
    stand_in "$1" "[ \"\$1\" = deep ] || exit 9; echo \"$1: $2 tried in 75 s, seed \$2: 0 violations\""
}
has() { # has FILE LINE
    grep -qxF -e "$2" "$1" || fail "no line '$2' in $(cat "$1")"
}

tests/deep --report >said 2>&1 && fail "a report of nothing"
has said "tests/deep has not run yet: there is no build/deep/*/deep.log"
tests/deep some >said 2>&1
[ $? -eq 2 ] || fail "wrong use ends otherwise than with 2"

# All is well; mutants are not among them.
for part in fuzz oom msan threads valgrind arm64 clang faults hostile limits kill monkey soak; do
    good $part 1234567
done
tests/deep 42 >said 2>&1 || fail "$(cat said)"
first=$(paste -sd " " built)
[ "$first" = "release sanitize" ] || fail "what is built first: $first"
grep -qE '^fuzz: 1234567 tried in [0-9]+ s, seed 42: 0 violations$' said || fail "$(cat said)"
grep -qE '^deep: 13 tried in [0-9]+ s, seed 42: 0 violations$' said || fail "$(cat said)"
tests/deep --report >table
has table "| test | amount | time | violations |"
grep -qE '^\| fuzz \| 1,234,567 inputs \| [0-9]+ s \| 0 \|$' table || fail "$(cat table)"
[ "$(grep -c '^| [a-z0-9]* | .* | 0 |$' table)" = 13 ] || fail "$(cat table)"
is="commit $(git rev-parse --short=12 HEAD), [0-9]{4}-[0-9]{2}-[0-9]{2}, seed 42, on .*, [0-9]+ processors?: .* in all, 0 violations"
grep -qE "$is\.$" table || fail "$(cat table)"

# Everything that can go wrong.
echo >>tests/deep # the commit has changes
rm tests/soak                                                             # missing
stand_in oom 'echo "VIOLATION: it fell"; echo "oom: 9 tried in 2 s, seed 1: 3 violations"; exit 1'
stand_in fuzz 'echo "half a line"; kill -SEGV $$'                          # breaks off
stand_in msan 'echo "msan: 5 tried in 1 s, seed 1: 0 violations"; exit 1'  # its end is not what it counted
stand_in kill 'echo "kill: 5 tried in 1 s, seed 1: 2 violations"'          # likewise
stand_in monkey 'echo "monkey: 0 tried in 1 s, seed 1: 0 violations"'      # nothing was tried
stand_in clang 'echo "other: 5 tried in 1 s, seed 1: 0 violations"'        # the count of another
printf 'no program\n' >tests/faults                                       # can't be started
tests/deep 7 >said 2>&1 && fail "violations, and it ends with 0"
has said "oom: VIOLATION: it fell"
grep -qE '^oom: 9 tried in [0-9]+ s, seed 7: 3 violations$' said || fail "$(cat said)"
grep -q "^soak: there is no tests/soak" said || fail "soak is not missed"
grep -qE '^deep: 13 tried in [0-9]+ s, seed 7: 11 violations$' said || fail "$(cat said)"
tests/deep --report >table
for row in '| oom | 9 ' '| fuzz | 0 ' '| soak | 0 '; do
    grep -qF -- "$row" table || fail "no $row in $(cat table)"
done
[ "$(grep -c '| 0 |$' table)" = 5 ] || fail "$(cat table)" # limits, hostile, threads, valgrind, arm64
grep -q ' and changes, .* in all, 11 violations\.$' table || fail "$(cat table)"

# Stopped: the parts end, and the report says that it is not whole.
stand_in arm64 'echo $$ >arm64.pid; sleep 1000'
tests/deep 8 >said 2>&1 &
deep=$!
until [ -s arm64.pid ]; do sleep 0.05; done
kill -TERM $deep
wait $deep && fail "stopped, and it ends with 0"
kill -0 "$(cat arm64.pid)" 2>/dev/null && fail "arm64 goes on"
tests/deep --report >table
has table "| arm64 | not run to its end | - | - |"
grep -qF '| kill | 5 ' table || fail "a part that it did not come to is no longer what it was: $(cat table)"

# Parts alone, and what each came to last: kill, which comes after all others, in the run of seed 7.
good arm64 8
good mutants 7
tests/deep 9 mutants arm64 >said 2>&1 || fail "$(cat said)"
grep -qE '^deep: 2 tried in [0-9]+ s, seed 9: 0 violations$' said || fail "$(cat said)"
grep -qE '^(fuzz|oom): ' said && fail "more than was asked for: $(cat said)"
tests/deep --report >table
for row in '| mutants | 7 ' '| arm64 | 8 ' '| kill | 5 '; do
    grep -qF -- "$row" table || fail "no $row in $(cat table)"
done
grep -qE '^`tests/deep`, commit .*, seed 9, on .*: arm64, mutants\.$' table || fail "$(cat table)"
grep -qE '^`tests/deep`, commit .*, seed 7, on .*: .*kill' table || fail "$(cat table)"
tests/deep 9 arm65 >said 2>&1
[ $? -eq 2 ] || fail "a part that there is not"

# part.sh: arguments, counts, the last line.
cat >tests/part <<'END'
#!/bin/bash
root=$PWD
. tests/support/part.sh
part_begin part "$@"
[ "$amount" != short ] || part_broken "no compiler"
for name in $(some_of "${amount:-2}" a b c); do part_tried=$((part_tried + 1)); done
[ "$seed" != 5 ] || violation "b is wrong" "tests/part b"
part_end
END
chmod +x tests/part
tests/part 2 4 | tail -n 1 | grep -qE '^part: 2 tried in [0-9]+ s, seed 4: 0 violations$' || fail "part.sh counts otherwise"
tests/part 9 5 >said && fail "a violation, and it ends with 0"
has said "VIOLATION: b is wrong"
grep -qE '^part: 3 tried in [0-9]+ s, seed 5: 1 violations$' said || fail "$(cat said)"
tests/part short 4 >said && fail "no compiler, and it ends with 0"
grep -qE '^part: 1 tried in [0-9]+ s, seed 4: 1 violations$' said || fail "$(cat said)"
tests/part everything >said 2>&1
[ $? -eq 2 ] || fail "part.sh takes any word"

# Its tests, by ctest: each counts, and one that fails, or is not there, is a violation with the way to see it once more.
mkdir -p build/part && cat >build/part/CTestTestfile.cmake <<'END'
add_test(test_good "/bin/true")
add_test(test_bad "/bin/false")
END
cat >tests/part <<'END'
#!/bin/bash
root=$PWD
. tests/support/part.sh
part_begin part short 4
before=(env A=b)
run_tests 2 "$@"
part_end
END
tests/part test_good >said || fail "$(cat said)"
tests/part test_good test_bad >said && fail "a test fails, and it ends with 0"
has said "VIOLATION: test_bad failed; see build/part/logs/tests.log"
has said "  again: env A=b ctest --test-dir build/part -R '^test_bad\$' --output-on-failure"
grep -qE '^part: 2 tried in [0-9]+ s, seed 4: 1 violations$' said || fail "$(cat said)"
tests/part test_good test_none >said && fail "a test is not there, and it ends with 0"
has said "VIOLATION: only 1 of 2 tests ran; see build/part/logs/tests.log"
exit $failed
