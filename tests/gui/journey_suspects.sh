# Which labels look wrong, in the window: the list of a run that has ended, with the values that a headless run writes; a
# label is flipped, kept, removed, by hand and by keyboard, and all of it taken back; the truth; the table; the list of
# what is selected alone; its key, and what is not remembered of it.
. "$(dirname "$0")/lib.sh"
run_settings=(--dataset blobs --centroids=-4,0,4,0 --samples 300 --flip 0.1 --order all --learning-rate 0.05 --epochs 12)
start_display
run 0 0 "${run_settings[@]}" --points "$work/points.csv" --scores on

lacks_row_undo() {
    ! grep -q '^suspect-[0-9]*-undo ' "$widgets"
}

start_app "${run_settings[@]}"
wait_epoch 12
reveal section-suspects
click section-suspects
wait_for "the list" has_widget suspect-0
wait_for "enough rows" has_widget suspect-3

# the same values as without a window, of every row
click suspects-save
wait_for "the table" test -s "$here/easyfirst-suspects-epoch-12.csv"
awk -F, '
    NR == FNR { if (FNR == 1) for (i = 1; i <= NF; i++) column[$i] = i
                else { aum[FNR - 2] = $column["aum"]; held[FNR - 2] = $column["held_out"]; knn[FNR - 2] = $column["knn"]
                       agree[FNR - 2] = $column["agreement"] }
                next }
    FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
    { rows++; if ($at["aum"] != aum[$1] || $at["held_out"] != held[$1] || $at["knn"] != knn[$1] ||
                  $at["agreement"] != agree[$1]) { print "row " $1 ": " $0; bad = 1 } }
    END { exit bad || rows < 20 }' "$work/points.csv" "$here/easyfirst-suspects-epoch-12.csv" ||
    fail "the window's values are not those of the headless run"

# done by hand, and taken back
click suspect-1-flip
wait_for "the flipped row" has_widget suspect-1-undo
point $((wx + 5)) $((wy - 300))
press ctrl+z
wait_for "the label to be back" has_widget suspect-1-flip
click suspect-1-keep
wait_for "the kept row" has_widget suspect-1-undo
click suspect-1-undo
wait_for "the mark to be gone" has_widget suspect-1-keep
click suspect-0-remove
wait_for "the removed row" has_widget suspect-0-undo
click suspect-0-undo
wait_for "the point to be back" has_widget suspect-0-remove

# by keyboard: the row that was clicked last is pinned; Tab, arrows, F
click suspects-least-2
press Tab
for _ in 1 2 3 4 5; do press Tab; done
press Down
press f
wait_for "a row flipped by key" grep -q '^suspect-[0-9]*-undo ' "$widgets"
press f
wait_for "and back" lacks_row_undo

# the truth
click suspects-truth
wait_for "the figures" has_widget suspects-found
wait_for "the curve" has_widget suspects-curve
click suspect-2
wait_for "the pin" has_widget plot-pin

# of what is selected alone, by hand and by keyboard; Esc is for the selection first
rows() { grep -o '^suspect-[0-9]*-keep ' "$widgets" | sort; }
rows_are() { [ "$(rows)" = "$1" ]; }
click suspects-least-3
point $((wx + 5)) 5
wait_for "all rows" has_widget suspect-3-keep
all=$(rows)
press ctrl+a
wait_for "the switch" has_widget suspects-selected
widget plot
left=$((wx + ww / 2))
press Escape
wait_for "nothing selected" lacks_widget suspects-selected
has_widget suspects-close || fail "Esc has closed the page with the selection"
press l
point $left $((wy + 2))
xdotool mousedown 1
point $((left + ww / 4)) $((wy + wh / 2))
sleep 0.1
point $((left + ww / 2 - 3)) $((wy + wh - 3))
xdotool sleep 0.1 mouseup 1
clicked
press v
wait_for "the switch again" has_widget suspects-selected
widget suspects-selected
click suspects-selected
wait_for "other rows" differs_from "$all" rows
press Tab shift+Tab space
wait_for "all rows again" rows_are "$all"
press space
wait_for "other rows again" differs_from "$all" rows
press Escape
wait_for "all rows without a selection" rows_are "$all"

# train again, and the page goes with Esc; W opens and closes it
click suspects-train-again
wait_epoch 12
press Escape
wait_for "the panel" has_widget section-suspects
press w
wait_for "the page" has_widget suspects-close
wait_for "its map" has_widget map
press w
wait_for "the panel again" has_widget section-suspects
press w
wait_for "the page again" has_widget suspects-close
stop_app
! grep -q '^map' "$XDG_STATE_HOME/easyfirst/state.ini" || fail "the map of the page is remembered"
