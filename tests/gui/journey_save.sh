# S, and the File menu, save a picture in the current folder, whole, and never over an earlier one.
. "$(dirname "$0")/lib.sh"
start_display
start_paused

saved() {
    [ "$(find "$here" -name '*.png' | wc -l)" -eq "$1" ]
}
clipboard_is() {
    [ "$("$READ_CLIPBOARD" 2>/dev/null)" = "$1" ]
}
press s
wait_for "a saved picture" saved 1
first=$(find "$here" -name '*.png')
sum=$(cksum <"$first")
# the line says where it is, over no data, and puts the path on the clipboard
wait_for "the notice" has_widget notice
widget notice
notice_end=$((wy + wh))
widget plot
[ $notice_end -le "$wy" ] || fail "the notice lies over the plot"
click copy-path
wait_for "the path on the clipboard" clipboard_is "$first"
click file
click file-picture
wait_for "a second picture" saved 2
equal "the first picture's sum" "$sum" "$(cksum <"$first")"
for file in "$here"/*.png; do
    equal "kind of ${file##*/}" PNG "$(identify -regard-warnings -format '%m' "$file")"
    [ "$(pixels "$file" "$HARD_EDGE" 1)" -gt 200 ] || fail "${file##*/} does not show the plot"
done
equal "files in the folder" 2 "$(find "$here" -type f | wc -l)"

stop_app
