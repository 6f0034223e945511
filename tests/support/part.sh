# Sourced by the parts of tests/deep that build and run the project's own tests in another way, with $root set to the clone:
# arguments, counts, and the last line, which tests/deep reads.

# part_begin NAME [short|deep|N] [SEED]: sets $amount (empty: a minute or so), $seed, and $logs, the folder of what it says.
part_begin() {
    part=$1 amount=${2-} seed=${3:-${SEED:-}}
    [[ $amount =~ ^(short|deep|[1-9][0-9]*|)$ && $seed =~ ^[0-9]*$ ]] || {
        echo "usage: tests/$part [short|deep|N] [SEED]" >&2
        exit 2
    }
    seed=${seed:-$((${EPOCHREALTIME/[.,]/} % 1000000))}
    RANDOM=$((seed % 32768))
    logs="$root/build/$part/logs" part_tried=0 part_violations=0
    rm -rf "$logs"
    mkdir -p "$logs" || exit 1
    SECONDS=0
    echo "$part: seed $seed"
}

# violation WHAT COMMAND: that shows it once more.
violation() {
    part_violations=$((part_violations + 1))
    printf 'VIOLATION: %s\n  again: %s\n' "$1" "$2"
}

part_end() {
    [ "$part_tried" -gt 0 ] || violation "nothing was tried" "tests/$part"
    echo "$part: $part_tried tried in $SECONDS s, seed $seed: $part_violations violations"
    [ "$part_violations" -eq 0 ]
    exit
}

# The end of a part whose program can't be built.
part_broken() {
    violation "$1" "tests/$part"
    part_tried=$((part_tried > 0 ? part_tried : 1))
    part_end
}

# some_of N NAME...: N of them, by the seed.
some_of() {
    local count=$1 i
    shift
    local all=("$@")
    for ((; count > 0 && ${#all[@]} > 0; count--)); do
        i=$((RANDOM % ${#all[@]}))
        echo "${all[i]}"
        unset "all[i]"
        all=("${all[@]}")
    done
}

# unit_tests ROOM...: the names of their tests.
unit_tests() {
    local room
    for room; do
        (cd "$root/tests/unit/$room" && printf '%s\n' test_*.c | sed 's/\.c$//')
    done
}

# run_tests COUNT_AT_ONCE TEST...: of build/$part, one process each; in $before the words that stand before its command.
run_tests() {
    local at_once=$1 pattern line name
    shift
    pattern="^($(IFS='|' && echo "$*"))\$"
    while IFS= read -r line; do
        printf '%s\n' "$line" >>"$logs/tests.log"
        [[ $line =~ ^\ *[0-9]+/[0-9]+\ Test\ +#[0-9]+:\ ([A-Za-z0-9_]+)\ (.*)$ ]] || continue
        name=${BASH_REMATCH[1]} part_tried=$((part_tried + 1))
        if [[ ${BASH_REMATCH[2]} == *\ Passed\ * ]]; then
            [ $((part_tried % 10)) -ne 0 ] || echo "$part: $part_tried of $# tests"
        else
            violation "$name failed; see ${logs#"$root/"}/tests.log" \
                "${before[*]+${before[*]} }ctest --test-dir build/$part -R '^$name\$' --output-on-failure"
        fi
    done < <("${before[@]}" ctest --test-dir "$root/build/$part" --output-on-failure --no-tests=error -j "$at_once" \
        -R "$pattern" 2>&1)
    [ "$part_tried" -ge $# ] || violation "only $part_tried of $# tests ran; see ${logs#"$root/"}/tests.log" "tests/$part"
}
