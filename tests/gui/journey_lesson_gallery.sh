# The gallery's lessons: each card opens its lesson at the first note, in place of the run that there was; undo brings
# that back; a change takes the lesson over. The command that repeats it is the lesson's for as long as it is one.
. "$(dirname "$0")/lib.sh"
: "${READ_CLIPBOARD:?path of read_clipboard}"
start_display
copies() {
    "$READ_CLIPBOARD" 2>/dev/null | grep -q -- "$1"
}
start_paused --window-size 1280x720 --samples 300
notes=(6 8 7 7 7 6)
for i in 5 4 3 2 1 0; do
    click preset
    wait_for "the gallery" has_widget gallery
    press End
    for ((k = i; k < 5; k++)); do
        press Left
    done
    press Return
    wait_for "the gallery to close" lacks_widget gallery
    wait_for "the lesson's first note" has_widget "notes-1-of-${notes[i]}"
done
press Next
wait_for "the second note" has_widget notes-2-of-6
equal "its epoch" 3 "$(trace_last epoch)"
press ctrl+e
click export-copy
wait_for "the lesson's command" copies '^easyfirst --lesson post$'
click hold # now the run is the person's, and the notes with it
press Next
wait_for "the third note" has_widget notes-3-of-6
click export-copy
wait_for "another command" copies '^easyfirst .*save the session'
press r
press Next
wait_for "the first once more" has_widget notes-1-of-6
stop_app
