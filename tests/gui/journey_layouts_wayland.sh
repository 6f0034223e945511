# The same under Wayland (journey_layouts.sh): real key codes on layouts that the compositor changes under the window.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/sway.sh"
start_sway "output HEADLESS-1 resolution 1280x720"

start_keyboard
on() {
    layout=$1
    tell layout "$layout"
    sleep 0.3
}
trains() {
    key "$@"
    epoch=$((epoch + 1))
    wait_epoch $epoch
}
helps() {
    key "$@"
    wait_for "the help by '?' on $layout" has_widget help-tab-0
    key 1
    wait_for "the end of the help" lacks_widget help-tab-0
}
maps() {
    key "$@"
    wait_for "the data map on $layout" has_widget map-hard
    key "$@"
    wait_for "the end of the map" lacks_widget map-hard
}

on us
start_wayland_app --epochs 1
wait_epoch 1
epoch=1
trains 52
helps 42 53
maps 32

on fr
trains 42 51
helps 42 50

on de
helps 42 12
on ru
trains 53
helps 42 8
maps 32
on gr
trains 52
maps 32
on cz
trains 52
helps 42 51

# two layouts, and the second one chosen by a key: SDL's own key codes stay the first one's
on us,ru
trains 52
tell group 1
trains 53
maps 32

tell_sway kill
expect_end
