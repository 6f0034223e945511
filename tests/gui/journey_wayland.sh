# Without X11: under a Wayland compositor of its own (sway, without a screen) the window shows the run, follows a resize
# and quits when it is told to close;
# the picture of the plot gets onto the clipboard.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/sway.sh"
start_sway "xwayland disable" "output HEADLESS-1 resolution 1280x720"

start_keyboard
start_wayland_app --epochs 1 --window-size 1280x720
wait_epoch 1
wait_for "the run in the window" shows_run
widget plot
convert "$work/now.png" -crop "${ww}x${wh}+${wx}+${wy}" +repage "$work/plot.png"
[ "$(convert "$work/plot.png" -format '%k' info:)" -gt 50 ] || fail "the plot is not where the widgets say"

# Ctrl+C once Tab has come to the plot: the picture is on the clipboard. (There is no pointer without a device.)
on_clipboard() {
    wl-paste --type image/png >"$work/clip.png" 2>/dev/null &&
        [ "$(identify -format '%m %wx%h' "$work/clip.png")" = "PNG 800x600" ]
}
copies_further_on() {
    key 15    # Tab
    key 29 46 # Ctrl+C
    on_clipboard
}
wait_for "the picture on the clipboard" copies_further_on
[ "$(pixels "$work/clip.png" "$CLASS_1")" -gt 1000 ] || fail "the picture on the clipboard is not the run's"

swaymsg output HEADLESS-1 resolution 1000x640 >/dev/null || fail "could not change the output's size"
smaller() {
    widget help # at the right end of the bar
    [ $((wx + ww)) -le 1000 ] || return
    widget timeline # at the foot
    [ $((wy + wh)) -le 640 ] && picture "$work/now.png" &&
        [ "$(identify -format '%wx%h' "$work/now.png")" = 1000x640 ] &&
        [ "$(pixels "$work/now.png" "$CLASS_1")" -gt 500 ]
}
wait_for "the window to follow" smaller

swaymsg kill >/dev/null || fail "could not ask the window to close"
expect_end
