# Notes: written with N at two epochs, seen as flags on the timeline, paged through in the presentation, undone, taken away.
. "$(dirname "$0")/lib.sh"
start_display
start_app --samples 400 --epochs 6 --window-size 1280x720
wait_epoch 6
point 640 5
press Next Prior # without notes these do nothing
lacks_widget notes || fail "a place for notes without any"

press n
wait_for "the sheet" has_widget note-text
type_text "not this"
press Escape
wait_for "the sheet to close" lacks_widget note-sheet
lacks_widget timeline-note-6 || fail "a note that was not saved"
press n
wait_for "the sheet" has_widget note-text
type_text "All points are in: q, n and space are letters here."
press Return
wait_for "the first flag" has_widget timeline-note-6
wait_for "the note" has_widget notes-1-of-1

press shift+Left
wait_for "no note at epoch 5" has_widget notes-none
press n
wait_for "the sheet" has_widget note-text
type_text "Look at the lone triangle."
click note-save
wait_for "the second flag" has_widget timeline-note-5
wait_for "the note" has_widget notes-1-of-2

press F5
wait_for "the presentation" has_widget present-figures
wait_for "the note in it" has_widget notes-1-of-2
lacks_widget present-line || fail "the line beside the note"
widget notes
[ "$wh" -ge 70 ] || fail "a note $wh pixels high"
press Next
wait_for "the next note" has_widget notes-2-of-2
press Prior
wait_for "the one before" has_widget notes-1-of-2
press F5
wait_for "the window" has_widget play

press ctrl+z
wait_for "the second note to go" lacks_widget timeline-note-5
press ctrl+y
wait_for "it to come back" has_widget timeline-note-5
click timeline-note-5
wait_for "its epoch" has_widget notes-1-of-2
wait_for "its text" has_widget timeline-words
click notes-on
wait_for "the other" has_widget notes-2-of-2
click notes-edit
click note-remove
wait_for "its flag to go" lacks_widget timeline-note-6
click timeline-note-5
wait_for "the one that is left" has_widget notes-1-of-1
stop_app
