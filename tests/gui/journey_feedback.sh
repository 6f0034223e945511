# A threshold below every loss is told in words, and the button mends it.
. "$(dirname "$0")/lib.sh"
start_display
start_app --epochs 3 --threshold 0.00001 --growing-factor 1
wait_epoch 3
wait_for "the line" has_widget feedback
equal "easy samples" 0 "$(trace_last easy)"
click feedback
press period
wait_epoch 4
number "$(trace_last easy) >= 900" || fail "$(trace_last easy) easy samples after the button"
stop_app
