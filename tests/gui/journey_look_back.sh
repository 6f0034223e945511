# The timeline: a look at an earlier epoch is that epoch's picture again, pixel by pixel; back to now; on from there.
. "$(dirname "$0")/lib.sh"
start_display
start_paused
point 640 5
train_to 3
settle "$work/third.png" plot
train_to 6
settle "$work/now.png" plot
sixth=$(trace_row)

press shift+Left shift+Left shift+Left
wait_for "the look back" has_widget look-back
widget line
line_end=$((wy + wh))
widget plot
[ $line_end -le "$wy" ] || fail "the words lie over the plot"
point 640 5
settle "$work/back.png"
widget plot
px=$wx py=$wy pw=$ww ph=$wh
# nothing lies over the plot: all of it counts
top=0
convert "$work/third.png" -crop "${pw}x$((ph - top))+0+$top" +repage "$work/third.part.png"
convert "$work/back.png" -crop "${pw}x$((ph - top))+$px+$((py + top))" +repage "$work/back.part.png"
equal "differing pixels of epoch 3 and the look at it" 0 "$(differing "$work/third.part.png" "$work/back.part.png")"

press Escape
wait_for "now again" lacks_widget look-back
settle "$work/again.png" plot
for file in now again; do
    convert "$work/$file.png" -crop "${pw}x$((ph - top))+0+$top" +repage "$work/$file.part.png"
done
equal "differing pixels of now" 0 "$(differing "$work/now.part.png" "$work/again.part.png")"

# Dragging along the timeline (10 epochs wide) looks back, too; the run goes on from there as it went the first time.
widget timeline
y=$((wy + wh / 2)) x0=$wx span=$ww
point $((x0 + span - 2)) "$y"
unrelated
xdotool mousedown 1 sleep 0.06
point $((x0 + span * 4 / 6)) "$y"
sleep 0.06
point $((x0 + span / 2)) "$y"
wait_for "the look back" has_widget look-back
xdotool mouseup 1
clicked
click go-on
wait_epoch 5 # what came after it is left,
press ctrl+z
wait_epoch 6 # and comes back
equal "the run that was left" "$sixth" "$(trace_row)"
press ctrl+shift+z
wait_epoch 5
press period
wait_epoch 6
equal "the sixth epoch" "$sixth" "$(trace_row)"
stop_app
