# The losses as sound, by SDL's drivers that need no device: notes while it plays, the sweep by Alt+L, and without a
# device a line.
. "$(dirname "$0")/lib.sh"
start_display

export SDL_AUDIODRIVER=disk SDL_DISKAUDIOFILE="$work/sound.raw"

# Bytes of it that are not 0: what is heard.
loud() {
    tr -d '\0' <"$SDL_DISKAUDIOFILE" 2>/dev/null | wc -c
}
louder_than() {
    [ "$(loud)" -gt "$1" ]
}

# SDL's driver says on stderr that it is in use; nobody else says anything.
stop_heard() {
    ! grep -v '^CRITICAL: ' "$work/stderr" || fail "the program wrote to stderr"
    : >"$work/stderr"
    stop_app
}

start_paused --dataset blobs --samples 60 --batch 4
point 640 5
[ ! -e "$SDL_DISKAUDIOFILE" ] || fail "there is a device that nobody has asked for"
stop_app

start_app --sound --dataset blobs --samples 60 --epochs 3
wait_epoch 3
wait_for "notes" louder_than 50000
stands
before=$(loud)
point 640 5
press alt+l
wait_for "the sweep" louder_than $((before + 50000))
stop_heard

# by the switch in the help sheet, remembered
rm -f "$SDL_DISKAUDIOFILE"
start_paused --dataset blobs --samples 60 --batch 4
point 640 5
press F1
wait_for "the switch" has_widget sound
settle "$work/help.png"
click sound
wait_for "the device" test -e "$SDL_DISKAUDIOFILE"
press Escape
wait_for "the state file" grep -qx 'sound = on' "$XDG_STATE_HOME/easyfirst/state.ini"
stop_heard
rm -f "$SDL_DISKAUDIOFILE"
start_app --dataset blobs --samples 60 --epochs 2
wait_for "notes again" louder_than 10000
stop_heard

# no device
export SDL_AUDIODRIVER=none-such
start_app --sound --dataset blobs --samples 60 --epochs 2
wait_epoch 2
wait_for "a line" grep -q '^easyfirst: no sound: ' "$work/stderr"
equal "lines on stderr" 1 "$(wc -l <"$work/stderr")"
: >"$work/stderr"
stop_app
