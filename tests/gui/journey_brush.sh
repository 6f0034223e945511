# Points by hand: the brush adds them and the run goes on with them, the eraser takes them away, the flip brush moves
# labels; undo goes back over each stroke to the same picture, and redo forward.
. "$(dirname "$0")/lib.sh"
start_display
start_paused
point 640 5

# What is said of the run comes and goes by its own time: the pictures are compared below the lines over the plot.
points() { # FILE
    settle "$1" plot
    convert "$1" -crop 100%x70%+0+150 +repage "$1"
}
points_are() { # FILE
    see "$work/now.png" plot
    convert "$work/now.png" -crop 100%x70%+0+150 +repage "$work/now.png"
    [ "$(differing "$1" "$work/now.png")" = 0 ]
}

stroke() { # X% Y% X% Y%: along a line in the plot
    widget plot
    local x0=$((wx + ww * $1 / 100)) y0=$((wy + wh * $2 / 100)) x1=$((wx + ww * $3 / 100)) y1=$((wy + wh * $4 / 100)) step
    point $x0 $y0
    unrelated
    xdotool mousedown 1 sleep 0.06
    for step in 1 2 3 4 5 6; do
        point $((x0 + (x1 - x0) * step / 6)) $((y0 + (y1 - y0) * step / 6))
        sleep 0.05
    done
    xdotool mouseup 1
    clicked
    point 640 5
}

points "$work/before.png"
click tool-add
click class-1
stroke 85 90 90 60
points "$work/added.png"
# new samples start hard: hollow marks, where there were none
[ "$(differing "$work/before.png" "$work/added.png")" -gt 300 ] || fail "the brush has added nothing to be seen"
[ "$(pixels "$work/added.png" "$HARD_EDGE" 1)" -gt "$(pixels "$work/before.png" "$HARD_EDGE" 1)" ] ||
    fail "what was added is not hard"
[ "$(pixels "$work/added.png" "$CLASS_1" 1)" -le "$(pixels "$work/before.png" "$CLASS_1" 1)" ] ||
    fail "what was added is easy from the start"

press ctrl+z
wait_for "the picture before" points_are "$work/before.png"
press ctrl+shift+z
wait_for "the added points again" points_are "$work/added.png"

# the run goes on with them: with a threshold above every loss all are easy, the added ones too
drag threshold-line 50 4000
press period
wait_epoch 2
all=$(trace_last easy)
number "$all > 10010" || fail "after an epoch on everything $all samples are easy: the added ones take no part"

# the eraser, over the added ones
press e
stroke 85 90 90 60
press v
click tool-move
press period
wait_epoch 3
equal "samples without the added ones" 10000 "$(trace_last easy)"

# the flip brush, over the middle of the second class
point 640 5
points "$work/flat.png"
press x
stroke 50 45 60 45
press v
point 640 5
points "$work/flipped.png"
[ "$(pixels "$work/flipped.png" "$CLASS_1" 1)" -lt "$(pixels "$work/flat.png" "$CLASS_1" 1)" ] ||
    fail "the flip brush has changed no label"
click undo
point 640 5
wait_for "the labels again" points_are "$work/flat.png"

# undo goes over the other changes, too: a setting, a drag of the threshold, a new seed
press shift+r
wait_for "other points" epoch_is ""
press ctrl+z
wait_for "the run before" points_are "$work/flat.png"
equal "epochs of the run that is back" 3 "$(trace_last epoch)"
stop_app
