# The primary selection under Wayland (journey_primary.sh).
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/sway.sh"
start_sway "output HEADLESS-1 resolution 1280x720"

primary_is() {
    [ "$(wl-paste --primary --no-newline 2>/dev/null)" = "$1" ]
}

start_wayland_app --epochs 1
wait_epoch 1
start_mouse 1280 720
mouse_click 640 5
# one keyboard for all keys, as SDL 2.26 reads freed memory when another one takes its place: it goes on while we look
wtype -s 300 -k n -s 500 -k o -s 60 -k n -s 60 -k e -s 60 -M shift -s 60 -k Home -m shift -s 8000 \
    -k End -s 60 -M shift -s 60 -k Home -m shift -s 20000 2>"$work/wtype.log" &
others+=($!)
wait_for "the note's sheet" has_widget note-text
wait_for "what Shift and a key select" primary_is one

printf 'zwei ' | wl-copy --primary
widget note-text
mouse move $((wx + 10)) $((wy + wh / 2))
mouse middle
wait_for "what was put in, selected" primary_is "zwei one"
tell_sway kill
expect_end
