# Side by side: a second run is chosen, stands beside the first with the same view, and goes away again; then a third.
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

# a third run is added, stands beside both, and is zoomed, held and taken away as they are
start_paused --samples 400 --compare plain
reveal compare-c
click compare-c
wait_for "the list" has_widget compare-c-2
click compare-c-2
wait_for "the third plot" has_widget plot-beside-2
widget plot
first=${ww}x$wh
widget plot-beside-2
equal "sizes" "$first" "${ww}x$wh"
point 640 5
settle "$work/three.png" plot-beside-2
see "$work/first.png" plot
widget plot-beside-2
point $((wx + ww / 2)) $((wy + wh / 2))
xdotool click 4 click 4 click 4
wait_for "the third to zoom" picture_differs "$work/three.png" 2000 plot-beside-2
picture_differs "$work/first.png" 2000 plot || fail "the first did not zoom with the third"
double_click plot-beside-2 # fits
point 640 5
wait_for "all points" picture_is "$work/three.png" plot-beside-2
# its own menu, at a place without points
widget plot-beside-2
left=$wx right=$((wx + ww))
point $((wx + 20)) $((wy + wh - 20))
xdotool sleep 0.06 mousedown 3 sleep 0.06 mouseup 3
wait_for "the menu" has_widget menu-fit
widget plot-menu
[ $((wx + ww)) -gt "$left" ] && [ "$wx" -lt "$right" ] || fail "the menu is elsewhere"
press Escape
wait_for "the menu to close" lacks_widget menu-fit
# H holds the run that the head has chosen
click run-c
reveal hold
settle "$work/hold.png" hold
point 640 5
press h
wait_for "the hold" picture_differs "$work/hold.png" 50 hold
click run-a
point 640 5
wait_for "the first to be let alone" picture_is "$work/hold.png" hold
reveal remove-b
click remove-b # C is B now
wait_for "two plots" lacks_widget plot-beside-2
has_widget plot-beside || fail "both are gone"
press ctrl+z
wait_for "the run to come back" has_widget plot-beside-2
reveal end-compare
click end-compare
wait_for "one plot" lacks_widget plot-beside
stop_app

# the command line names two; where three plots have no room the heads choose among them
start_paused --compare plain --compare order=hard,threshold=0.3 --test 0.2 --samples 400
has_widget plot-beside-2 || fail "no third run from the command line"
has_widget figure-c || fail "no figure of the third run"
press F5
wait_for "the presentation" has_widget present-figures
press Escape
wait_for "the window" has_widget plot-beside-2
xdotool windowsize "$window" 900 700
wait_for "one plot for all" lacks_widget plot-beside
has_widget run-c || fail "no head to choose the third run"
see "$work/one.png" plot
click run-c
point 450 5
wait_for "its plot" picture_differs "$work/one.png" 300 plot
stop_app
