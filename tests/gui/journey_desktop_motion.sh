# Reduced motion as the desktop's settings have it (a stand-in for its portal), as they are changed.
FIRST_START=1
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/bus.sh"
start_display
start_bus
start_settings enable-animations=true

# the tour's ghost glides, or stands still
MOTION= start_app
wait_for "the tour" has_widget tour-card
moves() {
    see "$work/one.png"
    sleep 0.2
    picture_differs "$work/one.png" 1
}
wait_for "the ghost to glide" moves
change_setting enable-animations=false
rests() { ! moves; }
wait_for "the ghost to stand still" rests
rests || fail "the ghost did not rest for long"
stop_app

# by its other name, from the start
change_setting enable-animations=true
change_setting reduced-motion=1
MOTION= start_app
wait_for "the tour" has_widget tour-card
wait_for "the ghost to stand still" rests
stop_app

# --motion goes before it
MOTION= start_app --motion full
wait_for "the ghost to glide" moves
stop_app
