# Points that are long in coming, through a pipe: a window is there meanwhile, says so, and ends by Esc, Q or its close
# button; when they have come their run begins; what is wrong with them ends the program with a line.
. "$(dirname "$0")/lib.sh"

start_display
mkfifo "$work/slow.csv"
exec 7<>"$work/slow.csv" # so that nobody waits for the other end
export FIRST_WIDGET=waiting

for end in Escape q; do
    start_app "$work/slow.csv"
    press "$end"
    expect_end
done
start_app "$work/slow.csv"
"$CLOSE_WINDOW" "$window" || fail "could not close the window"
expect_end

INPUT=$work/slow.csv start_app -
printf 'x,y,label\n1,2,0\n' >&7
stays "waiting" 1 has_widget waiting
press Escape
expect_end

exec 7>&-
start_app --threshold 50 --epochs 1 "$work/slow.csv"
exec 7>"$work/slow.csv"
printf 'x,y,label\n1,2,0\n3,4,1\n' >&7
stays "waiting for the rest" 1 has_widget waiting
printf '5,6,1\n' >&7
exec 7>&-
wait_for "the plot" has_widget plot
wait_epoch 1
equal "easy points" 3 "$(trace_last easy)"
stop_app

start_app "$work/slow.csv"
printf 'x,y,label\n1,zwei,0\n3,4,1\n' >"$work/slow.csv"
code=0
wait "$app_pid" || code=$?
app_pid=
equal "exit code" 1 "$code"
equal "what is said" "easyfirst: $work/slow.csv:2: column y: not a number: 'zwei'; --skip-bad leaves such rows out" \
    "$(<"$work/stderr")"
