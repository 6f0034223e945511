# Sourced by the journeys: a display of their own, the program started in it, and a person's hands and eyes.
#
# ctest sets EASYFIRST_BINARY, CLOSE_WINDOW and GUI_ARTIFACTS. A journey ends with exit 0 if all was as it should be;
# `fail` ends it with a line, a screenshot and what the program said. Targets are found by the names that --widgets
# writes. Conditions are waited for (wait_for), never slept for; what sleeps there are pace the hands as a person's are:
# SDL counts two clicks within half a second as a double click.
set -u
: "${EASYFIRST_BINARY:?path of the program}" "${CLOSE_WINDOW:?path of close_window}" "${GUI_ARTIFACTS:?folder for what failed}"

SEE_WINDOW=${CLOSE_WINDOW%/*}/see_window
PATIENCE=${PATIENCE:-40} # seconds that wait_for waits: a sanitized program on a busy machine is slow
SCREEN=${SCREEN:-1920x1080}

work=$(mktemp -d "${TMPDIR:-/tmp}/easyfirst gui.XXXXXX")
here="$work/here" # the program's current folder
widgets="$work/widgets.txt"
trace="$work/live.csv"
app_pid="" xvfb_pid="" window="" last_click=0
others=() # further programs to end with the journey: their pids
mkdir "$here" "$work/home"
export HOME="$work/home" XDG_CONFIG_HOME="$work/home/config" XDG_STATE_HOME="$work/home/state"
if [ -z "${FIRST_START:-}" ]; then # of this window: else its tour would be shown
    mkdir -p "$XDG_STATE_HOME/easyfirst"
    printf '[window]\ntour = seen\n' >"$XDG_STATE_HOME/easyfirst/state.ini"
fi
export LC_ALL=C.UTF-8
exec {nothing}<> <(:) # never comes to an end, and never says anything
unset WAYLAND_DISPLAY SDL_VIDEODRIVER DBUS_SESSION_BUS_ADDRESS XDG_RUNTIME_DIR SESSION_MANAGER XMODIFIERS GDK_SCALE

cleanup() {
    [ -z "$app_pid" ] || kill -KILL "$app_pid"
    [ -z "$xvfb_pid" ] || kill "$xvfb_pid"
    [ ${#others[@]} = 0 ] || kill "${others[@]}"
    wait
    rm -rf "$work"
}
trap 'cleanup 2>/dev/null' EXIT
trap 'exit 143' TERM
trap 'exit 130' INT

start_display() { # without keys that repeat where a busy machine lets them up late
    local number_file="$work/display"
    setpriv --pdeathsig TERM Xvfb -r -displayfd 3 -screen 0 "${SCREEN}x24" -noreset -nolisten tcp \
        3>"$number_file" >"$work/xvfb.log" 2>&1 </dev/null &
    xvfb_pid=$!
    wait_for "Xvfb to start" test -s "$number_file"
    DISPLAY=:$(<"$number_file")
    export DISPLAY
}

fail() {
    mkdir -p "$GUI_ARTIFACTS"
    printf 'FAILED: %s\n' "$*" >&2
    if [ -n "${DISPLAY:-}" ] && import -window root "$GUI_ARTIFACTS/failed.png" 2>/dev/null; then
        printf 'screenshot: %s\n' "$GUI_ARTIFACTS/failed.png" >&2
    elif [ -n "${WAYLAND_DISPLAY:-}" ] && grim "$GUI_ARTIFACTS/failed.png" 2>/dev/null; then
        printf 'screenshot: %s\n' "$GUI_ARTIFACTS/failed.png" >&2
    fi
    local file
    for file in "$work/stderr" "$trace" "$widgets"; do
        if [ -s "$file" ]; then
            printf -- '--- the last lines of %s\n' "${file##*/}" >&2
            tail -n 40 "$file" >&2
        fi
    done
    exit 1
}

# What is asked again and again starts no programs: a fork costs more than what is asked for.
sleep() {
    read -r -t "$1" <&"$nothing" || :
}

# wait_for WHAT COMMAND...: until the command succeeds, and as long as a quick person needs to see it: what goes with it
# may be a frame later.
wait_for() {
    local what=$1 end=$((SECONDS + PATIENCE)) react=""
    shift
    until "$@"; do
        react=0.1
        [ $SECONDS -lt $end ] || fail "waited $PATIENCE s for $what"
        if [ -n "$app_pid" ] && ! kill -0 "$app_pid" 2>/dev/null; then
            "$@" && return # what it left may be what was waited for
            fail "the program ended while waiting for $what"
        fi
        sleep 0.05
    done
    [ -z "$react" ] || sleep $react
}

