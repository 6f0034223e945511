# Without a display: one clear line and exit 1; --help and --version answer all the same.
. "$(dirname "$0")/lib.sh"
cd "$here" || exit 1
unset DISPLAY

code=0
"$EASYFIRST_BINARY" >"$work/stdout" 2>"$work/stderr" </dev/null || code=$?
equal "exit code" 1 "$code"
equal "lines on stdout" 0 "$(wc -l <"$work/stdout")"
equal "lines on stderr" 1 "$(wc -l <"$work/stderr")"
grep -qi display "$work/stderr" || fail "the line does not speak of the display"

code=0
DISPLAY=:9999 "$EASYFIRST_BINARY" >"$work/stdout" 2>"$work/stderr" </dev/null || code=$?
equal "exit code for a display that is not there" 1 "$code"
equal "lines on stderr" 1 "$(wc -l <"$work/stderr")"

for option in --help --version --list-presets; do
    "$EASYFIRST_BINARY" $option >"$work/stdout" 2>"$work/stderr" </dev/null || fail "$option failed"
    [ -s "$work/stdout" ] && [ ! -s "$work/stderr" ] || fail "$option says nothing, or says it on stderr"
done
