# The import sheet in the window: a file whose columns are not certain shows it, by mouse and by keyboard; under it the
# run stands still, and is untouched until Open, which undo takes back; Columns... shows it again, with what was chosen,
# and Copy command has all of it.
. "$(dirname "$0")/lib.sh"
: "${DROP_FILE:?path of drop_file}" "${READ_CLIPBOARD:?path of read_clipboard}"

{ # 40 wines, as a German spreadsheet has them; one cell is empty
    printf 'Nr;Alkohol;Farbton;Prolin;Rebsorte\n'
    awk 'BEGIN { for (i = 1; i <= 40; i++)
        printf "%d;%d,%d;1,%d;%s;%s\n", i, 11 + i % 3, i % 10, i % 7, i == 9 ? "" : 300 + 40 * (i % 30), i % 2 ? "Barolo" : "Barbera" }'
} >"$work/Weine.csv"
points=39

easy_are() {
    [ "$(trace_last easy)" = "$1" ]
}
drop() {
    "$DROP_FILE" "$window" "$work/$1" || fail "could not drop $1"
}
stands_at() { # the run does not go on
    [ "$(trace_row)" = "$1" ]
}
command_has() {
    "$READ_CLIPBOARD" 2>/dev/null | grep -qF -- "$1"
}

start_display
start_app --samples 60 --threshold 50 --epochs 100000
wait_for "a run that plays" later_than 1

# cancelled: nothing has changed, and the run goes on
drop Weine.csv
wait_for "the sheet" has_widget import-sheet
sleep 0.3
row=$(trace_row)
stays "the run under the sheet" 2 stands_at "$row"
press Escape
wait_for "no sheet" lacks_widget import-sheet
wait_for "the run to go on" later_than "$(trace_last epoch)"
equal "easy samples" 60 "$(trace_last easy)"

# by mouse
drop Weine.csv
wait_for "the sheet" has_widget import-sheet
click import-head-1
click import-head-3
click import-head-4
wait_for "what is left out" has_widget import-left-out
click import-standardize # suggested: off again
click import-open
wait_for "no sheet" lacks_widget import-sheet
wait_for "a run of $points points" easy_are $points
press ctrl+z
wait_for "the run before it" easy_are 60
press ctrl+shift+z
wait_for "the points again" easy_are $points

# what was chosen is what Copy command has
click section-export
reveal export-copy
click export-copy
for part in --columns=Alkohol,Prolin,Rebsorte --skip-bad /Weine.csv; do
    wait_for "$part in the command" command_has "$part"
done

# again, on demand and by keyboard alone: y is to be Farbton
click file
wait_for "the menu" has_widget file-columns
press Down Down Down Return
wait_for "the sheet" has_widget import-sheet
press Tab Tab Tab Tab Tab Tab Tab Tab Tab # four menus, "As found", three slots, the heads
press Home Right Right y
settle "$work/sheet.png"
press Tab Tab Tab Tab Return # scale, standardize, Cancel, Open
wait_for "no sheet" lacks_widget import-sheet
wait_for "a run of all 40 points" easy_are 40
reveal export-copy 30
click export-copy
wait_for "another command" command_has "--columns=Alkohol,Farbton,Rebsorte"
stop_app
