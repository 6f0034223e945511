# The primary selection under Wayland (journey_primary.sh).
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/sway.sh"
start_sway "output HEADLESS-1 resolution 1280x720"

primary_is() {
    [ "$(wl-paste --primary --no-newline 2>/dev/null)" = "$1" ]
}

start_keyboard
start_wayland_app --epochs 1
wait_epoch 1
start_mouse 1280 720
mouse_click 640 5
key 49 # n
wait_for "the note's sheet" has_widget note-text
for code in 24 49 18; do # one
    key $code
done
key 42 102 # Shift and Home
wait_for "what Shift and a key select" primary_is one

printf 'zwei ' | wl-copy --primary
wait_for "another program's selection" primary_is 'zwei '
widget note-text
mouse move $((wx + 10)) $((wy + wh / 2))
mouse middle
is_put_in() {
    key 107 # End
    key 42 102
    primary_is "zwei one"
}
wait_for "what was put in, selected" is_put_in
tell_sway kill
expect_end
