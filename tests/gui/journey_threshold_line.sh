# The threshold's line in the histogram: the grab keeps its offset, the plot recolours during the drag, Esc restores.
. "$(dirname "$0")/lib.sh"
start_display
start_paused
point 640 5
settle "$work/before.png" plot

grab_line() { # DX: takes hold 3 pixels beside the line and drags
    widget threshold-line
    line=$((wx + ww / 2)) y=$((wy + wh / 3))
    point $((line + 3)) "$y"
    unrelated
    xdotool mousedown 1 sleep 0.08
    local step
    for step in 1 2 3 4 5; do
        point $((line + 3 + $1 * step / 5)) "$y"
        sleep 0.03
    done
}
line_at() { # X: whether the line stands there, give or take a pixel
    widget threshold-line
    [ $((wx + ww / 2 - $1)) -le 1 ] && [ $((wx + ww / 2 - $1)) -ge -1 ]
}

grab_line 60
wait_for "the line to follow by as much as the pointer" line_at $((line + 60))
wait_for "the plot to recolour in the drag" picture_differs "$work/before.png" 1000 plot
began=$line
press Escape
wait_for "the line to go back" line_at "$began"
xdotool mouseup 1
clicked
point 640 5
settle "$work/after.png" plot
# v's are decided anew from the present losses: what Esc restores is the threshold
grab_line 400
wait_for "the right end" picture_differs "$work/after.png" 1000 plot
xdotool mouseup 1
clicked
press period
wait_epoch 2
equal "easy samples" 10000 "$(trace_last easy)"
number "$(trace_last threshold) > 99" || fail "threshold $(trace_last threshold) at the right end"
stop_app
