# The window follows every size from 640x480 to 3840x2160; every widget stays inside it and can be used.
SCREEN=3840x2160
. "$(dirname "$0")/lib.sh"
start_display
start_paused
xdotool windowmove "$window" 0 0

# What the side panel has scrolled away lies below or above: it follows the panel's scroll bar in the list.
widgets_inside() {
    awk -v w="$1" -v h="$2" '
        $2 < 0 || $2 + $4 > w || (!scrolls && ($3 < 0 || $3 + $5 > h)) { print; bad = 1 }
        $1 == "panel-bar" { scrolls = 1 }
        END { exit bad || NR < 10 }' "$widgets" >"$work/outside"
}
at_size() {
    [ "$(window_size)" = "$1x$2" ] && widgets_inside "$1" "$2"
}

epoch=1
last_plot=
for size in 640x480 1920x1080 800x600 3840x2160 1280x720; do
    width=${size%x*} height=${size#*x}
    xdotool windowsize "$window" "$width" "$height"
    wait_for "every widget inside $size" at_size "$width" "$height"
    wait_for "a plot of another size" differs_from "$last_plot" plot_size
    last_plot=$(plot_size)
    settle "$work/$size.png"
    equal "size of the picture" "$size" "$(identify -format '%wx%h' "$work/$size.png")"
    # The plot is drawn to its far corner: it is not one colour there.
    see "$work/plot.png" plot
    [ "$(convert "$work/plot.png" -format '%k' info:)" -gt 50 ] || fail "the plot is empty at $size"
    epoch=$((epoch + 1))
    click epoch
    wait_epoch $epoch
done

# What the display has lost of the window comes back, though nothing in it has changed.
settle "$work/before.png"
xdotool windowunmap --sync "$window" windowmap --sync "$window"
wait_for "the whole window again" picture_is "$work/before.png"
stop_app
