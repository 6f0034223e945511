# The presentation: F5 and Esc, only plot, timeline and λ, the panel on call, controls that come with the pointer.
. "$(dirname "$0")/lib.sh"
start_display
start_paused --window-size 1280x720
point 640 5
settle "$work/plain.png"

press F5
wait_for "the presentation" has_widget present-line
for name in play speed tool-move hold; do
    lacks_widget $name || fail "$name in the presentation"
done
widget plot
[ "$ww" -gt 300 ] || fail "a plot of $ww pixels"

# Space, arrows and Esc as ever; a presenter's remote control goes on and back.
press Next
wait_epoch 2
press Prior
wait_for "the look back" picture_differs "$work/plain.png" 5000
press Next
press space # looking back it would show the epochs again
wait_for "the run to play" later_than 2
press space
wait_for "the pause" stands

# The wheel over λ moves it by 5 %; its slider is there.
widget threshold
point $((wx + ww / 2)) $((wy + wh / 2))
last=$(trace_last epoch)
press period
wait_epoch $((last + 1)) # between two epochs: what is set is used as it stands
threshold=$(trace_last threshold)
xdotool click 4
press period
wait_epoch $((last + 2))
close_to "the threshold after a notch" "$(awk "BEGIN { printf \"%.9g\", $threshold * 1.05 }")" "$(trace_last threshold)" 1e-4

# Controls come when the pointer moves, and go when it rests.
point 300 300
wait_for "the controls" has_widget present-exit
wait_for "the controls to go" lacks_widget present-exit
press p
wait_for "the panel" has_widget hold
kill -STOP "$app_pid" # the key is down and up again within one frame
press p
kill -CONT "$app_pid"
wait_for "the panel to go" lacks_widget hold
point 310 300
click present-exit
wait_for "the end of it" has_widget tool-move
lacks_widget present-line || fail "still the presentation"

press F5
wait_for "the presentation" has_widget present-line
press Escape
wait_for "the end by Esc" has_widget tool-move
stop_app
