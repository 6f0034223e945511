# A preset of one's own: saved in the window, chosen from the gallery at once, found by name in the next window.
. "$(dirname "$0")/lib.sh"
own="$XDG_CONFIG_HOME/easyfirst/presets"
choose_kind() {
    reveal export-kind
    click export-kind
    wait_for "the kinds" has_widget export-kind-6
    click export-kind-6
}
save_as() {
    reveal export-name
    click export-name
    press ctrl+a
    type_text "$1"
    press Return
    reveal export-save
    click export-save
}
start_display
start_paused --samples 1000 --seed 77
reveal section-export
click section-export
choose_kind
save_as post # the program's
sleep 0.5
[ ! -e "$own/post.ini" ] || fail "the program's own name was taken"
save_as mine
wait_for "the preset" test -s "$own/mine.ini"
equal "mode of the folder" 700 "$(stat -c %a "$own")"
grep -q '^seed = 77$' "$own/mine.ini" || fail "no seed in the preset"
equal "files in the current folder" "" "$(ls -A "$here")"
row=$(trace_row)
same_row() { [ "$(trace_row)" = "$row" ]; }
other_row() { [ -n "$(trace_row)" ] && ! same_row; }
press shift+r # another run
press period
wait_for "another run" other_row
click preset
wait_for "the gallery" has_widget gallery
press End # the user's own stand last
wait_for "its card" has_widget preset-22
click preset-22 50 40
wait_for "it to close" lacks_widget preset-22
wait_for "the run that was saved" same_row
stop_app
start_paused --preset mine
click preset
wait_for "the gallery" has_widget preset-22
press Escape
stop_app
equal "the list" mine "$("$EASYFIRST_BINARY" --list-presets | tail -n 1 | cut -d' ' -f1)"
"$EASYFIRST_BINARY" --headless --preset mine --epochs 1 --trace "$work/mine.csv" || fail "mine is not found"
"$EASYFIRST_BINARY" --headless --samples 1000 --seed 77 --epochs 1 --trace "$work/told.csv" || fail "headless"
cmp "$work/mine.csv" "$work/told.csv" || fail "the preset is not the run that was saved"
