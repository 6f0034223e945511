# A small window: the threshold is a row, the panel a drawer behind "Curriculum".
. "$(dirname "$0")/lib.sh"
start_display
start_paused --window-size 640x480
lacks_widget order-0 || fail "the panel is there without having been called"
drag threshold 50 104
press period
wait_epoch 2
number "$(trace_last threshold) > 99" || fail "threshold $(trace_last threshold) at the right end of its row"

click curriculum
wait_for "the drawer" has_widget order-0
drag threshold-line 50 -3000
press Escape
wait_for "the drawer to close" lacks_widget order-0
press period
wait_epoch 3
number "$(trace_last threshold) < 0.001" || fail "threshold $(trace_last threshold) after a drag in the drawer"

click curriculum
wait_for "the drawer again" has_widget order-0
click plot 20 50
wait_for "the drawer to close at a press outside" lacks_widget order-0
lacks_widget plot-pin || fail "the press that closed it went on to the plot"

stop_app
