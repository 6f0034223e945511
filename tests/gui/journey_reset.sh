# Reset plays the same run again, from the same first decisions; a new seed plays another.
. "$(dirname "$0")/lib.sh"
start_display
start_paused
first=$(trace_row)
press period
wait_epoch 2

click reset
press period
wait_epoch 1
equal "the first epoch after the reset button" "$first" "$(trace_row)"
press period
wait_epoch 2
second=$(trace_row)
press r period
wait_epoch 1
equal "the first epoch after R" "$first" "$(trace_row)"
press ctrl+z
wait_epoch 2
equal "the run before R" "$second" "$(trace_row)"
press ctrl+shift+z
wait_epoch 1

press period
wait_epoch 2
press shift+r
press period
wait_epoch 1
second=$(trace_row)
[ "$second" != "$first" ] || fail "a new seed by Shift+R gave the same first epoch"

press period
wait_epoch 2
click new-seed
press period
wait_epoch 1
[ "$(trace_row)" != "$first" ] && [ "$(trace_row)" != "$second" ] || fail "the button gave a seed that was there before"

# Back at the same seed by R: it is the new one that repeats.
third=$(trace_row)
press period
wait_epoch 2
press r period
wait_epoch 1
equal "the first epoch after R with the new seed" "$third" "$(trace_row)"
stop_app
