# A sweep that is killed at any moment and resumed leaves the bytes of one that was not; rows that are torn, of another
# sweep, or have no room end in one clear line, and nothing that was done is lost.
set -u
here=$(mktemp -d /tmp/easyfirst-sweep-XXXXXX) || exit 1
trap 'rm -rf "$here"' EXIT
cd "$here" || exit 1
export XDG_CONFIG_HOME=$here XDG_STATE_HOME=$here
failed=0
fail() {
    echo "failed: $*" >&2
    failed=1
}
grid=(--headless --samples 600 --epochs 30 --test 0.25 --flip 0.1 --sweep 'seeds=1..20,hidden=|4,3')
run() { "$EASYFIRST_BINARY" "${grid[@]}" "$@"; }
# says LINE COMMAND...: it fails and says that alone
says() {
    local line=$1
    shift
    "$@" >/dev/null 2>said && fail "$* succeeds"
    [ "$(cat said)" = "easyfirst: $line" ] || fail "$*: $(cat said)"
}
same() { cmp "$1" "$2" >&2 || fail "$3"; }

run --trace whole.csv >whole.txt || exit 1
[ ! -e whole.csv.sweep ] || fail "the store stays"

# killed again and again, by turns with one thread and two
rows() { # lines of the store so far
    local lines=()
    [ ! -e "killed.$kind.sweep" ] || mapfile -t lines <"killed.$kind.sweep"
    echo ${#lines[@]}
}
for kind in csv jsonl; do
    kills=0
    for ((round = 0; kills < 6 && round < 30 && failed == 0; round++)); do
        rm -f killed.txt "killed.$kind" "killed.$kind.sweep"
        while [ ! -e killed.txt ]; do
            run --threads $((kills % 2 + 1)) --resume --trace "killed.$kind" >killed.out 2>said &
            pid=$!
            # a random moment: after so many rows more than there are
            want=$(($(rows) + 1 + RANDOM % 5))
            while kill -0 $pid 2>/dev/null && [ "$(rows)" -lt "$want" ]; do :; done
            kill -9 $pid 2>/dev/null && kills=$((kills + 1))
            wait $pid 2>/dev/null && mv killed.out killed.txt
        done
        same whole.txt killed.txt "the summary after $kills kills"
        [ $kind = jsonl ] || same whole.csv killed.csv "the rows after $kills kills"
    done
    [ $kills -ge 6 ] || fail "rows come too late for more than $kills kills"
done
run --trace whole.jsonl >whole2.txt || fail "JSON lines"
same whole.jsonl killed.jsonl "the JSON lines after kills"
same whole.txt whole2.txt "the summary beside JSON lines"
run --summarize killed.jsonl | cmp - whole.txt >&2 || fail "the summary of JSON lines"
/usr/bin/python3 - <<'CHECK' || fail "the JSON lines are not the CSV's numbers"
import csv, json
rows = [json.loads(line) for line in open("whole.jsonl")]
for row, cells in zip(rows, csv.DictReader(open("whole.csv")), strict=True):
    assert list(row) == list(cells)
    for key, value in row.items():
        same = cells[key] == "" if value is None else float(cells[key]) == value if isinstance(value, (int, float)) else cells[key] == value
        assert same, (key, value, cells[key])
CHECK

# what can be read once only loses no row
sed -n 1,16p whole.csv >early.csv
sed -n 17,41p whole.csv >late.csv
run --summarize - late.csv <early.csv | cmp - whole.txt >&2 || fail "standard input before a file"
run --summarize early.csv - < <(cat late.csv) | cmp - whole.txt >&2 || fail "standard input, a pipe, behind a file"
run --summarize <(cat late.csv) <(cat early.csv) | cmp - whole.txt >&2 || fail "two pipes"
says "--summarize: -, standard input, is named twice" run --summarize - - <whole.csv

# nothing is left to do
run --resume --trace killed.csv 2>said | cmp - whole.txt >&2 || fail "the summary of what is there"
grep -qx 'easyfirst: killed.csv: all of its 40 rows are there' said || fail "said: $(cat said)"

# a row that is torn is done again, at each of its bytes; what is damaged, too, with a line
head=$(sed -n '1,/^complete$/p' killed.csv.sweep | sed '$d')
store() { # rows...: what a kill would leave
    rm -f part.csv part.csv.sweep
    { printf '%s\nrows\n' "$head" && cat; } >part.csv.sweep
}
row=$(sed -n 12p whole.csv)
for cut in 1 5 $((${#row} - 1)) ${#row}; do
    { sed -n 2,11p whole.csv && printf %s "${row:0:cut}"; } | store
    run --resume --trace part.csv >part.txt 2>said || fail "torn after $cut bytes"
    same whole.csv part.csv "torn after $cut bytes"
    grep -qx 'easyfirst: part.csv: 10 of 40 rows are there already' said || fail "torn: $(cat said)"
done
{ sed -n 2,11p whole.csv && echo "10,6,,oh" && sed -n 13,20p whole.csv; } | store
run --resume --trace part.csv >part.txt 2>said || fail "damaged"
same whole.csv part.csv "damaged rows"
grep -qx 'easyfirst: part.csv.sweep: damaged behind 10 rows; what follows is done again' said || fail "damaged: $(cat said)"
tac whole.csv | sed '$d' | store # as late as a row can be
run --resume --trace part.csv >part.txt 2>said || fail "backwards"
same whole.csv part.csv "rows in another order"

# what is of another sweep
sed -n 2,11p whole.csv | store
says "part.csv.sweep: rows of a sweep that did not end (--resume goes on with them, --force begins anew)" run --trace part.csv
says "part.csv.sweep: rows of another sweep: 'shard 1/1' there, 'shard 1/2' here (--force begins anew)" \
    run --resume --shard 1/2 --trace part.csv
grid[2]=601
says "part.csv.sweep: rows of another sweep: 'samples 600' there, 'samples 601' here (--force begins anew)" \
    run --resume --trace part.csv
grid[2]=600
sed -i 's/^version .*/version 0.0.1/' part.csv.sweep
says "part.csv.sweep: rows of another sweep: 'version 0.0.1' there, '$("$EASYFIRST_BINARY" --version | sed -n '1s/easyfirst/version/p')' here (--force begins anew)" \
    run --resume --trace part.csv
run --force --trace part.csv >part.txt && same whole.csv part.csv "begun anew"
says "part.csv: exists already (--force replaces it)" run --trace part.csv
says "part.csv: exists already, and nothing says whether it is whole, as there is no part.csv.sweep (--force begins anew)" \
    run --resume --trace part.csv
sed -n 2,11p whole.csv | store
cp whole.csv part.csv
says "part.csv: exists already, and part.csv.sweep does not say that it is of this sweep (--force begins anew)" \
    run --resume --trace part.csv
mkdir dir.csv.sweep
says "cannot write dir.csv.sweep: Is a directory" run --trace dir.csv
rmdir dir.csv.sweep
# a head of another sweep behind which there are no rows: nothing is lost, unless the file is there
for ending in rows complete; do
    rm -f part.csv
    { sed 's/^samples 600$/samples 599/' <<<"$head" && echo $ending; } >part.csv.sweep
    run --resume --trace part.csv >part.txt 2>said && same whole.csv part.csv "begun anew behind '$ending'" ||
        fail "a head alone: $(cat said)"
done
sed -i 's/^samples 600$/samples 599/' part.csv.sweep
says "part.csv.sweep: rows of another sweep: 'samples 599' there, 'samples 600' here (--force begins anew)" \
    run --resume --trace part.csv
echo precious >mine.csv.sweep
for how in --resume --force; do
    says "mine.csv.sweep: holds something else than the rows of a sweep, which go there" run $how --trace mine.csv
done
says "--resume: /dev/null is no file whose rows stay there" run --resume --trace /dev/null

# points of a file are part of it
printf 'x,y,label\n1,2,a\n3,4,b\n5,6,a\n' >points.csv
grid=(--headless --epochs 1 --sweep seeds=1..3 points.csv)
run --resume --trace p.csv >/dev/null 2>&1 || fail "points of a file"
sed -i s/5,6/5,7/ points.csv
run --resume --trace p.csv >/dev/null 2>said && fail "other points are not seen"
grep -q "^easyfirst: p.csv.sweep: rows of another sweep: 'points 3 in 2 classes, sum " said || fail "points: $(cat said)"

# two at once; no room
grid=(--headless --samples 60 --epochs 3 --sweep seeds=1..500)
mkfifo busy
flock busy.csv.sweep cat busy &
holder=$!
exec 5>busy # opens when it is read, with the lock held
says "busy.csv.sweep: another sweep is writing to it" run --trace busy.csv
exec 5>&-
wait $holder
says "cannot write full.csv.sweep: File too large (--resume goes on with the rows that are there)" \
    bash -c 'ulimit -f 32; exec "$@"' - "$EASYFIRST_BINARY" "${grid[@]}" --threads 1 --trace full.csv
[ ! -e full.csv ] || fail "a file although there was no room"
run --resume --trace full.csv >full.txt 2>said || fail "after there was no room: $(cat said)"
run --trace room.csv >room.txt && same room.csv full.csv "after there was no room" && same room.txt full.txt "its summary"
says "cannot write /dev/full: No space left on device, after 0 bytes" run --trace /dev/full
ls -A | grep -v '\.csv\|\.jsonl\|\.txt\|^said$\|^busy$' && fail "files are left"
exit $failed
