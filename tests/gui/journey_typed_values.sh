# Paused by Space; a threshold and a growing factor typed; text that is no number changes nothing.
. "$(dirname "$0")/lib.sh"
start_display
start_app --epochs 1000
press space
wait_for "the pause" stands
last=$(trace_last epoch)
next=$((${last:-0} + 1))

enter() {
    click "$1-value"
    press ctrl+a
    type_text "$2"
    press Return
}

enter threshold 0.5
press period
wait_epoch $next
close_to "the threshold as typed" 0.5 "$(trace_last threshold)" 1e-6
press period
wait_epoch $((next + 1))
close_to "growth from there" 0.675 "$(trace_last threshold)" 1e-6

for text in abc nan 1e999 -1 0,5; do
    enter threshold "$text"
    press Escape
done
press period
wait_epoch $((next + 2))
close_to "the threshold after refused texts" 0.91125 "$(trace_last threshold)" 1e-6

enter growing-factor 2
enter threshold 25e-2
press period
wait_epoch $((next + 3))
close_to "the threshold as typed again" 0.25 "$(trace_last threshold)" 1e-6
press period
wait_epoch $((next + 4))
close_to "growth by the factor as typed" 0.5 "$(trace_last threshold)" 1e-6
stop_app
