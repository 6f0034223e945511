# On a screen of scale 2 under Wayland the window is as sharp as with --scale 2 under X11, pixel for pixel, and a mouse
# hits what it points at; it follows another scale, also one that is no whole number, and another screen.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/sway.sh"
: "${HAND_WAYLAND:?path of hand_wayland}"

# what it is to look like: under X11
SCREEN=2040x1200
mkdir -p "$GUI_ARTIFACTS"
start_display
start_paused --samples 300 --scale 2 --window-size 2040x1200
point 2 2
settle "$work/two.png"
stop_app
start_paused --samples 300 --scale 1 --window-size 2040x1200
point 2 2
settle "$work/one.png"
stop_app

looks_like() { # FILE, which is kept beside the screenshot of a failure
    cp "$1" "$GUI_ARTIFACTS/expected.png"
    picture "$work/now.png" HEADLESS-1 && [ "$(differing "$work/now.png" "$1")" = 0 ]
}
start_sway "xwayland disable" "seat * hide_cursor 100" "output HEADLESS-1 resolution 2040x1200 scale 2"
start_mouse 1020 600
start_wayland_app --samples 300 --epochs 1
wait_epoch 1
mouse move 1 1
wait_for "the picture of --scale 2" looks_like "$work/two.png"
equal "the window's pixels" 2040 "$(widget help; echo $((wx + ww + 32)))"

# a mouse, whose places are units of two pixels
hit() { # NAME
    widget "$1"
    mouse_click $(((wx + ww / 2) / 2)) $(((wy + wh / 2) / 2))
}
hit epoch
wait_epoch 2
hit theme
dark() {
    picture "$work/now.png" && [ "$(mean_gray "$work/now.png")" -lt 45 ]
}
wait_for "the dark theme" dark
hit theme
hit reset
at_start() { [ -z "$(trace_last epoch)" ]; }
wait_for "the run at its start" at_start

# a drag, unit by unit
wait_for "the picture of it" still "$work/still.png"
handle() {
    widget threshold-line && echo "$wx"
}
widget threshold-line
from=$wx
x=$(((wx + ww / 2) / 2)) y=$(((wy + wh / 2) / 2))
unrelated
mouse move $x $y
mouse down
for step in 4 8 12 16 20; do
    mouse move $((x - step)) $y
done
mouse up
clicked
dragged() {
    local by=$((from - $(handle)))
    [ $by -ge 38 ] && [ $by -le 42 ]
}
wait_for "the threshold 40 pixels to the left" dragged
tell_sway kill
wait_for "the question" has_widget ask-no
hit ask-no
expect_end

# what is told is not moved by the screen
start_wayland_app --samples 300 --epochs 1 --scale 1
wait_epoch 1
mouse move 1 1
wait_for "the picture of --scale 1 at scale 2" looks_like "$work/one.png"
tell_sway kill
expect_end

# another screen, and another scale while it runs: SDL 2.26 goes by a screen's new scale when the window comes to it the
# next time; until then the compositor makes the picture larger or smaller
start_wayland_app --samples 300 --epochs 1
wait_epoch 1
mouse move 1 1
wait_for "the picture of --scale 2" looks_like "$work/two.png"
tell_sway create_output
tell_sway output HEADLESS-2 resolution 2040x1200 scale 1 position 3000 0
move_to() { # OUTPUT
    tell_sway '[app_id="easyfirst"]' move container to output "$1"
    tell_sway focus output "$1"
}
button_has() { # PIXELS
    widget play && [ "$wh" = "$1" ]
}
window_has() { # WIDTH HEIGHT, in pixels: as its widgets say
    widget tool-move
    awk -v w="$1" -v h="$2" '$2 + $4 > x { x = $2 + $4 } $3 + $5 > y { y = $3 + $5 }
        END { exit !(x <= w && x > 0.97 * w && y <= h && y > 0.95 * h) }' "$widgets"
}
move_to HEADLESS-2
wait_for "buttons for a scale of 1" button_has 32
wait_for "the window for it" window_has 2040 1200
tell_sway output HEADLESS-1 scale 1.5 # SDL 2.26: drawn for 2, and made smaller by the compositor; newer ones: for 1.5
move_to HEADLESS-1
for_one_and_a_half() { (button_has 64 && window_has 2720 1600) || (button_has 48 && window_has 2040 1200); }
wait_for "buttons and a window for a scale of 1.5" for_one_and_a_half
tell_sway output HEADLESS-1 scale 1
shows_one() { picture "$work/now.png" HEADLESS-1 && [ "$(pixels "$work/now.png" "$CLASS_1")" -gt 100 ]; }
wait_for "a picture although the scale is another" shows_one
tell_sway output HEADLESS-1 scale 2
move_to HEADLESS-2
wait_for "buttons for a scale of 1" button_has 32
move_to HEADLESS-1
wait_for "buttons for a scale of 2" button_has 64
wait_for "the window for it" window_has 2040 1200
tell_sway kill
expect_end
