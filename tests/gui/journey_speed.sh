# The speed slider at its right end plays as fast as it goes; at its left end calmly; the other controls still answer.
. "$(dirname "$0")/lib.sh"
start_display
start_app --epochs 100000 --samples 500
drag speed 30 104
wait_for "fifty epochs" later_than 50
press space
wait_for "the pause" stands
drag speed 95 -4
press space
wait_for "the calm run" differs_from "$(trace_row)" trace_row
stop_app
