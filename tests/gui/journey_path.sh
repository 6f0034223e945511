# The age path: worked out by itself beside a paused run, told at the slider before λ is moved, left out and brought back
# by its switch, and renewed with other settings.
. "$(dirname "$0")/lib.sh"
over() { # the pointer to the middle of a widget
    widget "$1"
    point $((wx + ww / 2)) $((wy + wh / 2))
}
start_display
start_paused --samples 500
wait_for "the switch" has_widget age-path
over threshold
wait_for "what the run from here comes to" has_widget threshold-path
equal "epochs of the run itself" 1 "$(trace_last epoch)"
click age-path
over threshold
wait_for "the path to be left out" lacks_widget threshold-path
click age-path
over threshold
wait_for "the path to come back" has_widget threshold-path
click order-2
wait_for "no path where all count at once" lacks_widget age-path
stop_app
