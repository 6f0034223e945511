# Without X11: under a Wayland compositor of its own (sway, without a screen) the window shows the run, follows a resize
# and quits when it is told to close;
# the picture of the plot gets onto the clipboard.
. "$(dirname "$0")/lib.sh"

runtime="$work/run"
mkdir -m 700 "$runtime"
chmod 755 "$work"
cat >"$work/sway.conf" <<'CONF'
output HEADLESS-1 resolution 1280x720
default_border none
CONF
as_user=() # sway refuses to run as root
if [ "$(id -u)" = 0 ]; then
    chown 65534 "$runtime"
    as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
fi
unset DISPLAY
env XDG_RUNTIME_DIR="$runtime" HOME="$runtime" WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman \
    setpriv --pdeathsig TERM "${as_user[@]}" sway -c "$work/sway.conf" >"$work/sway.log" 2>&1 </dev/null &
xvfb_pid=$! # ended with the journey, as Xvfb is
export XDG_RUNTIME_DIR="$runtime"

compositor() {
    WAYLAND_DISPLAY=$(cd "$runtime" && ls -d wayland-? 2>/dev/null | head -n 1)
    SWAYSOCK=$(ls "$runtime"/sway-ipc.*.sock 2>/dev/null | head -n 1)
    export WAYLAND_DISPLAY SWAYSOCK
    [ -n "$WAYLAND_DISPLAY" ] && [ -n "$SWAYSOCK" ] && swaymsg -t get_outputs >/dev/null 2>&1
}
wait_for "sway to start" compositor

# SDL's Wayland and the GL drivers that it loads and unloads keep some memory; ours is looked for under X11.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"

picture() { # FILE: of the whole output
    grim -t png "$1" 2>"$work/grim.log"
}
shows_run() { # the marks of class 1, and the light theme's card round them
    picture "$work/now.png" && [ "$(pixels "$work/now.png" "$CLASS_1")" -gt 1000 ]
}

(cd "$here" && exec setpriv --pdeathsig KILL "$EASYFIRST_BINARY" --widgets "$widgets" --live-trace "$trace" \
    --reduced-motion --epochs 1 --window-size 1280x720) >"$work/stdout" 2>"$work/stderr" </dev/null &
app_pid=$!
wait_for "the widgets" has_widget plot
wait_epoch 1
wait_for "the run in the window" shows_run
widget plot
convert "$work/now.png" -crop "${ww}x${wh}+${wx}+${wy}" +repage "$work/plot.png"
[ "$(convert "$work/plot.png" -format '%k' info:)" -gt 50 ] || fail "the plot is not where the widgets say"

# Ctrl+C once Tab has come to the plot: the picture is on the clipboard. (There is no pointer without a device; and one
# keyboard for all keys, as SDL 2.26 reads freed memory when another one takes its place.)
on_clipboard() {
    wl-paste --type image/png >"$work/clip.png" 2>/dev/null &&
        [ "$(identify -format '%m %wx%h' "$work/clip.png")" = "PNG 800x600" ]
}
keys=()
for _ in {1..30}; do
    keys+=(-k Tab -s 40 -M ctrl -k c -m ctrl -s 60)
done
wtype -s 200 "${keys[@]}" -s 20000 2>"$work/wtype.log" &
wtype_pid=$!
wait_for "the picture on the clipboard" on_clipboard
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
kill $wtype_pid