# stays WHAT SECONDS COMMAND...: the command goes on succeeding for so long.
stays() {
    local what=$1 rounds=$(($2 * 20))
    shift 2
    while [ $rounds -gt 0 ]; do
        "$@" || fail "$what did not last"
        rounds=$((rounds - 1))
        sleep 0.05
    done
}

# equal WHAT EXPECTED ACTUAL
equal() {
    [ "$2" = "$3" ] || fail "$1: expected '$2', got '$3'"
}

# close_to WHAT EXPECTED ACTUAL RELATIVE
close_to() {
    awk -v e="$2" -v a="$3" -v r="$4" 'BEGIN { d = a - e; if (d < 0) d = -d; m = e < 0 ? -e : e; exit !(a != "" && d <= r * m) }' ||
        fail "$1: expected $2, got '$3'"
}

# differs_from VALUE COMMAND...: whether the command says something else.
differs_from() {
    local value=$1
    shift
    [ "$("$@")" != "$value" ]
}

# number EXPRESSION: whether awk finds it true.
number() {
    awk "BEGIN { exit !($1) }" </dev/null
}

# ---- the program ------------------------------------------------------------------------------------------------------

# start_app ARGUMENT...: in JOURNEY_LOCALE, if that is set; returns when its window is there and has FIRST_WIDGET (plot).
# Its standard input is INPUT (nothing). Without transitions, unless MOTION is set: a hand that waits for nothing would
# press where something was a moment ago.
start_app() {
    rm -f "$widgets" "$trace"
    (cd "$here" && exec env ${JOURNEY_LOCALE:+LC_ALL=$JOURNEY_LOCALE} setpriv --pdeathsig KILL "$EASYFIRST_BINARY" --widgets "$widgets" --live-trace "$trace" \
        ${MOTION---reduced-motion} "$@") \
        >"$work/stdout" 2>"$work/stderr" <"${INPUT:-/dev/null}" &
    app_pid=$!
    wait_for "the window" find_window
    wait_for "the widgets" has_widget "${FIRST_WIDGET:-plot}"
}

find_window() {
    window=$(xdotool search --onlyvisible --pid "$app_pid" 2>/dev/null | head -n 1)
    [ -n "$window" ]
}

# wait_end [CODE]: the program has ended with that exit code (0).
wait_end() {
    local end=$((SECONDS + PATIENCE)) code=0
    while kill -0 "$app_pid" 2>/dev/null; do
        [ $SECONDS -lt $end ] || fail "the program did not end within $PATIENCE s"
        sleep 0.05
    done
    wait "$app_pid" || code=$?
    app_pid=
    equal "exit code" "${1:-0}" "$code"
}
# expect_end [CODE]: likewise, and no sanitizer or library had anything to say.
expect_end() {
    wait_end "$@"
    [ ! -s "$work/stderr" ] || fail "the program wrote to stderr"
}

# start_paused ARGUMENT...: a run that has played its first epoch and paused.
start_paused() {
    start_app --epochs 1 "$@"
    wait_epoch 1
}

# run CODE LINES ARGUMENT...: the program without a window, with so many lines on stderr.
run() {
    local expected=$1 lines=$2 code=0
    shift 2
    "$EASYFIRST_BINARY" --headless "$@" >"$work/stdout" 2>"$work/stderr" </dev/null || code=$?
    equal "exit code of --headless $*" "$expected" "$code"
    equal "lines on stderr of --headless $*" "$lines" "$(wc -l <"$work/stderr")"
}

# The files of the current folder.
files() {
    find . -type f | sort | paste -sd ' '
}

# Ends the journey's program by its close button; what is unsaved is given up.
stop_app() {
    "$CLOSE_WINDOW" "$window" || fail "could not ask the window to close"
    give_up
    expect_end
}

# Answers the question that comes at the end where something is unsaved.
give_up() {
    wait_for "the end, or the question" ends_or_asks
    ! has_widget ask-no || ! kill -0 "$app_pid" 2>/dev/null || press d
}

ends_or_asks() {
    has_widget ask-no || ! kill -0 "$app_pid" 2>/dev/null
}

# ---- where things are -------------------------------------------------------------------------------------------------

has_widget() {
    local wx wy ww wh # the caller's stay what they are
    read_widget "$1"
}

lacks_widget() {
    ! has_widget "$1"
}

# widget NAME: sets wx wy ww wh, in window pixels.
widget() {
    wait_for "widget $1" read_widget "$1"
}

