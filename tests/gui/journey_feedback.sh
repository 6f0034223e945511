# A threshold below every loss is told in words, and the button mends it. The post's run asks for nothing: its words are
# what there is to watch, what the epochs did, and the end, from which it can be played on.
. "$(dirname "$0")/lib.sh"
start_display
few_easy() {
    see "$work/plot.png" plot
    [ "$(pixels "$work/plot.png" "$CLASS_1")" -lt 2000 ]
}
many_easy() {
    ! few_easy
}
start_app --epochs 3 --threshold 0.00001 --growing-factor 1
wait_epoch 3
wait_for "the line" has_widget feedback
equal "easy samples" 0 "$(trace_last easy)"
click feedback
press period
wait_epoch 4
number "$(trace_last easy) >= 900" || fail "$(trace_last easy) easy samples after the button"
stop_app

start_app
wait_for "what to watch" has_widget narration
until epoch_is 9; do
    lacks_widget feedback-line || fail "an alarm in the post's run"
    sleep 0.1
done
wait_for "the end" has_widget play-on
lacks_widget feedback-line || fail "an alarm at the end of the post's run"
click show-hard
wait_for "a plot of the hard points alone" few_easy
click play-on
wait_for "the run to go on" later_than 9
wait_for "all points again" many_easy
stop_app
