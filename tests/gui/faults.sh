# faults.sh N SEED: N windows in each of which system calls of one kind fail, once or from then on, at a place that the
# seed chooses, while a hand trains, changes the scale, saves a picture and the session; then SIGTERM. The window neither
# hangs nor crashes, says what it says in lines of its own, and leaves files that are whole. EASYFIRST_BINARY, FAIL_CALL,
# CLOSE_WINDOW and GUI_ARTIFACTS as for the journeys; without them those of build/sanitize.
folder=$(cd "$(dirname "$0")/../.." && pwd)
program=${EASYFIRST_BINARY:-$folder/build/sanitize/easyfirst}
fail_call=${FAIL_CALL:-$folder/build/sanitize/tests/fail_call}
export CLOSE_WINDOW=${CLOSE_WINDOW:-$folder/build/sanitize/tests/close_window}
export GUI_ARTIFACTS=${GUI_ARTIFACTS:-$folder/build/faults/window}
EASYFIRST_BINARY=$fail_call
. "$folder/tests/gui/lib.sh"
export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" # what a refused call makes a library leave behind is that library's
kinds=("write ENOSPC" "write EIO" "write EDQUOT" "write EINTR" "write SHORT" "openat EMFILE" "openat EACCES" "openat EIO"
    "fsync EIO" "fdatasync EIO" "rename EIO" "renameat2 EIO" "renameat2 EINVAL" "mkdir EACCES" "flock ENOLCK"
    "ftruncate EIO" "fchmod EPERM" "close EIO" "unlink EACCES" "newfstatat EIO" "read EIO" "lseek EIO" "futex EINTR"
    "link EIO" "access EROFS" "readlink EIO" "fcntl EMFILE" "getdents64 EIO")
total=${1:-${#kinds[@]}}
seed=${2:-$((${EPOCHREALTIME/[.,]/} % 32768))}
RANDOM=$seed
state="$XDG_STATE_HOME/easyfirst"

lose() {
    fail "round $round, $kind at $when (again: bash tests/gui/faults.sh $total $seed): $*"
}
find_window() {
    child=$(pgrep -P "$app_pid" | head -n 1)
    window=$(xdotool search --onlyvisible --pid "${child:-1}" 2>/dev/null | head -n 1)
    [ -n "$window" ]
}
# Whatever comes of it, as what is waited for may be what fails.
hand() {
    xdotool mousemove --window "$window" 300 300 key --delay 60 h sleep 0.5 key ctrl+plus sleep 0.5 key s sleep 0.8 \
        key ctrl+s sleep 0.6 key ctrl+a sleep 0.1 type --delay 20 one
    xdotool key Return sleep 1.2 2>/dev/null
} 2>/dev/null
ended() { # within the patience; sets `code`
    local end=$((SECONDS + PATIENCE))
    while kill -0 "$app_pid" 2>/dev/null; do
        [ $SECONDS -lt $end ] || lose "it hangs"
        sleep 0.05
    done
    code=0
    wait "$app_pid" 2>/dev/null || code=$?
    app_pid=
}
whole() {
    local file
    for file in "$here"/*.png; do
        [ ! -e "$file" ] || identify "$file" >"$work/identified" 2>&1 || lose "half a picture"
    done
    for file in "$here"/*.easyfirst; do
        [ ! -e "$file" ] || "$program" --headless --replay "$file" --trace "$work/again.csv" --force >"$work/again" 2>&1 ||
            lose "half a session: $(<"$work/again")"
    done
    ! tail -n +2 "$state/state.ini" | grep -qv '^[a-z_]* = [^ ]*$' || lose "half a state.ini"
    [ "${kind% *}" = unlink ] || [ -z "$(find "$here" "$state" -name '*.part')" ] || lose "$(ls -A "$here" "$state") is left"
}

start_display
for ((round = 1; round <= total; round++)); do
    kind=${kinds[(round - 1 + seed) % ${#kinds[@]}]}
    case $kind in openat* | close* | newfstatat* | read*) most=300 ;; futex* | write*) most=60 ;; *) most=8 ;; esac
    when=$((RANDOM % most + 1))
    # An interruption is none for ever.
    [ $((RANDOM % 3)) -gt 0 ] || [ "${kind#* }" = EINTR ] || when+=+
    rm -rf "$here"/* "$state/sessions" "$widgets"
    # shellcheck disable=SC2086
    (cd "$here" && exec setpriv --pdeathsig KILL "$fail_call" $kind $when -- "$program" --widgets "$widgets" \
        --reduced-motion --samples 200 --seed 3 --epochs 400) >"$work/stdout" 2>"$work/stderr" </dev/null &
    app_pid=$!
    child=
    until find_window || ! kill -0 "$app_pid" 2>/dev/null; do sleep 0.05; done
    if kill -0 "$app_pid" 2>/dev/null; then
        sleep 0.5
        hand
        kill -TERM "$child" 2>/dev/null
    fi
    ended
    case $code in
    143) ;;
    1) [ -s "$work/stderr" ] || lose "exit 1 without a word" ;;
    *) lose "exit $code, and it said $(<"$work/stderr")" ;;
    esac
    ! grep -v '^easyfirst: ' "$work/stderr" >"$work/strange" || lose "it said $(<"$work/strange")"
    whole
done
echo "$total windows whose system calls fail, seed $seed: files whole, no crash"