read_widget() { # looks once: between two looks it may be gone
    local -a all=()
    local line
    mapfile -t all 2>/dev/null <"$widgets"
    for line in ${all[@]+"${all[@]}"}; do
        if [[ $line == "$1 "* ]]; then
            read -r _ wx wy ww wh <<<"$line" && [ -n "${wh:-}" ]
            return
        fi
    done
    return 1
}

plot_size() {
    widget plot
    echo "${ww}x$wh"
}

window_size() {
    xdotool getwindowgeometry --shell "$window" 2>/dev/null | sed -n 's/^WIDTH=//p; s/^HEIGHT=//p' | paste -sd x
}

# ---- hands ------------------------------------------------------------------------------------------------------------

# point X Y: the pointer to a place in the window.
point() {
    xdotool mousemove --window "$window" "$1" "$2" || fail "could not move the pointer"
}

# Waits until a press is no second click of the last one.
unrelated() {
    local left=$((last_click + 600 - ${EPOCHREALTIME/[.,]/} / 1000))
    [ $left -le 0 ] || sleep "$(printf '0.%03d' $((left > 600 ? 600 : left)))"
}

clicked() {
    last_click=$((${EPOCHREALTIME/[.,]/} / 1000))
}

# click NAME [X% Y%]: the middle of a widget, or a place in it.
click() {
    unrelated # first: where the widget is now may be the answer to the press before
    widget "$1"
    point $((wx + ww * ${2:-50} / 100)) $((wy + wh * ${3:-50} / 100))
    xdotool sleep 0.06 mousedown 1 sleep 0.06 mouseup 1
    clicked
}

# reveal NAME: turns the wheel over the side panel until the widget is there and whole, and stands.
reveal() {
    local turns=0 before=
    widget tool-move
    point $((wx + 250)) $((wy + 400))
    until has_widget "$1" && widget "$1" && [ "$wh" -ge "${2:-20}" ]; do
        [ $((turns += 1)) -le 40 ] || fail "$1 is not to be found in the side panel"
        xdotool click "${WHEEL:-5}"
        sleep 0.1
    done
    until [ "$wy" = "$before" ]; do # a starved window may have turns of the wheel to follow yet
        before=$wy
        sleep 0.2
        widget "$1"
    done
}

# The same for what is further up.
reveal_above() {
    WHEEL=4 reveal "$@"
}

# choose_export KIND: what is to be saved, by its name in export_formats.h without EXPORT_.
choose_export() {
    local kinds at
    kinds=$(sed -n 's/^ *EXPORT_\([A-Z0-9_]*\),$/\1/p' "$(dirname "${BASH_SOURCE[0]}")/../../app/io/export_formats.h")
    at=$(($(grep -nx "$1" <<<"$kinds" | cut -d: -f1) - 1))
    reveal export-kind
    click export-kind
    wait_for "the kinds" has_widget "export-kind-$at"
    click "export-kind-$at"
}

double_click() {
    unrelated
    widget "$1"
    point $((wx + ww / 2)) $((wy + wh / 2))
    xdotool sleep 0.06 mousedown 1 sleep 0.04 mouseup 1 sleep 0.06 mousedown 1 sleep 0.04 mouseup 1
    clicked
}

# drag NAME X% X%: along a widget's middle with the left button, in ten steps; beyond 0 and 100 leaves the widget.
drag() {
    local from to y step
    unrelated
    widget "$1"
    from=$((wx + ww * $2 / 100)) to=$((wx + ww * $3 / 100)) y=$((wy + wh / 2))
    point "$from" "$y"
    xdotool sleep 0.06 mousedown 1 sleep 0.06
    for step in 1 2 3 4 5 6 7 8 9 10; do
        point $((from + (to - from) * step / 10)) "$y"
        sleep 0.02
    done
    sleep 0.06
    xdotool mouseup 1
    clicked
}

# press KEY...: xdotool's names (space, period, ctrl+a, shift+r), with the pointer over the window: it has the focus. One
# after the other: a busy display might see the second press of a key at the time of the first one's end, and SDL would
# take that for a key that repeats.
press() {
    local key
    for key in "$@"; do
        xdotool key --delay 40 "$key" || fail "could not press $key"
    done
}

type_text() {
    xdotool type --delay 40 -- "$1" || fail "could not type $1"
}

# ---- eyes -------------------------------------------------------------------------------------------------------------

