# The close button ends a run that is playing; so does the signal of a system that shuts down.
. "$(dirname "$0")/lib.sh"
start_display
start_app
wait_for "an epoch" later_than 0
stop_app

start_app
kill -TERM "$app_pid"
expect_end 143
