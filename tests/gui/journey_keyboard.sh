# By keys alone, in the real window: to the plot by Tab, from point to point, pin, flip, erase, add at the crosshair,
# undo; then to the network, a unit more, a weight set by hand, the sheet.
. "$(dirname "$0")/lib.sh"
start_display
# few points, so that one more or less is seen in the trace; nothing is easy but by a threshold above every loss
start_paused --dataset blobs --samples 40 --hidden 3 --threshold 100 --batch 4
point 640 5 # over the window, where it means nothing: the keys are the window's

tab_to() { # WIDGET THAT IS THERE THEN
    local turns=0
    until has_widget "$1"; do
        [ $((turns += 1)) -le 80 ] || fail "Tab does not lead to where there is $1"
        press Tab
        sleep 0.1
    done
}

place() { # NAME: its place, or nothing
    grep "^$1 " "$widgets" | head -n 1
}
moved() { # NAME PLACE
    has_widget "$1" && [ "$(place "$1")" != "$2" ]
}

equal "easy points at first" 40 "$(trace_last easy)"
press Right
lacks_widget plot-walk || fail "an arrow walks although the plot has not the focus"
tab_to plot-keys
settle "$work/focused.png" plot
press Right
wait_for "a point to stand at" has_widget plot-walk
wait_for "its card" has_widget plot-card
places=0
for key in Left Up Right Down Right Up Left Next Next Prior; do
    before=$(place plot-walk)
    press $key
    sleep 0.3
    [ "$(place plot-walk)" = "$before" ] || places=$((places + 1))
done
[ "$places" -ge 6 ] || fail "ten keys led to $places other points only"

# pin, and let go
lacks_widget plot-pin || fail "a pin before Enter"
press Return
wait_for "the pin" has_widget plot-pin
press Return
wait_for "the pin to go" lacks_widget plot-pin

# flip: seen in the picture, and undone to the same one
settle "$work/before.png" plot
press f
wait_for "another label" picture_differs "$work/before.png" 10 plot
press ctrl+z
wait_for "the label again" picture_is "$work/before.png" plot

# erase: the run has a point less, and again as many
press Delete
wait_for "the picture without it" picture_differs "$work/before.png" 10 plot
press period
wait_epoch 2
equal "easy points without one" 39 "$(trace_last easy)"
press ctrl+z
press period
wait_epoch 3
equal "easy points with it again" 40 "$(trace_last easy)"

# the crosshair: two points of the second class
press m
wait_for "the crosshair" has_widget plot-crosshair
before=$(place plot-crosshair)
press Right Right shift+Down
wait_for "the crosshair to move" moved plot-crosshair "$before"
press 2 Return
press shift+Right Insert
press period
wait_epoch 4
equal "easy points with two more" 42 "$(trace_last easy)"
press Escape
wait_for "the crosshair to go" lacks_widget plot-crosshair
press Escape
wait_for "the walk to end" lacks_widget plot-walk
has_widget plot-keys || fail "the plot has lost the focus"

# the network: its section, a unit more, a weight set by hand, the sheet
ringed() { # WIDGET: whether the ring of the focus is round it
    has_widget "$1" || return 1 # scrolled out
    widget "$1"
    see "$work/now.png"
    convert "$work/now.png" -crop "$((ww + 12))x$((wh + 12))+$((wx - 6))+$((wy - 6))" +repage "$work/ring.png"
    [ "$(pixels "$work/ring.png" "$FOCUS" 1)" -gt $(((ww + wh) * 12 / 5)) ] # more than an edge of a neighbour's
}
FOCUS='#0b3a5c'
focus_on() { # WIDGET [KEY]
    local turns=0
    until ringed "$1"; do
        [ $((turns += 1)) -le 60 ] || fail "Tab does not lead to $1"
        press "${2:-Tab}"
        sleep 0.1
    done
}
focus_on section-model
press Return
wait_for "the section to open" has_widget activation-0
focus_on units-more-1
press Return
wait_for "the run from its beginning" epoch_is ""
tab_to network-caption # a unit of the picture, which has come into view
wait_for "a unit more" has_widget network-1-3
press ctrl+z
wait_for "the run before" epoch_is 4
wait_for "its units" lacks_widget network-1-3
widget network-1-1
before=$ww
shrunk() { widget network-1-1 && [ "$ww" -lt "$before" ]; }
grown() { widget network-1-1 && [ "$ww" -eq "$before" ]; }
point $((wx + ww / 2)) $((wy + wh / 2)) # what the unit says is the plot's ground now
press ctrl+minus                        # and of another size from this frame on
wait_for "smaller widgets" shrunk
press ctrl+plus
wait_for "the size before" grown
point 640 5

settle "$work/before.png" plot
press Return
wait_for "the card of a weight" has_widget network-value
press Down Return
type_text 40
press Return
press Escape Escape
wait_for "another model" picture_differs "$work/before.png" 200 plot
press ctrl+z
tab_to network-caption
wait_for "the model before, to the last pixel" picture_is "$work/before.png" plot

focus_on network-enlarge shift+Tab
press Return
wait_for "the sheet" has_widget network-sheet
press Escape
wait_for "the sheet to close" lacks_widget network-sheet
has_widget plot || fail "the plot has gone"
stop_app
