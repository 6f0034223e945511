# Sourced after lib.sh: a Wayland compositor of the journey's own (sway, with no screen but what it is told).

# SDL's Wayland and the GL drivers that it loads and unloads keep some memory; ours is looked for under X11.
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0"
# Newer ones of Mesa's look for Vulkan first, and write that there is none.
export LIBGL_ALWAYS_SOFTWARE=1

# start_sway LINE...: its configuration. Without XWayland unless a line says so.
start_sway() {
    local runtime="$work/run" as_user=() # it refuses to run as root
    mkdir -m 700 "$runtime"
    chmod 755 "$work"
    printf '%s\n' "default_border none" "$@" >"$work/sway.conf"
    if [ "$(id -u)" = 0 ]; then
        chown 65534 "$runtime"
        as_user=(setpriv --reuid=65534 --regid=65534 --clear-groups)
    fi
    unset DISPLAY
    env XDG_RUNTIME_DIR="$runtime" HOME="$runtime" WLR_BACKENDS=headless WLR_LIBINPUT_NO_DEVICES=1 WLR_RENDERER=pixman \
        setpriv --pdeathsig TERM "${as_user[@]}" sway -c "$work/sway.conf" >"$work/sway.log" 2>&1 </dev/null &
    others+=($!)
    export XDG_RUNTIME_DIR="$runtime"
    wait_for "sway to start" compositor
}
compositor() {
    WAYLAND_DISPLAY=$(cd "$XDG_RUNTIME_DIR" && ls -d wayland-? 2>/dev/null | head -n 1)
    SWAYSOCK=$(ls "$XDG_RUNTIME_DIR"/sway-ipc.*.sock 2>/dev/null | head -n 1)
    export WAYLAND_DISPLAY SWAYSOCK
    [ -n "$WAYLAND_DISPLAY" ] && [ -n "$SWAYSOCK" ] && swaymsg -t get_outputs >/dev/null 2>&1
}

tell_sway() { # COMMAND...
    swaymsg "$@" >"$work/swaymsg.log" 2>&1 || fail "sway: $*: $(<"$work/swaymsg.log")"
}

# start_wayland_app ARGUMENT...: as start_app.
start_wayland_app() {
    rm -f "$widgets" "$trace"
    (cd "$here" && exec setpriv --pdeathsig KILL "$EASYFIRST_BINARY" --widgets "$widgets" --live-trace "$trace" \
        --reduced-motion "$@") >"$work/stdout" 2>"$work/stderr" </dev/null &
    app_pid=$!
    wait_for "the widgets" has_widget plot
}

# window_says REGEX: what sway has of the window, in its tree's JSON without spaces.
window_says() {
    swaymsg -r -t get_tree 2>/dev/null | tr -d ' \n' | grep -oE '"type":"(floating_)?con".*"representation"' |
        grep -qE "$1"
}

picture() { # FILE [OUTPUT]: of an output
    grim ${2:+-o "$2"} -t png "$1" 2>"$work/grim.log"
}
shows_run() { # the marks of class 1
    picture "$work/now.png" && [ "$(pixels "$work/now.png" "$CLASS_1")" -gt 1000 ]
}
still() { # FILE [OUTPUT]: whether the picture is what it was when asked last
    mv "$1" "$work/earlier.png" 2>/dev/null
    sleep 0.4 # the field becomes exact when it has been still for 0.15 s
    picture "$@" && [ -f "$work/earlier.png" ] && [ "$(differing "$1" "$work/earlier.png")" = 0 ]
}

# start_mouse WIDTH HEIGHT: on an output of that size in units; mouse COMMAND (hand_wayland.c).
start_mouse() {
    mkfifo "$work/mouse"
    : >"$work/mouse.log"
    setpriv --pdeathsig TERM "$HAND_WAYLAND" "$@" <>"$work/mouse" >"$work/mouse.log" 2>&1 &
    others+=($!)
    wait_for "the mouse" grep -q ready "$work/mouse.log"
}
mouse() {
    printf '%s\n' "$*" >"$work/mouse"
    sleep 0.08
}
# mouse_click X Y: in units.
mouse_click() {
    unrelated
    mouse move "$1" "$2"
    mouse down
    mouse up
    clicked
}

# start_keyboard: of layout us, before the window, as SDL 2.26 reads freed memory when another one takes its place.
start_keyboard() {
    mkfifo "$work/keyboard"
    : >"$work/keyboard.log"
    setpriv --pdeathsig TERM "$VIRTUAL_KEYBOARD" <>"$work/keyboard" >"$work/keyboard.log" 2>&1 &
    others+=($!)
    told=0
    tell layout us
}
tell() { # LINE: to the keyboard (virtual_keyboard.c)
    printf '%s\n' "$*" >"$work/keyboard"
    told=$((told + 1))
    wait_for "the keyboard to take $*" has_told
}
has_told() {
    [ "$(grep -c done "$work/keyboard.log")" -ge $told ]
}
# key KEY...: Linux's numbers, the last one pressed while the others are held: 42 Shift, 29 Ctrl, 100 AltGr.
key() {
    local held=("${@:1:$#-1}") code
    for code in "${held[@]}"; do tell down "$code"; done
    tell key "${!#}"
    for code in "${held[@]}"; do tell up "$code"; done
    sleep 0.1
}
