# The data map and what is selected: D opens the map, a box in it and a lasso in the plot light points in both, keys and
# the bar flip, label and remove them, undo brings the same picture back; colours by a measure; the map is remembered.
. "$(dirname "$0")/lib.sh"
start_display
start_paused --dataset moons --samples 300 --flip 0.1 --seed 3 --learning-rate 0.05 --batch 10
point 640 5

way() { # WIDGET X% Y% X% Y% ...: along these places with the left button
    local name=$1 first=1
    shift
    unrelated
    widget "$name"
    while [ $# -gt 1 ]; do
        point $((wx + ww * $1 / 100)) $((wy + wh * $2 / 100))
        [ $first = 0 ] || xdotool sleep 0.1 mousedown 1
        first=0
        sleep 0.08
        shift 2
    done
    xdotool sleep 0.06 mouseup 1
    clicked
    point 640 5
}

press d
wait_for "the data map" has_widget map-hard
widget map
map_left=$wx
widget plot
[ "$map_left" -ge $((wx + ww)) ] || fail "the map is not beside the plot"
settle "$work/before.png" plot
see "$work/map_before.png" map

# a box round the lower part of the map lights points in both
way map 1 99 50 80 99 45
wait_for "the selection" has_widget selection
wait_for "lit points in the plot" picture_differs "$work/before.png" 150 plot
picture_differs "$work/map_before.png" 150 map || fail "nothing is lit in the map"

# flip them; without the selection's light the marks are others
press f Escape
wait_for "the end of the selection" lacks_widget selection
wait_for "other marks" picture_differs "$work/before.png" 60 plot
press ctrl+z
wait_for "the points as they were" picture_is "$work/before.png" plot

# a lasso in the plot, and the bar's buttons
press l l
way plot 20 30 45 25 50 50 35 60 22 45
wait_for "the lasso's selection" has_widget selection-remove
click selection-remove
point 640 5
wait_for "the end of the removed" lacks_widget selection
wait_for "fewer points" picture_differs "$work/before.png" 100 plot
press v ctrl+z
wait_for "all points again" picture_is "$work/before.png" plot

# all of them labelled as one class: none of the other class's colour is left
press ctrl+a
click selection-label
click selection-label-2
point 640 5
press Escape
settle "$work/labelled.png" plot
press ctrl+z
wait_for "the labels as they were" picture_is "$work/before.png" plot
picture_differs "$work/labelled.png" 200 plot || fail "the labels were not set"

# Escape in a drag selects nothing
widget map
point $((wx + 5)) $((wy + 5))
xdotool mousedown 1
point $((wx + 100)) $((wy + wh / 2))
sleep 0.2
point $((wx + ww - 5)) $((wy + wh - 5))
wait_for "the box" has_widget select-box
press Escape
xdotool mouseup 1
clicked
wait_for "nothing selected" lacks_widget selection

# by keyboard: Tab to the map, an arrow to a point, Shift+Enter selects it
point 640 5
widget map
click map 98 50 # far from all points
for _ in 1 2 3; do press shift+Tab; done
for _ in 1 2 3; do press Tab; done
press Right
wait_for "a point of the map" has_widget map-hovered
press shift+Return
wait_for "one selected" has_widget selection
press Escape Escape # out of the map's points, then the selection
wait_for "none selected" lacks_widget selection

# colours by a measure, with the map closed
click map-close
wait_for "the map's end" lacks_widget map
point 640 5
settle "$work/class.png" plot
click color-by
press End Return
point 640 5
wait_for "the ramp" has_widget color-ramp
wait_for "other colours" picture_differs "$work/class.png" 300 plot

# the window remembers the map
press d
wait_for "the map again" has_widget map-hard
stop_app
start_app --epochs 1 --dataset moons --samples 300
wait_for "the remembered map" has_widget map-hard
stop_app
