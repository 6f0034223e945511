# tests/kill window [N]: kills a window N times (300) at random moments while a hand does one thing after the other, opens the
# next one, continues, and checks that every deed that was done more than 5 seconds before is there, in its order.
# `short` is for the suite: 5 kills, each as soon as all but the last deed is on disk.
# EASYFIRST_BINARY, CLOSE_WINDOW and GUI_ARTIFACTS as for the journeys; without them those of build/sanitize.
rounds=${1:-300}
folder=$(cd "$(dirname "$0")/../.." && pwd)
export EASYFIRST_BINARY=${EASYFIRST_BINARY:-$folder/build/sanitize/easyfirst}
export CLOSE_WINDOW=${CLOSE_WINDOW:-$folder/build/sanitize/tests/close_window}
export GUI_ARTIFACTS=${GUI_ARTIFACTS:-$folder/build/sanitize/tests/gui/kills}
. "$folder/tests/gui/lib.sh"
RANDOM=${SEED:-$((${EPOCHREALTIME/[.,]/} % 32768))}
seed=$RANDOM
RANDOM=$seed
sessions="$XDG_STATE_HOME/easyfirst/sessions"
done_words=() done_at=() # of this round
mapfile -t before < <(:)  # words of the log that it went on from

now() { # milliseconds
    echo $((${EPOCHREALTIME/[.,]/} / 1000))
}
# The deeds of what is kept, a word each: lines that go on with a gesture, and seals, are none. Where a window was killed
# as it went on from another file, the later one has all of it.
words() {
    local file best="" text
    for file in "$sessions"/*.easyfirst; do
        text=$(words_of "$file")
        [ ${#text} -lt ${#best} ] || best=$text
    done
    [ -z "$best" ] || printf '%s\n' "$best"
}
words_of() {
    tr -d '\000' <"$1" 2>/dev/null | awk '
        $1 == "epoch" && $3 == "batch" && $5 !~ /^(check|end|run)$/ {
            gesture = ""
            for (i = 6; i < NF; i++) if ($i == "gesture") gesture = $(i + 1)
            if (gesture == "" || gesture != before) print $5
            before = gesture
        }'
}
hand() { # hand WORD XDOTOOL...: the kill may come before it is through
    done_words+=("$1")
    xdotool "${@:2}" 2>/dev/null
    done_at+=("$(now)")
}
# One thing that leaves one line.
deed() {
    case $((RANDOM % 10)) in
    [0-4]) hand hold key h ;;
    [5-7]) # a press with the brush
        hand add mousemove --window "$window" $((wx + ww * (20 + RANDOM % 60) / 100)) \
            $((wy + wh * (20 + RANDOM % 60) / 100)) sleep 0.06 mousedown 1 sleep 0.06 mouseup 1 sleep 0.06
        ;;
    8) hand reset key r ;;
    9) # of something that can be undone for sure
        case "${done_words[*]: -1}" in hold | add) hand undo key ctrl+z ;; esac
        ;;
    esac
}
words_are() {
    [ "$(words | wc -l)" -ge "$1" ]
}
alive() {
    kill -0 "$app_pid" 2>/dev/null
}
# With what was kept beside the screenshot.
lose() {
    mkdir -p "$GUI_ARTIFACTS"
    cp "$sessions"/*.easyfirst "$GUI_ARTIFACTS"
    fail "round $round (SEED=$seed): $*"
}
# What was recovered: begins as the deeds were done, and has the first LEAST of them.
check() {
    local least=$1 i
    mapfile -t found < <(words)
    local all=("${before[@]}" "${done_words[@]}")
    [ ${#found[@]} -ge $((${#before[@]} + least)) ] ||
        lose "${#found[@]} deeds are there, of ${#before[@]} and $least that must be"
    [ ${#found[@]} -le ${#all[@]} ] ||
        lose "${#found[@]} deeds are there, and only ${#all[@]} were done: ${found[*]}"
    for ((i = 0; i < ${#found[@]}; i++)); do
        [ "${found[i]}" = "${all[i]}" ] ||
            lose "deed $i is ${found[i]}, and was ${all[i]}"
    done
}
one_more() { # of the whole number of deeds in the one file that is kept
    [ "$(find "$sessions" -name '*.easyfirst' | wc -l)" = 1 ] && [ "$(words | wc -l)" = "${#found[@]}" ]
}
# Ends a window at some moment; sets `least`.
random_round() {
    local end i
    (
        sleep "$((RANDOM % 10)).$((RANDOM % 10))$((RANDOM % 10))"
        kill -KILL "$app_pid"
    ) 2>/dev/null &
    local killer=$!
    while alive; do
        deed
        sleep "0.$((RANDOM % 7 + 1))"
        [ ${#done_words[@]} -lt 40 ] || break
    done
    wait "$killer" 2>/dev/null
    end=$(now)
    least=0
    for ((i = 0; i < ${#done_at[@]}; i++)); do
        [ $((end - done_at[i])) -le 5000 ] || least=$((i + 1))
    done
}
short_round() {
    local count=$((RANDOM % 3 + 2))
    while [ ${#done_words[@]} -lt $count ]; do
        deed
    done
    least=${#done_words[@]}
    wait_for "$least deeds on disk" words_are $((${#before[@]} + least))
    deed
    kill -KILL "$app_pid"
}

start_display
start_app --samples 200 --seed 3 --epochs 1000
total=$([ "$rounds" = short ] && echo 5 || echo "$rounds")
deeds=0 sure=0
for ((round = 1; round <= total; round++)); do
    press b
    widget plot
    done_words=() done_at=()
    if [ "$rounds" = short ]; then short_round; else random_round; fi
    wait "$app_pid" 2>/dev/null
    app_pid=
    check "$least"
    deeds=$((deeds + ${#done_words[@]})) sure=$((sure + least))
    start_app --samples 200 --seed 3 --epochs 1000
    if [ ${#found[@]} -gt 0 ]; then
        wait_for "the offer" has_widget continue
        press ctrl+shift+o
        wait_for "the list" has_widget kept-0
        press Return
        wait_for "what is kept of it once more" one_more
    fi
    before=("${found[@]}")
    if [ ${#before[@]} -gt 150 ]; then # a new run
        stop_app
        start_app --samples 200 --seed 3 --epochs 1000
        before=()
    elif [ ${#before[@]} -gt 0 ]; then
        press space
    fi
    [ $((round % 25)) -ne 0 ] || echo "$round kills, $deeds deeds, $sure of them older than 5 s: all there"
done
stop_app
echo "$total kills, $deeds deeds, $sure of them sure to be there: all there"
