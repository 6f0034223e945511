# Under X11 with a window manager (openbox): name, icon and smallest size reach it, the window is maximised, fills the
# screen and comes back, and is closed by its key. The scale is the desktop's, with one and without: Xft.dpi, as it is
# at the start, and changed when the window has the keyboard again.
. "$(dirname "$0")/lib.sh"
start_display

property() { # NAME
    xprop -id "$window" "$1" 2>/dev/null
}
set_dots() { # PER_INCH
    xprop -root -f RESOURCE_MANAGER 8s -set RESOURCE_MANAGER "$(printf 'Xcursor.size:\t24\nXft.dpi:\t%s\nXft.rgba:\tnone' "$1")" ||
        fail "could not set the display's resources"
}
size_is() {
    [ "$(window_size)" = "$1" ]
}
button_has() { # PIXELS
    widget play && [ "$wh" = "$1" ]
}

# without one
set_dots 144
start_paused --samples 300
size_is 1920x1080 || fail "the window is not enlarged: $(window_size)"
button_has 48 || fail "buttons are not 1.5 times as large"
press f
stays "the same size" 1 size_is 1920x1080
stop_app
start_paused --samples 300 --scale 1 --window-size 1000x700
button_has 32 || fail "--scale does not go before the desktop's"
stop_app

# with one
cat >"$work/openbox.xml" <<'XML'
<openbox_config xmlns="http://openbox.org/3.4/rc"><keyboard>
<keybind key="W-m"><action name="ToggleMaximize"/></keybind>
<keybind key="A-F4"><action name="Close"/></keybind>
</keyboard></openbox_config>
XML
setpriv --pdeathsig TERM openbox --sm-disable --config-file "$work/openbox.xml" >"$work/openbox.log" 2>&1 &
others+=($!)
managed() { xprop -root _NET_SUPPORTING_WM_CHECK 2>/dev/null | grep -q 'window id'; }
wait_for "openbox" managed
set_dots 96
start_paused --samples 300 --window-size 1000x700
wait_for "buttons of the usual size" button_has 32
property WM_CLASS | grep -q '"easyfirst", "easyfirst"' || fail "the class is $(property WM_CLASS)"
property WM_NORMAL_HINTS | grep -q 'minimum size: 640 by 480' || fail "no smallest size: $(property WM_NORMAL_HINTS)"
property _NET_WM_ICON | grep -q 'Icon (64 x 64)' || fail "no icon"
property _NET_WM_NAME | grep -q '"easyfirst"' || fail "no title"
property _NET_FRAME_EXTENTS | grep -q '= .*[1-9]' || fail "no frame"

state_has() { property _NET_WM_STATE | grep -q "$1"; }
lacks_state() { ! state_has "$1"; }
press super+m
wait_for "the maximised window" state_has MAXIMIZED_VERT
as_wide() { [ "$(window_size | cut -d x -f 1)" = 1920 ]; }
wait_for "its size" as_wide
press f
wait_for "the whole screen" size_is 1920x1080
press f
wait_for "the window again" lacks_state FULLSCREEN

# the desktop's scale changes: seen when the window has the keyboard again
set_dots 144
xdotool windowminimize --sync "$window"
xdotool windowmap --sync "$window" windowfocus --sync "$window"
wait_for "larger buttons" button_has 48
press alt+F4
expect_end
