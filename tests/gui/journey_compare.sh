# Side by side: a second run is chosen, stands beside the first with the same view, and goes away again.
. "$(dirname "$0")/lib.sh"
start_display
start_paused
lacks_widget plot-beside || fail "a second run without being asked for"
reveal section-compare
click section-compare
reveal compare
click compare
wait_for "the list" has_widget compare-1
click compare-1
wait_for "the second plot" has_widget plot-beside
widget plot
first=${ww}x$wh
widget plot-beside
equal "sizes" "$first" "${ww}x$wh"
point 640 5
settle "$work/both.png" plot-beside
see "$work/first.png" plot
widget plot-beside
# the wheel over the second zooms both
point $((wx + ww / 2)) $((wy + wh / 2))
xdotool click 4 click 4 click 4
wait_for "the second to zoom" picture_differs "$work/both.png" 5000 plot-beside
picture_differs "$work/first.png" 5000 plot || fail "the first did not zoom with it"
double_click plot # fits
point 640 5
wait_for "all points" picture_is "$work/both.png" plot-beside
press period
wait_epoch 2
reveal compare
click compare
click compare-0
wait_for "one plot" lacks_widget plot-beside
stop_app
