# assets/index.html is the program's page of today, around a run that is the post's, with the two commands under it.
set -u
root=$(cd "$(dirname "$0")/.." && pwd -P)
: "${EASYFIRST_BINARY:?path of the program}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
fail() {
    echo "$*" >&2
    exit 1
}

"$root/assets/write-index" "$EASYFIRST_BINARY" "$work/index.html" || fail "assets/write-index failed"
# The run's last digits are the processor's: the rest is compared.
around_run() {
    sed '/id="run">$/,/^<\/script>$/d' "$1"
}
around_run "$work/index.html" >"$work/now"
around_run "$root/assets/index.html" >"$work/kept"
cmp "$work/now" "$work/kept" || fail "assets/index.html is not today's page: run assets/write-index"
run_of() {
    sed -n '/id="run">$/,/^<\/script>$/p' "$1"
}
for field in text epoch settings title; do
    equal=$(run_of "$work/index.html" | grep -o "\"$field\"" | wc -l)
    [ "$equal" = "$(run_of "$root/assets/index.html" | grep -o "\"$field\"" | wc -l)" ] || fail "the runs differ in $field"
done
for command in app/run tests/run 'app/run --lesson post'; do
    grep -qF "$command" "$root/assets/index.html" || fail "the page does not name $command"
    grep -qF "$command" "$root/README.md" || fail "README.md does not name $command"
done
