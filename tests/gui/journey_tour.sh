# The first start of all: the tour, each step done by hand. Afterwards it is known, and help has it again.
FIRST_START=1
. "$(dirname "$0")/lib.sh"
rows_are() { [ "$(count_rows)" = "$1" ]; }
count_rows() { awk -F, '$1 ~ /^[0-9]+$/' "$trace" | wc -l; }
start_display
start_app
wait_for "the tour" has_widget tour-card
stays "the run at its start" 1 rows_are 0
click theme # is dimmed
see "$work/dimmed.png"
[ "$(mean_gray "$work/dimmed.png")" -gt 45 ] || fail "a dimmed button was pressed"
lacks_widget tour-back || fail "there is a step before the first"

click play
wait_for "the second step" has_widget tour-back
wait_for "the pause" stands
equal "epochs that were played" 3 "$(count_rows)"
unrelated
widget threshold-line
point $((wx + ww / 2)) $((wy + wh / 2))
xdotool sleep 0.06 mousedown 1 sleep 0.06
for step in 1 2 3 4 5; do
    point $((wx + ww / 2 + step * 6)) $((wy + wh / 2))
    sleep 0.02
done
xdotool mouseup 1
clicked
target_is() { widget tour-target && [ "$wx $wy" = "$1" ]; }
target_moved() { ! target_is "$1"; }
widget tour-target
wait_for "the third step" target_moved "$wx $wy"
drag timeline 24 12
wait_for "the look back" has_widget go-on
target_is_go_on() {
    widget go-on
    local place="$wx $wy"
    target_is "$place"
}
wait_for "the fourth step" target_is_go_on
click go-on
is_small() { has_widget tour-target && widget tour-target && [ "$ww" -le 4 ]; } # a point
wait_for "the fifth step" is_small
wait_for "the pause" stands
click tour-target
wait_for "the pin" has_widget plot-pin
wait_for "the end" has_widget tour-done
click tour-done
wait_for "the end of the tour" lacks_widget tour-card
saved() { grep -q '^tour = seen$' "$XDG_STATE_HOME/easyfirst/state.ini" 2>/dev/null; }
wait_for "the tour to be remembered" saved
stop_app

# The next start plays at once; the help sheet has the tour, which begins the post's run anew, and Esc ends it.
start_app --samples 500
wait_for "an epoch" later_than -1
lacks_widget tour-card || fail "the tour came again"
press F1
click start-tour
wait_for "the tour" has_widget tour-card
wait_for "another run, at its start" rows_are 0
press Escape
wait_for "the end of the tour" lacks_widget tour-card
stop_app

# A run that is asked for is no first start, whatever is remembered.
rm -r "$XDG_STATE_HOME"
start_app --preset circles
wait_for "an epoch" later_than -1
lacks_widget tour-card || fail "the tour came over a run that was asked for"
stop_app
