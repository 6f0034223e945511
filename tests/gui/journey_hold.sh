# Hold keeps the threshold as it is while the run goes on, by key and by its widget.
. "$(dirname "$0")/lib.sh"
start_display
start_paused

press h period
wait_epoch 2
held=$(trace_last threshold)
press period
wait_epoch 3
equal "the threshold on hold" "$held" "$(trace_last threshold)"
click hold
press period
wait_epoch 4
close_to "the threshold let go" "$(awk "BEGIN { printf \"%.9g\", $held * 1.35 }")" "$(trace_last threshold)" 1e-6
held=$(trace_last threshold)
click hold
press period
wait_epoch 5
equal "the threshold on hold again" "$held" "$(trace_last threshold)"
stop_app
