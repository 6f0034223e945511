# The threshold at the right end of its slider makes every sample easy: at once in the picture, then in the trace.
. "$(dirname "$0")/lib.sh"
start_display
start_paused
point 640 5
settle "$work/before.png" plot

drag threshold 10 104
point 640 5
settle "$work/after.png" plot
hard_before=$(pixels "$work/before.png" "$HARD_EDGE" 1)
hard_after=$(pixels "$work/after.png" "$HARD_EDGE" 1)
[ "$hard_before" -gt 500 ] || fail "few hard marks at first: $hard_before pixels"
# (blends at the edges of other marks have that grey, too)
[ "$hard_after" -lt $((hard_before / 5)) ] || fail "hard marks left: $hard_after pixels of $hard_before"
orange_before=$(pixels "$work/before.png" "$CLASS_1" 1)
orange_after=$(pixels "$work/after.png" "$CLASS_1" 1)
[ "$orange_after" -gt $((orange_before * 2)) ] || fail "class 1 did not light up: $orange_before, then $orange_after pixels"

press period
wait_epoch 2
equal "easy samples" 10000 "$(trace_last easy)"
number "$(trace_last threshold) >= 5" || fail "threshold $(trace_last threshold) at the slider's right end"

# Back to the left end: nothing is easy any more.
drag threshold 100 -4
press period
wait_epoch 3
number "$(trace_last easy) < 2000" || fail "$(trace_last easy) easy samples at the slider's left end"
number "$(trace_last threshold) < 0.1" || fail "threshold $(trace_last threshold) at the slider's left end"
stop_app
