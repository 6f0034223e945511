# Open, and Save as: by the desktop's chooser (a stand-in on a bus of its own), which may be cancelled, fail, vanish, or not answer;
# where there is none by a path, with completion; recent files, of which one is gone; what was opened can be undone.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/bus.sh"
: "${STAND_IN_PORTAL:?path of stand_in_portal}"

points() { # that many, all easy from the start on
    awk -v n="$1" 'BEGIN { print "x,y,label"; for (i = 0; i < n; i++) printf "%d,%d,%d\n", i, i % 7, i % 2 }'
}
mkdir "$work/home/Daten" "$work/home/Daten/alt"
points 40 >"$work/home/Daten/vierzig Punkte.csv"
points 30 >"$work/home/Daten/dreissig.csv"
points 20 >"$work/home/Daten/alt/zwanzig.csv"
printf 'x,y,label\n' >"$work/home/Daten/bad.csv"

portal_pid=""
start_portal() {
    [ -z "$portal_pid" ] || kill "$portal_pid" 2>/dev/null
    setpriv --pdeathsig TERM "$STAND_IN_PORTAL" "$@" >"$work/portal.log" 2>&1 &
    portal_pid=$!
    wait_for "the portal" grep -q ready "$work/portal.log"
}
clean_bus() {
    [ -z "$portal_pid" ] || kill "$portal_pid"
    cleanup
}
trap 'clean_bus 2>/dev/null' EXIT

easy_are() {
    [ "$(trace_last easy)" = "$1" ]
}
line() { # where the line at the plot is: another text has another width
    grep "^notice " "$widgets"
}
title_is() {
    [ "$(xdotool getwindowname "$window")" = "$1" ]
}

start_display
start_bus
start_paused --samples 60 --threshold 50
equal "easy samples" 60 "$(trace_last easy)"

# by the chooser
start_portal choose "file://$(printf '%s' "$work/home/Daten/vierzig Punkte.csv" | sed 's/ /%20/g')"
press ctrl+o
wait_for "the chosen file's 40 points" easy_are 40
wait_for "its name in the title" title_is "vierzig Punkte.csv - easyfirst"
grep -q "^OpenFile x11:[0-9a-f]* Points, presets, sessions|" "$work/portal.log" || fail "the portal was asked: $(<"$work/portal.log")"
press ctrl+z
wait_for "the run before it" easy_are 60

# cancelled: nothing happens
start_portal cancel
press ctrl+o
wait_for "the question" grep -q OpenFile "$work/portal.log"
stays "the run of 60 points" 1 easy_are 60
lacks_widget open-sheet || fail "a cancelled chooser asks for a path"

# fails, vanishes: a path instead, with the reason
start_portal error
press ctrl+o
wait_for "the sheet for a path" has_widget open-message
press Escape
wait_for "no sheet" lacks_widget open-sheet
start_portal vanish
press ctrl+o
wait_for "the sheet for a path" has_widget open-message
press Escape
wait_for "no sheet" lacks_widget open-sheet

# does not answer: the window goes on, and asked once more it takes a path and sends the chooser away
start_portal silent
press ctrl+o
wait_for "the question" grep -q OpenFile "$work/portal.log"
press period
wait_epoch 2
press ctrl+o
wait_for "the sheet for a path" has_widget open-sheet
wait_for "the end of the request" grep -q Close "$work/portal.log"
press Escape
wait_for "no sheet" lacks_widget open-sheet
kill "$portal_pid"
wait "$portal_pid" 2>/dev/null
portal_pid=""

# no portal: a path, by keyboard alone
press ctrl+o
wait_for "the sheet for a path" has_widget open-sheet
press ctrl+a
type_text "~/Daten/gibtesnicht"
press Return
wait_for "what is wrong" has_widget open-message
press ctrl+a
type_text "~/Da"
press Tab
type_text "dr"
press Tab Return
wait_for "30 points" easy_are 30
wait_for "no sheet" lacks_widget open-sheet

# into a folder and on by the arrows: folders come first
press ctrl+o
wait_for "the sheet for a path" has_widget open-sheet
press Down Return Down Return
wait_for "20 points" easy_are 20

# by mouse
click file
click file-open
wait_for "the sheet for a path" has_widget open-sheet
press ctrl+a
type_text "~/Daten/"
wait_for "its names" has_widget open-1
click open-0 30 50
wait_for "the one file of the first" lacks_widget open-1
press Escape
wait_for "no sheet" lacks_widget open-sheet

# what can't be read is said, and the run goes on unharmed
was=$(line)
press ctrl+o
wait_for "the sheet for a path" has_widget open-sheet
press ctrl+a
type_text "~/Daten/bad.csv"
press Return
wait_for "the reason" differs_from "$was" line
equal "easy samples of the run that was there" 20 "$(trace_last easy)"

# recent files: newest first; one that is gone is said and dropped
click file
wait_for "the recent files" has_widget recent-2
click recent-1
wait_for "30 points once more" easy_are 30
rm "$work/home/Daten/alt/zwanzig.csv"
was=$(line)
click file
click recent-1
wait_for "that it is gone" differs_from "$was" line
click file
wait_for "a list of two" has_widget recent-1
lacks_widget recent-2 || fail "the file that is gone is still there"
press Escape
stop_app

# and the next time they are still there
start_paused --samples 60 --threshold 50
click file
wait_for "the recent files" has_widget recent-1
press Down Down Return
wait_for "30 points, once more" easy_are 30

# a session to save, with the ending added; cancelled: it has no file
start_portal choose "file://$(printf '%s' "$work/home/Daten/sechzig" | sed 's/ /%20/g')"
press ctrl+s
wait_for "its name in the title" title_is "sechzig - easyfirst"
[ -s "$work/home/Daten/sechzig.easyfirst" ] || fail "the session is not there"
grep -q "^SaveFile x11:[0-9a-f]* dreissig.easyfirst Sessions (.easyfirst)|All files" "$work/portal.log" ||
    fail "the portal was asked: $(<"$work/portal.log")"
start_portal cancel
press ctrl+shift+s
wait_for "the question" grep -q SaveFile "$work/portal.log"
stays "its name" 1 title_is "sechzig - easyfirst"
stop_app
