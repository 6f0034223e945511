# The picture of the plot on the clipboard: Ctrl+C over it, the menus; the bytes are those of the PNG that S saves, and
# they stay when the window closes. A text field keeps Ctrl+C for itself, and elsewhere it copies nothing.
. "$(dirname "$0")/lib.sh"
start_display
start_paused --samples 500

on_clipboard() { # FILE
    xclip -selection clipboard -target image/png -out >"$work/clip.png" 2>/dev/null && cmp -s "$work/clip.png" "$1"
}
clear_clipboard() {
    xclip -selection clipboard -in </dev/null >/dev/null 2>&1
    ! on_clipboard "$here/easyfirst-epoch-1.png" || fail "the clipboard is not empty"
}
widget plot
point $((wx + ww / 2)) $((wy + wh / 2))
press s
wait_for "the PNG" test -s "$here/easyfirst-epoch-1.png"
press ctrl+c
wait_for "the picture on the clipboard" on_clipboard "$here/easyfirst-epoch-1.png"

clear_clipboard
widget timeline
point $((wx + ww / 2)) $((wy + wh / 2))
press ctrl+c # over the timeline it is nobody's
click file
wait_for "the File menu" has_widget file-copy-picture
! on_clipboard "$here/easyfirst-epoch-1.png" || fail "Ctrl+C over the timeline copies the picture"
click file-copy-picture
wait_for "the picture on the clipboard, from the menu" on_clipboard "$here/easyfirst-epoch-1.png"

clear_clipboard
widget plot
point $((wx + 5)) $((wy + 5))
xdotool click 3
click menu-copy-picture
wait_for "the picture on the clipboard, from the plot's menu" on_clipboard "$here/easyfirst-epoch-1.png"

# In a field it is the text, wherever the pointer is.
press ctrl+e
reveal export-name
click export-name
widget plot
point $((wx + ww / 2)) $((wy + wh / 2))
press ctrl+a ctrl+c Escape
has_text() { [ "$("$READ_CLIPBOARD")" = easyfirst.gif ]; }
wait_for "the text on the clipboard" has_text

widget plot
point $((wx + ww / 2)) $((wy + wh / 2))
press ctrl+c
wait_for "the picture once more" on_clipboard "$here/easyfirst-epoch-1.png"
stop_app
on_clipboard "$here/easyfirst-epoch-1.png" || fail "the picture went with the window"
