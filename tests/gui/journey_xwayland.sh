# A desktop that has both: the window is Wayland's own, and XWayland's where SDL_VIDEODRIVER asks for it. Its name for
# the desktop, full screen and back.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/sway.sh"
start_sway "xwayland enable" "output HEADLESS-1 resolution 1280x720"
# with a program that stays: newer ones end XWayland with the last, and what was allowed with it
tell_sway "exec sh -c 'xhost +local: && echo \$DISPLAY > \$XDG_RUNTIME_DIR/display && exec xprop -root -spy'"
wait_for "XWayland's display" test -s "$XDG_RUNTIME_DIR/display"
DISPLAY=$(<"$XDG_RUNTIME_DIR/display")
export DISPLAY

awk 'BEGIN { print "x,y,label"; for (i = 0; i < 200; i++) printf "%d,%d,%d\n", i % 20, i / 20, i % 2 }' >"$here/points.csv"

whole_screen() { window_says '"fullscreen_mode":1,[^{}]*"pid"'; }
part_of_screen() { ! whole_screen; }
looks_well() {
    picture "$work/now.png" && [ "$(pixels "$work/now.png" "$CLASS_1")" -gt 500 ]
}
both_ways() { # the window as it is
    wait_epoch 1
    wait_for "the run in the window" looks_well
    wait_for "its title" window_says '"name":"points.csv-easyfirst"'
    key 33 # f
    wait_for "the whole screen" whole_screen
    key 33
    wait_for "the window again" part_of_screen
    wait_for "the run in the window" looks_well
    tell_sway kill
    expect_end
}

start_keyboard
start_wayland_app --epochs 1 --threshold 50 points.csv
wait_for "a window of Wayland's" window_says '"app_id":"easyfirst".*"shell":"xdg_shell"'
both_ways

export SDL_VIDEODRIVER=x11
start_wayland_app --epochs 1 --threshold 50 points.csv
wait_for "a window of XWayland's" window_says '"shell":"xwayland".*"class":"easyfirst"'
both_ways

# where nothing can be drawn under Wayland the window is XWayland's, with all that it was to be told
unset SDL_VIDEODRIVER
__EGL_VENDOR_LIBRARY_FILENAMES=/dev/null start_wayland_app --epochs 1 --threshold 50 points.csv
wait_for "a window of XWayland's" window_says '"shell":"xwayland".*"class":"easyfirst"'
wait_for "the run in the window" looks_well
xwininfo -root -tree | awk '/"points.csv - easyfirst"/ { print $1 }' >"$work/id"
xprop -id "$(<"$work/id")" >"$work/properties" || fail "no properties of the window"
grep -q '^WM_CLASS' "$work/properties" || fail "the window has no class"
! grep -q '^_NET_WM_BYPASS_COMPOSITOR.*= 1' "$work/properties" || fail "the compositor is told to keep out"
tell_sway kill
expect_end
