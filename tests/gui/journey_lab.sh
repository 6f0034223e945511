# The laboratory in the window: a pace by share is chosen and the run follows it; a suspect of the list is pinned.
. "$(dirname "$0")/lib.sh"
start_display
start_paused --flip 0.1 --samples 1000
lacks_widget share-start || fail "settings of a pace that is not chosen"
reveal section-pace
click section-pace
reveal pace
click pace
wait_for "the list" has_widget pace-2
click pace-2
wait_for "the shares" has_widget share-start
press period
wait_epoch 2
number "$(trace_last easy) >= 200 && $(trace_last easy) <= 600" || fail "$(trace_last easy) of 1,000 samples are easy, not about the share"
reveal section-pace
click section-pace
wait_for "the section to fold" lacks_widget share-start
reveal section-suspects
click section-suspects
lacks_widget plot-pin || fail "a pin before a click"
reveal suspect-0
click suspect-0
wait_for "the pin" has_widget plot-pin
stop_app
