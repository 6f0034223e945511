# Files dropped on the window: points begin a run of their own, a preset its own; what can't be read leaves the run
# alone; a file that takes long is read meanwhile, says so, and Esc leaves it.
. "$(dirname "$0")/lib.sh"
: "${DROP_FILE:?path of drop_file}"

drop() {
    "$DROP_FILE" "$window" "$work/$1" || fail "could not drop $1"
}

# So many points, all easy from the start on.
points() {
    awk -v n="$1" 'BEGIN { print "x,y,label"; for (i = 0; i < n; i++) printf "%d,%d,%d\n", i, i % 7, i % 2 }'
}

points 40 >"$work/mine.csv"
printf 'x,y,label\n1,2,0\n1,zwei,1\n3,4,1\n' >"$work/bad.csv"
printf 'x,y,label\n' >"$work/hopeless.csv"
printf '[settings]\nsamples = 70\nepochs = 1\nthreshold = 50\n' >"$work/mine.ini"
mkfifo "$work/never.csv" "$work/slow.csv"

start_display
start_paused --samples 60 --threshold 50
equal "easy samples" 60 "$(trace_last easy)"

line() { # where the line at the plot is: another text has another width
    grep "^notice " "$widgets"
}
was=$(line)
drop hopeless.csv
wait_for "the reason" differs_from "$was" line
equal "easy samples of the run that was there" 60 "$(trace_last easy)"
drop bad.csv # two rows of three are good: the sheet says so, and asks
wait_for "what would be left out" has_widget import-left-out
press Escape
wait_for "no sheet" lacks_widget import-sheet
equal "easy samples of the run that was there" 60 "$(trace_last easy)"

easy_are() {
    [ "$(trace_last easy)" = "$1" ]
}
drop mine.csv
wait_for "a run of 40 points" easy_are 40

drop mine.ini
wait_for "the preset's run of 70 points" easy_are 70

was=$(line)
drop never.csv # a pipe: nobody writes to it
wait_for "the progress" differs_from "$was" line
press space # the run goes on meanwhile
wait_for "a later epoch" later_than 1
press Escape
drop mine.csv
wait_for "a run of 40 points" easy_are 40

drop slow.csv
points 30 | timeout 20 tee "$work/slow.csv" >/dev/null # waits until it is read
wait_for "a run of 30 points" easy_are 30
stop_app
