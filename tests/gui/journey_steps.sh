# A run that was left stays pale on the timeline and comes back by a click; undo leads back again; the list of steps goes
# to any of them by keyboard and by hand, and brings runs back.
. "$(dirname "$0")/lib.sh"
start_display
start_paused
point 640 5
for epoch in 2 3 4 5 6; do
    press period
    wait_epoch $epoch
done
sixth=$(trace_row)
lacks_widget timeline-runs || fail "no run has been left"

# Going on from epoch 3 leaves a run.
press shift+Left shift+Left shift+Left
wait_for "the look back" has_widget look-back
click go-on
wait_epoch 3
press h # one more step, and another fourth epoch
press period
wait_epoch 4
fourth=$(trace_row)
[ "$fourth" != "$sixth" ] || fail "no other run"
point 640 5
wait_for "the run that was left" has_widget timeline-run-1
see "$work/pale.png" timeline
earlier=$(convert "$work/pale.png" -fuzz 3% -fill red -opaque '#8a93a3' -fill black +opaque red -format '%[fx:round(mean.r*w*h)]' info:)
[ "$earlier" -gt 100 ] || fail "$earlier pale pixels on the timeline"

# Under the pointer it says which run it is; a click on its chip brings it back, as it was trained.
widget timeline-run-1
point $((wx + ww / 2)) $((wy + wh / 2))
wait_for "its words" has_widget timeline-words
click timeline-run-1
wait_epoch 6
equal "the run that was left" "$sixth" "$(trace_row)"
wait_for "the other one to be kept" has_widget timeline-run-2
lacks_widget timeline-run-1 || fail "the run on show is no branch"
press ctrl+z
wait_epoch 4
equal "undone" "$fourth" "$(trace_row)"

# The list: going on, holding λ, and the click, which is undone.
point 640 5
press u
wait_for "the list of steps" has_widget steps-card
has_widget step-0 && has_widget step-3 || fail "not all steps are listed"
lacks_widget step-4 || fail "too many steps"
press Home Return
wait_epoch 6
equal "before all steps" "$sixth" "$(trace_row)"
press End Return
wait_epoch 6
press Up Return
wait_epoch 4
equal "the last but one" "$fourth" "$(trace_row)"
press Tab Return # the run that was left last, which is the only one
wait_epoch 6
equal "a kept run" "$sixth" "$(trace_row)"
press ctrl+z # the list does not keep other keys
wait_epoch 4
press Escape
wait_for "the list to close" lacks_widget steps-card

# By hand.
click tools-more # the strip of a window of this height has no room for it
wait_for "the other tools" has_widget more-steps
click more-steps
wait_for "the list of steps" has_widget steps-card
click step-0
wait_epoch 6
click timeline # a press elsewhere closes it, and does nothing else
wait_for "the list to close" lacks_widget steps-card
lacks_widget look-back || fail "the press that closed the list did more"
click timeline-runs
wait_for "the list of runs" has_widget steps-card
press Return
wait_epoch 4
equal "the kept run" "$fourth" "$(trace_row)"
press Escape
stop_app
