# A Wayland compositor that is killed: the window ends with one line, and what was done is kept.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/sway.sh"
start_sway "xwayland disable" "output HEADLESS-1 resolution 1280x720"
start_keyboard
start_wayland_app --samples 200 --seed 3 --epochs 1000
kept() {
    grep -aqs ' hold on' "$XDG_STATE_HOME"/easyfirst/sessions/*.easyfirst
}
holds() { # the window hears a key once it has the focus
    kept || {
        key 35 # h
        sleep 0.5
        kept
    }
}
wait_for "the deed on disk" holds
kill -KILL "${others[0]}"
wait_end 1
equal "what it said" "easyfirst: the display has gone; what was unsaved is kept" "$(<"$work/stderr")"
kept || fail "what was done is lost"
