#!/usr/bin/env bash
# app/run as a stranger meets it: a copy of the clone in a folder with spaces, built from nothing, run from elsewhere.
set -u
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P) || exit 1
work=$(mktemp -d "${TMPDIR:-/tmp}/easyfirst run.XXXXXX")
trap 'rm -rf "$work"' EXIT
fail() {
    printf 'FAILED: %s\n' "$*" >&2
    [ ! -s "$work/stderr" ] || tail -n 40 "$work/stderr" >&2
    exit 1
}

clone="$work/a clone"
mkdir "$clone" "$work/elsewhere"
cp -r "$root"/{CMakeLists.txt,CMakePresets.json,app,assets,core,tests} "$clone" || exit 1
cd "$work/elsewhere" || exit 1

run() {
    "$clone/app/run" "$@" >"$work/stdout" 2>"$work/stderr" </dev/null
}

# The first run builds; stdout is the program's alone, relative paths are those of the caller.
run --headless --gif plot.gif --trace trace.csv || fail "the first run"
[ ! -s "$work/stdout" ] || fail "the first run wrote to stdout"
[ "$(head -c 6 plot.gif)" = GIF89a ] || fail "no GIF in the caller's folder"
[ "$(wc -l <"$work/stderr")" -le 2 ] || fail "the first run says too much"
! grep -A 3 'warning:' "$clone/build/release/build.log" >&2 || fail "the release build warns"
# The release build's run is the recorded one.
[ "$(awk -F, 'NR > 1 { print $3 }' trace.csv | paste -sd ' ')" = "733 5005 5077 5337 6325 7474 8390 9295 9890 9953" ] ||
    fail "other easy samples than recorded: $(<trace.csv)"

# The second says nothing of its own and passes arguments and the exit code on.
run --version || fail "the second run"
[ ! -s "$work/stderr" ] || fail "the second run says something"
grep -q '^easyfirst [0-9]' "$work/stdout" || fail "--version was not passed on"
run --threshold 'a b' && fail "a wrong value was taken"
[ $? -eq 2 ] || fail "the exit code was not passed on"
grep -q "a b" "$work/stderr" || fail "an argument with a space was not passed on"
[ "$(wc -l <"$work/stderr")" -eq 1 ] || fail "more than one line for a wrong value"

# A link to the script finds its clone.
ln -s "$clone/app/run" "$work/linked"
"$work/linked" --version >"$work/stdout" 2>"$work/stderr" || fail "through a link"
grep -q '^easyfirst [0-9]' "$work/stdout" || fail "no version through a link"

# A clone that was moved begins anew where it is: what app/run calls, for a library in place of the program.
mv "$clone" "$work/moved"
(root="$work/moved" && . "$root/app/setup.sh" && build release easyfirst_base) 2>"$work/stderr" || fail "after the clone was moved"
grep -q 'building the first time' "$work/stderr" || fail "a moved clone does not build anew"
[ ! -e "$work/moved/build/release/easyfirst" ] || fail "a moved clone keeps what it was"
[ -e "$work/moved/build/release/libeasyfirst_base.a" ] || fail "a moved clone builds nothing"
! grep -qF "$clone" "$work/moved/build/release/CMakeCache.txt" || fail "a moved clone builds where it was"
