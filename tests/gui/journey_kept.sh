# What is unsaved is kept: a window that is killed, or ended by a signal, is offered by the next one, which goes on where
# it was; what is put off stays, two windows keep two, and a folder that cannot be written costs a line, no more.
. "$(dirname "$0")/lib.sh"
start_display
sessions="$XDG_STATE_HOME/easyfirst/sessions"

title_is() {
    [ "$(xdotool getwindowname "$window")" = "$1" ]
}
kept_has() { # a word in what is kept
    grep -aq "$1" "$sessions"/*.easyfirst 2>/dev/null
}
kept_are() {
    [ "$(find "$sessions" -name '*.easyfirst' 2>/dev/null | wc -l)" = "$1" ]
}
crash() {
    kill -KILL "$app_pid"
    wait "$app_pid" 2>/dev/null
    app_pid=
}
line() { # where the line at the plot is: another text has another width
    grep "^notice " "$widgets"
}

start_app --samples 300 --seed 3 --epochs 40
wait_for "two epochs" later_than 1
kept_are 0 || fail "a run that only plays is kept"
press b
click plot
press v
wait_for "the points on disk" kept_has ' add class '
stand=$(trace_last epoch) # at least so far is it kept with the next deed
press h
wait_for "the next deed, too" kept_has ' hold on'
crash

# a newcomer is offered it before the tour begins; put off, it stays in the menu and the gallery; the list has it, too
sed -i 's/tour = seen/tour = due/' "$XDG_STATE_HOME/easyfirst/state.ini"
start_app
wait_for "the offer" has_widget continue
lacks_widget tour-card || fail "the tour lies over the offer"
click not-now
wait_for "its end" lacks_widget continue
wait_for "the tour" has_widget tour-card
press Escape
wait_for "its end" lacks_widget tour-card
click preset
click gallery-kept
wait_for "the list" has_widget kept-0
press Escape
wait_for "its end" lacks_widget kept-sheet
click file
wait_for "its row" has_widget file-kept
click file-kept
wait_for "the list" has_widget kept-0
press Return
wait_for "the session" title_is "Points by hand* - easyfirst"
wait_for "the run" later_than $((stand - 1))
wait_for "its own file in place of that one" kept_are 1

# a second window: nothing to offer, as the first one lives; it keeps what is its own
(cd "$here" && exec setpriv --pdeathsig KILL "$EASYFIRST_BINARY" --widgets "$work/second.txt" --reduced-motion) \
    >"$work/second.log" 2>&1 </dev/null &
second=$!
wait_for "the second window" grep -qs '^plot ' "$work/second.txt"
first_window=$window
second_window() {
    other=$(xdotool search --onlyvisible --pid "$second" 2>/dev/null | head -n 1)
    [ -n "$other" ]
}
wait_for "its window" second_window
offers() {
    grep -q '^continue ' "$work/second.txt"
}
! offers || fail "the second window offers what the first one has open"
xdotool windowfocus "$other" mousemove --window "$other" 5 5 key h
wait_for "two sessions that are kept" kept_are 2
! offers || fail "the second window offers what the first one has open"
kill -TERM "$second"
wait "$second"
equal "the exit code at a signal" 143 $?
[ ! -s "$work/second.log" ] || fail "the second window wrote: $(<"$work/second.log")"
kept_are 2 || fail "a signal has lost what was unsaved"

# closed without saving: its own goes, the other's stays, and can be discarded
window=$first_window
stop_app
kept_are 1 || fail "what was given up is still kept, or more than that is gone"
rm -rf "$here"/*
start_app --samples 40
wait_for "the offer" has_widget continue
press ctrl+shift+o
wait_for "the list" has_widget kept-0
press Delete
wait_for "the question" has_widget kept-yes
click kept-yes
wait_for "its end" kept_are 0
wait_for "no list" lacks_widget kept-sheet

# no folder: one line, and the program goes on; at the end it is asked all the same
rmdir "$sessions"
: >"$sessions"
press h
wait_for "the line" has_widget notice
press q
wait_for "the question" has_widget ask-sheet
press Return
wait_for "the card for a path" has_widget open-sheet
press ctrl+a
type_text nowhere/a
press Return
wait_for "what is wrong" has_widget open-message
press ctrl+a
type_text a
press Return
expect_end
[ -s "$here/a.easyfirst" ] || fail "not saved at the end"
