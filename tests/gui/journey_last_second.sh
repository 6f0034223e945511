# What was changed in the second before the end is there again: by Q, by the close button, by a signal; and a signal in
# the second of the start takes nothing away.
. "$(dirname "$0")/lib.sh"
start_display
state="$XDG_STATE_HOME/easyfirst/state.ini"
theme_is() { grep -q "theme = $1" "$state" 2>/dev/null; }

start_paused
widget theme
point $((wx + ww / 2)) $((wy + wh / 2))
xdotool sleep 0.1 mousedown 1 sleep 0.05 mouseup 1 sleep 0.05 key q # at once: nothing has been written yet
expect_end
theme_is dark || fail "the theme changed just before Q was lost: $(cat "$state" 2>/dev/null)"

# deed_and SIGNAL COMMAND...: a hand's deed and the signal, which come at once and whose the exit status is.
deed_and() {
    local signal=$1
    shift
    kill -STOP "$app_pid"
    "$@"
    kill "-$signal" "$app_pid"
    kill -CONT "$app_pid"
    expect_end $((128 + $(kill -l "$signal")))
}
start_paused
clicked
deed_and TERM click theme
theme_is light || fail "the theme changed just before SIGTERM was lost: $(cat "$state")"

start_paused
press ctrl+plus
xdotool key q
expect_end
grep -q 'zoom = 1.1' "$state" || fail "the scale changed just before Q was lost: $(cat "$state")"

sessions="$XDG_STATE_HOME/easyfirst/sessions"
for signal in INT HUP; do
    start_paused
    deed_and "$signal" press h
    grep -aq ' hold on' "$sessions"/*.easyfirst || fail "what was done just before SIG$signal was lost"
    [ "$signal" = HUP ] || rm -r "$sessions"
done
cp "$sessions"/*.easyfirst "$work/kept"
for pause in 0.02 0.1 0.3 0.6; do # while the next one starts; not at once: it would be a shell that ends
    (cd "$here" && exec setpriv --pdeathsig KILL "$EASYFIRST_BINARY") >"$work/stdout" 2>"$work/stderr" </dev/null &
    starting=$!
    sleep "$pause"
    kill -HUP "$starting"
    wait "$starting"
    cmp -s "$work/kept" "$sessions"/*.easyfirst || fail "SIGHUP $pause s after the start took away what was kept"
done
