# The plot under the hand: the wheel zooms, a drag pans, Backspace and Home go back; hover names a point, a click pins
# it; the key leaves out what it names; the wheel over an axis zooms it alone; a menu at a right click and by keyboard.
. "$(dirname "$0")/lib.sh"
start_display
start_paused
point 640 5
settle "$work/fit.png" plot
widget plot
x=$((wx + ww / 2)) y=$((wy + wh / 2)) pw=$ww

point $x $y
xdotool click 4 click 4 click 4 click 4
wait_for "the zoom" picture_differs "$work/fit.png" 20000 plot
point 640 5
settle "$work/zoomed.png" plot
press BackSpace
wait_for "the view before the zoom" picture_is "$work/fit.png" plot

unrelated
point $x $y
xdotool mousedown 1 sleep 0.06
for step in 1 2 3 4 5; do
    point $((x + 20 * step)) $y
    sleep 0.03
done
xdotool mouseup 1
clicked
point 640 5
settle "$work/panned.png" plot
# what is shown has moved by 100 pixels: away from the frame it is the same picture
convert "$work/fit.png" -crop "250x170+300+220" +repage "$work/a.png"
convert "$work/panned.png" -crop "250x170+400+220" +repage "$work/b.png"
[ "$(differing "$work/a.png" "$work/b.png")" -lt 3000 ] || fail "a drag by 100 pixels did not move the picture by as much"
press Home
wait_for "all points again" picture_is "$work/fit.png" plot

# a point far from the others: hovered, then pinned
hover() { # over points around the middle until one is named
    local dx
    for dx in 0 7 14 21 28; do
        point $((x + dx)) $((y + dx))
        sleep 0.3
        ! has_widget plot-card || return 0
    done
    return 1
}
wait_for "a point's card" hover
unrelated
xdotool mousedown 1 sleep 0.06 mouseup 1
clicked
wait_for "the pin" has_widget plot-pin
point 640 5

click legend-hard
point 640 5
settle "$work/no-hard.png" plot
[ "$(pixels "$work/no-hard.png" "$HARD_EDGE" 1)" -lt $(($(pixels "$work/fit.png" "$HARD_EDGE" 1) / 4)) ] ||
    fail "hard marks are left although the legend has them switched off"
click legend-hard
point 640 5

# an axis alone, then back, whatever was clicked last
settle "$work/before-axis.png" plot
widget axis-x
xdotool mousemove $((wx + ww / 2)) $((wy + wh / 2)) click 4 click 4
wait_for "the axis to be zoomed" picture_differs "$work/before-axis.png" 5000 plot
point $x $y
press BackSpace
point 640 5
wait_for "the view before" picture_is "$work/before-axis.png" plot

# the menu of the plot, by mouse and by keyboard
unrelated
point $x $y
xdotool click 3
wait_for "the plot's menu" has_widget plot-menu
click menu-key
wait_for "the key's button" has_widget key
unrelated
point $x $y
press shift+F10
wait_for "the menu by keyboard" has_widget plot-menu
press Escape
wait_for "the menu to close" lacks_widget plot-menu
stop_app
