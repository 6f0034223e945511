# signals.sh N SEED: N signals, and displays that die, to the window as it exports, in turn over their kinds; after each, the
# exit status is that of the signal, the picture is whole or there is none, nothing else is left but by SIGKILL, that goes
# as the next window opens, and that one offers what was done. EASYFIRST_BINARY, CLOSE_WINDOW and GUI_ARTIFACTS as for the
# journeys; without them those of build/sanitize.
# What a shell starts by & ignores SIGINT and SIGQUIT, and under nohup SIGHUP: so would the program.
[ "${DEFAULT_SIGNALS:-}" ] || DEFAULT_SIGNALS=1 exec env --default-signal=HUP,INT,QUIT bash "$0" "$@"
folder=$(cd "$(dirname "$0")/../.." && pwd)
export EASYFIRST_BINARY=${EASYFIRST_BINARY:-$folder/build/sanitize/easyfirst}
export CLOSE_WINDOW=${CLOSE_WINDOW:-$folder/build/sanitize/tests/close_window}
export GUI_ARTIFACTS=${GUI_ARTIFACTS:-$folder/build/kill/window}
. "$folder/tests/gui/lib.sh"
kinds=(QUIT display KILL HUP TERM INT XCPU XFSZ USR1 ALRM PIPE ABRT)
total=${1:-${#kinds[@]}}
seed=${2:-$((${EPOCHREALTIME/[.,]/} % 32768))}
RANDOM=$seed
sessions="$XDG_STATE_HOME/easyfirst/sessions"

lose() {
    fail "round $round, $kind (again: bash tests/gui/signals.sh $total $seed): $*"
}
parts() {
    find "$here" "$XDG_STATE_HOME" -name '*.part' | wc -l
}
parts_are() {
    [ "$(parts)" = "$1" ]
}
kept() {
    grep -aqs ' hold on' "$sessions"/*.easyfirst
}
exports() { # under way, or just done
    [ "$(parts)" != 0 ] || [ -e "$here/easyfirst.gif" ]
}
opens() {
    start_app --samples 200 --seed 3 --epochs 400
    if [ "$round" -gt 1 ]; then
        wait_for "what a kill has left to go" parts_are 0
        wait_for "the offer of what was done" has_widget continue
    fi
    rm -rf "$sessions" "$here/easyfirst.gif"
}
exports_now() {
    later() { later_than 1; }
    wait_for "some epochs" later
    press h
    wait_for "the deed on disk" kept
    reveal section-export
    click section-export
    reveal export-save
    click export-save
    wait_for "the export" exports
    sleep "0.$((RANDOM % 3))$((RANDOM % 10))"
}
ends() { # CODE LINES
    local code=0 end=$((SECONDS + PATIENCE))
    while kill -0 "$app_pid" 2>/dev/null; do
        [ $SECONDS -lt $end ] || lose "it goes on"
        sleep 0.05
    done
    wait "$app_pid" 2>/dev/null || code=$?
    app_pid=
    [ "$code" = "$1" ] || lose "exit $code instead of $1"
    [ "$(wc -l <"$work/stderr")" = "$2" ] || lose "it said $(<"$work/stderr")"
}
looks() {
    [ "$kind" = KILL ] || parts_are 0 || lose "$(ls -A "$here") is left"
    [ ! -e "$here/easyfirst.gif" ] || identify "$here/easyfirst.gif" >"$work/identified" 2>&1 || lose "half a GIF"
    kept || lose "what was done is lost"
    ! tail -n +2 "$XDG_STATE_HOME/easyfirst/state.ini" | grep -qv '^[a-z_]* = [^ ]*$' || lose "half a state.ini"
}

start_display
for ((round = 1; round <= total; round++)); do
    kind=${kinds[(round - 1 + seed) % ${#kinds[@]}]}
    opens
    exports_now
    case $kind in
    display)
        kill -KILL "$xvfb_pid"
        wait "$xvfb_pid" 2>/dev/null
        ends 1 1
        grep -q '^easyfirst: the display has gone' "$work/stderr" || lose "it said $(<"$work/stderr")"
        rm "$work/display"
        start_display
        ;;
    PIPE | XFSZ)
        kill "-$kind" "$app_pid"
        wait_for "the GIF" test -s "$here/easyfirst.gif"
        kill -TERM "$app_pid"
        ends 143 0
        ;;
    *)
        kill "-$kind" "$app_pid"
        ends $((128 + $(kill -l "$kind"))) 0
        ;;
    esac
    looks
done
echo "$total ends of a window that exports, seed $seed: nothing lost, nothing left"
