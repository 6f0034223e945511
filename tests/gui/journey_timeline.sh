# The timeline by hand: the pill looks back, Space replays to now, the wheel zooms, the grip's height is remembered, a change
# by hand is marked.
. "$(dirname "$0")/lib.sh"
start_display
start_paused
point 640 5
train_to 5

# the pill, dragged to epoch 1
widget timeline
x0=$wx span=$ww
pill_at() { # EPOCH of the ten that there is room for; it sets where the pill is
    read_widget timeline-pill && number "sqrt(($wx + $ww / 2 - $x0 - $span * $1 / 10) ^ 2) < $span / 20"
}
wait_for "the pill at the fifth epoch" pill_at 5
y=$((wy + wh / 2))
point $((wx + ww / 2)) "$y"
unrelated
xdotool mousedown 1 sleep 0.06
point $((x0 + span * 2 / 10)) "$y"
sleep 0.06
point $((x0 + span / 10)) "$y"
wait_for "the look back" has_widget look-back
xdotool mouseup 1
clicked

# Space shows the epochs again, and nothing is trained: the pill is back where it was, the look is over
row=$(trace_row)
point 640 5
press space
wait_for "the replay to arrive at now" lacks_widget look-back
equal "the last epoch" "$row" "$(trace_row)"
stands || fail "the run goes on after a replay"

# the wheel
lacks_widget timeline-fit || fail "a button for all epochs although all are there"
widget timeline
point $((wx + ww / 3)) $((wy + 10))
xdotool click 4
wait_for "the button for all epochs" has_widget timeline-fit
click timeline-fit
wait_for "all epochs" lacks_widget timeline-fit

# a change by hand is marked at the epoch after which it was made
marks() {
    grep -c '^timeline-mark-' "$widgets"
}
before=$(marks)
click threshold 20
more_marks() {
    [ "$(marks)" -gt "$before" ]
}
wait_for "a mark of the hand" more_marks

# the grip: 40 up; another window begins with that height
height() {
    widget timeline
    echo "$wh"
}
before=$(height)
unrelated
widget timeline-grip
point $((wx + ww / 2)) $((wy + wh / 2))
xdotool sleep 0.06 mousedown 1 sleep 0.06
point $((wx + ww / 2)) $((wy + wh / 2 - 20))
sleep 0.06
point $((wx + ww / 2)) $((wy + wh / 2 - 40))
sleep 0.06
xdotool mouseup 1
clicked
is_higher() {
    [ "$(height)" = $((before + 40)) ]
}
wait_for "a higher timeline" is_higher
wait_for "its height on disk" grep -q '^timeline = ' "$XDG_STATE_HOME/easyfirst/state.ini"
stop_app
start_paused
wait_for "the height of before" is_higher
double_click timeline-grip
is_usual() {
    [ "$(height)" = "$before" ]
}
wait_for "the usual height" is_usual
stop_app