# The live trace's last row: epoch,threshold,easy,weight_sum,mean_batch_loss,mean_loss,accuracy; read_trace sets `names`
# (its first line) and `row` to it, or to nothing.
read_trace() {
    local -a all=()
    local at
    mapfile -t all 2>/dev/null <"$trace"
    names=${all[0]-} row=""
    for ((at = ${#all[@]} - 1; at > 0; at--)); do
        if [[ ${all[at]} =~ ^[0-9]+, ]]; then
            row=${all[at]}
            return
        fi
    done
}

trace_row() {
    local names row
    read_trace
    printf '%s\n' "$row"
}

# trace_last FIELD, of that row; empty if there is none.
trace_last() {
    local names row name
    read_trace
    while IFS=, read -r -d , name; do
        if [ "$name" = "$1" ]; then
            printf '%s\n' "${row%%,*}"
            return
        fi
        [[ $row == *,* ]] || return 0
        row=${row#*,}
    done <<<"$names,"
}

# Whether epoch N (the first is 1) is the last in the trace.
epoch_is() {
    local names row
    read_trace
    [ "${row%%,*}" = "$1" ]
}

# Whether an epoch after N has ended.
later_than() {
    local names row
    read_trace
    [ "${row%%,*}" != "" ] && [ "${row%%,*}" -gt "${1:-0}" ]
}

# Whether the run pauses: no epoch ends for longer than one takes at the default speed.
stands() {
    local row
    row=$(trace_row)
    sleep 1.5
    [ "$(trace_row)" = "$row" ]
}

wait_epoch() {
    wait_for "epoch $1 in the trace" epoch_is "$1"
}

# train_to N: an epoch after the other by its key, which does nothing while one is being trained.
train_to() {
    local epoch
    for ((epoch = $(trace_last epoch) + 1; epoch <= $1; epoch++)); do
        press period
        wait_epoch $epoch
    done
}

# see FILE [NAME]: a picture of the window, or of one widget (a PPM, whatever the file's name: all know it by its start).
see() {
    local part=()
    if [ -n "${2:-}" ]; then
        widget "$2"
        part=("$wx" "$wy" "$ww" "$wh")
    fi
    "$SEE_WINDOW" "$window" "$1" ${part[0]+"${part[@]}"} 2>"$work/see.log" || fail "no picture of the window: $(<"$work/see.log")"
}

# settle FILE [NAME]: such a picture once the window has stopped changing: two in a row are the same and the program has
# rested meanwhile, as a frame may take longer on a busy machine; or five in a row, of a window that draws them all the time.
settle() {
    same=0
    see "$1" "${2:-}"
    wait_for "the window to settle" settled "$@"
}

settled() {
    local rested=yes
    mv "$1" "$work/earlier.png"
    for _ in 1 2 3 4 5 6 7 8; do # the field becomes exact when it has been still for 0.15 s
        sleep 0.05
        rests || rested=
    done
    see "$1" "${2:-}"
    [ "$(differing "$1" "$work/earlier.png")" = 0 ] || { same=0 && return 1; }
    [ -n "$rested" ] || [ $((same += 1)) -ge 4 ]
}

# Whether no thread of the program runs, or would if a processor were free.
rests() {
    local file state
    for file in /proc/"$app_pid"/task/*/stat; do
        { read -r state <"$file"; } 2>/dev/null || continue
        state=${state##*) }
        [ "${state:0:1}" != R ] || return 1
    done
}

# picture_differs FILE N [NAME]: in at least N pixels from what the window shows now.
picture_differs() {
    see "$work/now.png" "${3:-}"
    [ "$(differing "$1" "$work/now.png")" -ge "$2" ]
}

picture_is() {
    see "$work/now.png" "${2:-}"
    [ "$(differing "$1" "$work/now.png")" = 0 ]
}

# The light theme's colours of marks.
HARD_EDGE='#8a93a3'
CLASS_1='#ff7f0e'

# pixels FILE COLOR [FUZZ%]: how many have that colour (any but black).
pixels() {
    convert "$1" -alpha off -fuzz "${3:-2}%" -fill black +opaque "$2" -fuzz 0 -fill white +opaque black \
        -format '%[fx:round(mean.r*w*h)]\n' info:
}

# differing FILE FILE: how many pixels are not the same.
differing() {
    ! cmp -s "$1" "$2" || { echo 0 && return; }
    compare -metric AE "$1" "$2" null: 2>&1 || true
}

# mean_gray FILE: 0 (black) to 100 (white).
mean_gray() {
    convert "$1" -colorspace Gray -format '%[fx:round(100*mean)]\n' info:
}
