# The sheet of keys, the focus that walks with Tab, a batch by comma, quitting by Q.
. "$(dirname "$0")/lib.sh"
start_display
start_paused
point 640 5
settle "$work/plain.png"

for key in F1 question; do
    press $key
    wait_for "the sheet of keys by $key" picture_differs "$work/plain.png" 20000
    press Escape
    wait_for "the sheet to close" picture_is "$work/plain.png"
done
click help
wait_for "the sheet of keys by its button" picture_differs "$work/plain.png" 20000
press Escape
point 640 5
wait_for "the sheet to close" picture_is "$work/plain.png"

press Tab
wait_for "a focus ring" picture_differs "$work/plain.png" 40
settle "$work/first.png"
press Tab
wait_for "the ring to move" picture_differs "$work/first.png" 40
press shift+Tab
wait_for "the ring to come back" picture_is "$work/first.png"
press Escape

# One batch moves the model and so the picture, but ends no epoch.
settle "$work/plain.png"
press comma
wait_for "a batch in the picture" picture_differs "$work/plain.png" 10
epoch_is 1 || fail "one batch ended an epoch"

press q
expect_end
