# Shortcuts by what is typed: real key codes on French, German, Russian, Greek, Czech, Dvorak and other layouts, changed
# under the running window, as a desktop does it.
. "$(dirname "$0")/lib.sh"
start_display
start_paused --dataset blobs --samples 40 --threshold 100 --window-size 640x480
point 320 5
epoch=1

# key CODE..: X's key codes, the last one pressed while the others are held: 50 Shift, 37 Ctrl, 108 AltGr.
key() {
    local held=("${@:1:$#-1}") code
    for code in "${held[@]}"; do xdotool keydown "$code" sleep 0.03; done
    xdotool key "${!#}" || fail "could not press ${!#}"
    for code in "${held[@]}"; do xdotool keyup "$code" sleep 0.03; done
    sleep 0.05
}

on() { # LAYOUT...: setxkbmap's
    layout="$*"
    setxkbmap -option "" -layout "$@" || fail "no layout $layout"
    sleep 0.3
}

trains() { # KEY...: '.' trains an epoch
    key "$@"
    epoch=$((epoch + 1))
    wait_epoch $epoch
}

helps() { # KEY...: '?' opens the help
    key "$@"
    wait_for "the help by '?' on $layout" has_widget help-tab-0
    press Escape
    wait_for "the end of the help" lacks_widget help-tab-0
}

maps() { # KEY...: D shows the data map
    key "$@"
    wait_for "the data map on $layout" has_widget map-hard
    key "$@"
    wait_for "the end of the map" lacks_widget map-hard
}

# resizes KEY [KEY]: '[' makes the brush smaller: seen as its ring.
resizes() {
    widget plot
    point $((wx + ww / 2)) $((wy + wh / 2))
    settle "$work/large.png" plot
    key "$@"
    wait_for "a smaller brush on $layout" picture_differs "$work/large.png" 40 plot
    point 320 5
}

zooms() { # KEY...: '+' zooms in; Home shows all again
    settle "$work/all.png" plot
    key "$@"
    wait_for "a larger plot on $layout" picture_differs "$work/all.png" 200 plot
    key 110
    wait_for "the plot again" picture_is "$work/all.png" plot
}

at_start() { [ -z "$(trace_last epoch)" ]; }
undoes() { # KEY...: Ctrl+Z takes a new seed (Shift+R by the first two keys) back
    key "$1" "$2"
    wait_for "other points on $layout" at_start
    key "${@:3}"
    wait_epoch $epoch
}

on us
trains 60
helps 50 61
maps 40
zooms 50 21

on fr
trains 50 59
helps 50 58
maps 40
undoes 50 27 37 25 # Ctrl+Z where W is on a US keyboard

on de
trains 60
helps 50 20
zooms 35
undoes 50 27 37 29 # where Y is

on ru
trains 61
helps 50 16
maps 40
undoes 50 27 37 52

on gr
trains 60
helps 50 61
maps 40
undoes 50 27 37 52

on il
trains 61
maps 40

on us dvorak
trains 26
helps 50 34
maps 43
undoes 50 32 37 61

on cz
trains 60
helps 50 59
zooms 10 # '+' without Shift

on es
trains 60
helps 50 20

on cn
trains 60
maps 40

# two layouts, and the second one chosen by the desktop's switch: SDL's own key codes stay the first one's
on us,ru
trains 60
"$LOCK_GROUP" 1
trains 61
maps 40
"$LOCK_GROUP" 0
trains 60

# the brush: its size by AltGr+8 on a German keyboard, AltGr+5 on a French one, by place on a Russian one
on us
key 56
on de
resizes 108 17
on fr
resizes 108 14
on ru
resizes 34
on us
key 55

# the keypad, without NumLock and with it
zooms 86
key 77
trains 91
stop_app
