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

# Another program's: it may be slower on a busy machine than a paste waits (half a second), and is then asked once more.
says_what_is_there() { # selected, it takes the place of what wl-copy has
    there=$(wl-paste --primary --no-newline 2>/dev/null) && [[ $there == *one ]]
}
is_put_in() {
    printf 'zwei ' | wl-copy --primary
    wait_for "another program's selection" primary_is 'zwei '
    mouse middle
    key 107 # End
    key 42 102
    wait_for "what is there, selected" says_what_is_there
    [ "$there" != one ]
}
widget note-text
mouse move $((wx + 10)) $((wy + wh / 2))
wait_for "what was put in" is_put_in
equal "what was put in, selected" "zwei one" "$there"
tell_sway kill
expect_end
