# A threshold that learns itself: the switch asks for clean points, one button takes them and the lines of the classes
# are there; they move by themselves and by hand; the flag brush marks points and undo takes that back; two more runs
# begin beside it; a step is explained.
. "$(dirname "$0")/lib.sh"
start_display
start_paused --dataset blobs --samples 400 --outliers 0.2 --test 0.3 --seed 4 --learning-rate 0.01
point 640 5

line_at() { # the middle of a class's line, in window pixels
    widget "threshold-line-$1"
    echo $((wx + ww / 2))
}

upwards() { # the panel, to its upper end
    widget learn
    point $wx $wy
    xdotool click --repeat 30 --delay 5 4
    point 640 5
}

has_widget learn || { reveal section-pace && click section-pace; }
reveal learn
click learn
wait_for "the line to ask for clean points" has_widget feedback
lacks_widget threshold-line-0 || fail "the classes have lines before there are clean points"
click feedback
wait_for "a line for each class" has_widget threshold-line-1
wait_for "the number of clean points" has_widget clean-count
lacks_widget feedback || fail "the line still asks"

# by hand: the line goes along, and undo brings it back
upwards
wait_for "the lines in view" has_widget threshold-line-0
before=$(line_at 0)
other=$(line_at 1)
drag threshold-line-0 50 350
point 640 5
wait_for "the line where it was let go" differs_from "$before" line_at 0
equal "the other class's line" "$other" "$(line_at 1)"
dragged=$(line_at 0)
press ctrl+z
wait_for "the line back" differs_from "$dragged" line_at 0
equal "the line after undo" "$before" "$(line_at 0)"

# it moves by itself
for epoch in 2 3 4 5 6 7 8 9 10 11 12; do
    press period
    wait_epoch $epoch
done
point 640 5
wait_for "the line to move by itself" differs_from "$before" line_at 0

# the flag brush
settle "$work/unmarked.png" plot
press c
widget plot
x=$((wx + ww / 3)) y=$((wy + wh * 3 / 4))
point $x $y
unrelated
xdotool mousedown 1 sleep 0.06 mouseup 1
clicked
press v
point 640 5
wait_for "flags" picture_differs "$work/unmarked.png" 60 plot
press ctrl+z
settle "$work/undone.png" plot
[ "$(differing "$work/unmarked.png" "$work/undone.png")" = 0 ] || fail "undo leaves something of the flags"

# plain training and the clean points alone beside it
reveal meta-compare
click meta-compare
wait_for "three runs" has_widget meta-figures
reveal meta-explain
click meta-explain
wait_for "a step explained" has_widget meta-step
stop_app
