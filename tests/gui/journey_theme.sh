# The theme button turns the whole picture dark, and back to what it was.
. "$(dirname "$0")/lib.sh"
start_display
start_paused
point 640 5
settle "$work/light.png"
light=$(mean_gray "$work/light.png")
[ "$light" -gt 75 ] || fail "the light theme is not light: $light"

brightness() {
    see "$work/now.png" && mean_gray "$work/now.png"
}
darker_than() {
    [ "$(brightness)" -lt "$1" ]
}
click theme
wait_for "a dark picture" darker_than 45
click theme
point 640 5
wait_for "the light picture again" picture_is "$work/light.png"
stop_app

start_paused --theme dark
wait_for "a dark picture from the start" darker_than 45
stop_app
