# A session is saved, saved under a name that is taken, and opened again: the same run to the last bit, and the window as
# it was. Opening another one, or quitting, asks where something would be lost.
. "$(dirname "$0")/lib.sh"
start_display
cd "$here" || exit 1

title_is() {
    [ "$(xdotool getwindowname "$window")" = "$1" ]
}
# type_name NAME: into the card that asks for a path.
type_name() {
    wait_for "the card for a path" has_widget open-sheet
    press ctrl+a
    type_text "$1" # in the current folder
    press Return
}
newer() {
    [ "$1" -nt "$2" ]
}
outputs() { # outputs SESSION FOLDER
    mkdir "$2"
    run 0 0 --replay "$1" --trace "$2/t.csv" --parameters "$2/m.csv" --points "$2/p.csv" --weights "$2/w.csv"
}

start_app --samples 300 --seed 3 --epochs 40
wait_for "two epochs" later_than 1
title_is easyfirst || fail "a run that only plays counts as unsaved"
drag threshold-line 50 130
press h
press space b
click plot
press v comma # a batch with the new points: a replay shows an epoch that has just ended with the points of now
wait_for "the mark" title_is "Points by hand* - easyfirst"
press shift+Left
wait_for "an earlier epoch" has_widget back-to-now
drag timeline-axis 50 30
press ctrl+s
type_name one
wait_for "its name in the title" title_is "one - easyfirst"
[ -f one.easyfirst ] || fail "the session is not there: $(files)"
cp "$trace" seen.csv
outputs one.easyfirst first
cmp seen.csv first/t.csv || fail "what is saved is not what was seen"

# the same name: no question; another one's name: a question, and No leaves it alone
press Escape h
wait_for "the mark" title_is "one* - easyfirst"
press ctrl+s
wait_for "no mark" title_is "one - easyfirst"
printf 'mine' >two.easyfirst
press ctrl+shift+s
type_name two.easyfirst
wait_for "the question" has_widget ask-sheet
press Escape
wait_for "its end" lacks_widget ask-sheet
equal "what is in the other file" mine "$(<two.easyfirst)"
press ctrl+shift+s
type_name two.easyfirst
wait_for "the question" has_widget ask-sheet
press Return
wait_for "the new name" title_is "two - easyfirst"
press ctrl+z # hold: as the first session has it
press shift+Left
wait_for "an earlier epoch" has_widget back-to-now

# opened: asked first, and Esc stays here
open_one() {
    press ctrl+o
    type_name one.easyfirst
    wait_for "the question" has_widget ask-sheet
}
open_one
press Escape
wait_for "its end" lacks_widget ask-sheet
title_is "two* - easyfirst" || fail "Esc did not stay"
open_one
press d
wait_for "the session" title_is "one - easyfirst"
wait_for "the run" grep -q "^$(tail -n 1 seen.csv)$" "$trace"
epoch=$(trace_last epoch)
press Escape period # one epoch more than was saved, to see that nothing is missing inside
wait_for "another epoch" later_than "$epoch"
cp "$trace" on.csv
press ctrl+shift+s
type_name three
wait_for "the third" title_is "three - easyfirst"
stop_app

# by the command line, in a window: the same, and no question at the end
start_app three.easyfirst
title_is "three - easyfirst" || fail "no name in the title: $(xdotool getwindowname "$window")"
wait_for "the run" cmp -s on.csv "$trace"
press q
expect_end
outputs one.easyfirst again
diff -r first again || fail "the saved session has changed"

# quit: Save goes on to the file that it is in
start_app one.easyfirst
press b
click plot
wait_for "the mark" title_is "one* - easyfirst"
press q
wait_for "the question" has_widget ask-sheet
press Return
expect_end
outputs one.easyfirst later
[ "$(wc -l <later/p.csv)" -gt "$(wc -l <first/p.csv)" ] || fail "the painted points were not saved"

# how a CSV was read stays with the session, also where it goes on
printf 'a;b;kind;z\n1;2;u;3\n2;3;v;4\n3;1;u;5\n1,5;2;v;1\n' >points.csv
start_app points.csv --columns a,z,kind --decimal comma
press h
press ctrl+s
type_name read
wait_for "its name in the title" title_is "read - easyfirst"
stop_app
start_app read.easyfirst
press h
press ctrl+shift+s
type_name on
wait_for "its name in the title" title_is "on - easyfirst"
equal "how it was read" "read columns a,z,kind read decimal comma" "$(grep -a '^read ' on.easyfirst | paste -sd ' ')"
stop_app

# a long run is saved with a checkpoint, and goes on from there as from its whole log
start_app --dataset moons --samples 600 --hidden 16,16 --epochs 1000000 --seed 5
drag speed 30 104
wait_for "some epochs" later_than 6
drag threshold-line 50 90
wait_for "some more" later_than $(($(trace_last epoch) + 3))
press space
wait_for "the pause" stands
press ctrl+s
type_name long
wait_for "its name in the title" title_is "long - easyfirst"
tries=0 # what is long depends on the machine
until grep -aq '^checkpoint ' long.easyfirst; do
    [ $((tries += 1)) -le 8 ] || fail "a long run has no checkpoint"
    press space
    wait_for "more epochs" later_than $(($(trace_last epoch) + (10 << tries)))
    press space
    wait_for "the pause" stands
    cp "$trace" seen.csv
    press ctrl+s
    wait_for "it is saved" newer long.easyfirst seen.csv
done
cp "$trace" seen.csv
stop_app
start_app long.easyfirst
wait_for "the run" cmp -s seen.csv "$trace"
press period
wait_for "another epoch" later_than "$(tail -n 1 seen.csv | cut -d, -f1)"
cp "$trace" on.csv
press ctrl+s
wait_for "it is saved" newer long.easyfirst on.csv
outputs long.easyfirst long
cmp on.csv long/t.csv || fail "from the checkpoint it goes on otherwise than from its log"
stop_app
