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
# a plain click on it leaves the view as it is, in both (it may pin a point)
widget plot-beside
click plot-beside 50 92
click plot-beside 50 92 # what was pinned is so no more
point 640 5
wait_for "the view to stay" picture_is "$work/both.png" plot-beside
# a box over the second is drawn there, and zooms both
widget plot-beside
left=$wx right=$((wx + ww))
point $((wx + ww / 4)) $((wy + wh / 4))
xdotool sleep 0.06 mousedown 3 sleep 0.06
point $((wx + ww / 2)) $((wy + wh / 2))
point $((wx + ww * 3 / 4)) $((wy + wh * 3 / 4))
wait_for "the box" has_widget plot-box
widget plot-box
[ "$wx" -ge "$left" ] && [ $((wx + ww)) -le "$right" ] || fail "the box is drawn elsewhere"
xdotool sleep 0.06 mouseup 3
point 640 5
wait_for "the zoom" picture_differs "$work/both.png" 5000 plot-beside
double_click plot-beside # fits
point 640 5
wait_for "all points again" picture_is "$work/both.png" plot-beside
# the panel shows and changes the second run's curriculum, and the heads choose whose it is
has_widget run-b || fail "no head over the second plot"
click run-b
point 640 5
press period
wait_epoch 2
reveal swap-runs
settle "$work/before.png" run-a
click swap-runs
point 640 5
wait_for "the heads to change places" picture_differs "$work/before.png" 100 run-a
press ctrl+z
wait_for "the swap to be undone" picture_is "$work/before.png" run-a
reveal end-compare
click end-compare
wait_for "one plot" lacks_widget plot-beside
stop_app
