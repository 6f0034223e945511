# The primary selection under X11: what is selected in a text field is it, and the middle button puts it in where it
# clicks; elsewhere the middle button does nothing.
. "$(dirname "$0")/lib.sh"
start_display
start_paused

primary_is() {
    [ "$(xclip -o -selection primary 2>/dev/null)" = "$1" ]
}
middle() { # NAME X%
    widget "$1"
    point $((wx + ww * $2 / 100)) $((wy + wh / 2))
    xdotool sleep 0.06 click 2
}

point 640 5
settle "$work/plain.png"
middle plot 40
middle timeline 50
middle threshold 50
point 640 5
wait_for "nothing to have changed" picture_is "$work/plain.png"

press n
wait_for "the note's sheet" has_widget note-text
type_text "one two"
double_click note-text
wait_for "what a double click selects" primary_is "one two"
press End shift+Home
wait_for "what Shift and a key select" primary_is "one two"
press End shift+ctrl+Left
drag note-text 50 0
wait_for "what a drag selects" primary_is "one two"

printf 'and \303\244 ' | xclip -i -selection primary
middle note-text 1 # at its beginning
press ctrl+a
wait_for "what was put in" primary_is "and ä one two"
printf 'x' | xclip -i -selection primary
middle note-save 50 # no field
press End ctrl+a
wait_for "nothing more" primary_is "and ä one two"
press Escape
wait_for "the end of the sheet" lacks_widget note-text
stop_app
