# The same under Wayland (journey_layouts.sh): real key codes on layouts that the compositor changes under the window.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/sway.sh"
start_sway "output HEADLESS-1 resolution 1280x720"

# A keyboard before the window: SDL 2.26 reads freed memory when another one takes its place.
mkfifo "$work/keyboard"
: >"$work/keyboard.log"
setpriv --pdeathsig TERM "$VIRTUAL_KEYBOARD" <>"$work/keyboard" >"$work/keyboard.log" 2>&1 &
others+=($!)
told=0
tell() { # LINE: to the keyboard
    printf '%s\n' "$*" >"$work/keyboard"
    told=$((told + 1))
    wait_for "the keyboard to take $*" has_told
}
has_told() {
    [ "$(grep -c done "$work/keyboard.log")" -ge $told ]
}

# key KEY...: Linux's numbers, the last one pressed while the others are held: 42 Shift, 29 Ctrl, 100 AltGr.
key() {
    local held=("${@:1:$#-1}") code
    for code in "${held[@]}"; do tell down "$code"; done
    tell key "${!#}"
    for code in "${held[@]}"; do tell up "$code"; done
    sleep 0.1
}
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
