# A file of two units: the points fill the plot, the button where the axes meet scales both alike, Copy command has it, and
# the next start remembers it; the line says that the scale stops learning, and its button begins a run that learns.
. "$(dirname "$0")/lib.sh"
: "${READ_CLIPBOARD:?path of read_clipboard}"
state="$XDG_STATE_HOME/easyfirst/state.ini"
# Of class 1 those above the line from (20, 100000) to (60, 20000), in no order that helps.
awk 'BEGIN {
    print "age,salary,bought"
    for (i = 0; i < 120; i++) {
        age = 18 + i * 29 % 45; salary = 15000 + i * 7919 % 110000
        print age "," salary "," (salary > 140000 - 2000 * age)
    }
}' >"$work/people.csv"

start_display
start_paused --order all "$work/people.csv" --columns age,salary,bought
columns() { # of the plot that have a mark of class 1
    see "$work/plot.png" plot
    convert "$work/plot.png" -alpha off -fuzz 2% -fill black +opaque "$CLASS_1" -fuzz 0 -fill white +opaque black \
        -scale 'x1!' -threshold 0 -format '%[fx:round(mean*w)]\n' info:
}
wide() { number "$(columns) > 150"; }
narrow() { number "$(columns) < 40"; }
wait_for "points that fill the plot" wide
click axes-aspect
wait_for "both axes alike: a line of points" narrow
click section-export
wait_for "the copy button" has_widget export-copy
click export-copy
copied() { "$READ_CLIPBOARD" 2>/dev/null | grep -q -- '--aspect equal'; }
wait_for "the command with the choice" copied
remembered() { grep -q 'aspect = equal' "$state"; }
wait_for "the choice to be written" remembered
stop_app
start_app --order all --hidden 8 --learning-rate 0.05 --epochs 12 "$work/people.csv" --columns age,salary,bought
wait_epoch 12
wait_for "the choice of the last time" narrow
click axes-aspect
wait_for "points that fill the plot again" wide

number "$(trace_last accuracy) < 0.9" || fail "it has learned: accuracy $(trace_last accuracy)"
wait_for "the line about the scale" has_widget feedback
click feedback
learned() { epoch_is 12 && number "$(trace_last accuracy) > 0.95"; }
wait_for "the standardized run to start" lacks_widget feedback
press space
wait_for "a run that learns" learned
press ctrl+z
not_learned() { number "$(trace_last accuracy) < 0.9"; }
wait_for "the first run again" not_learned
wait_for "its line" has_widget feedback
stop_app
