# A Wayland compositor that is killed: the window ends with one line, and what was done is kept.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/sway.sh"
start_sway "xwayland disable" "output HEADLESS-1 resolution 1280x720"
start_wayland_app --samples 200 --seed 3 --epochs 1000
keys=() # one keyboard for all; the window hears the first that come once it has the focus
for _ in {1..20}; do
    keys+=(-k h -s 500)
done
wtype -s 300 "${keys[@]}" -s 20000 2>"$work/wtype.log" &
others+=($!)
kept() {
    grep -aqs ' hold on' "$XDG_STATE_HOME"/easyfirst/sessions/*.easyfirst
}
wait_for "the deed on disk" kept
kill -KILL "${others[0]}"
wait_end 1
equal "what it said" "easyfirst: the display has gone; what was unsaved is kept" "$(<"$work/stderr")"
kept || fail "what was done is lost"
