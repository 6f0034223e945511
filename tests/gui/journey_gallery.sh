# The gallery of presets: opened, one chosen by its card; its run plays. Esc closes without a change.
. "$(dirname "$0")/lib.sh"
start_display
start_paused
click preset
wait_for "the gallery" has_widget preset-5
press Escape
wait_for "it to close" lacks_widget preset-5
equal "epochs of the run that was there" 1 "$(trace_last epoch)"
click preset
wait_for "the gallery" has_widget preset-5
click preset-5 50 40
wait_for "it to close" lacks_widget preset-5
wait_for "its run to play" later_than 2
equal "easy samples of epoch 2, in the circles' warm-up" 600 "$(awk -F, '$1 == 2 { print $3 }' "$trace")"
stop_app
