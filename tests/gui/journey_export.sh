# Export from the window: a GIF of the run so far, a question before it is replaced, the trace, the command line.
. "$(dirname "$0")/lib.sh"
start_display
start_app --epochs 3
press ctrl+0
wait_epoch 3
reveal section-export
click section-export
reveal export-save
click export-save
wait_for "the GIF" test -s "$here/easyfirst.gif"
equal "frames" 3 "$(identify "$here/easyfirst.gif" | wc -l)"
was=$(stat -c %i "$here/easyfirst.gif")
point 300 300
reveal export-save
click export-save
reveal export-keep
click export-keep
wait_for "the question to be answered" lacks_widget export-keep
equal "the file that was kept" "$was" "$(stat -c %i "$here/easyfirst.gif")"
reveal export-save
click export-save
reveal export-replace
click export-replace
replaced() { [ "$(stat -c %i "$here/easyfirst.gif")" != "$was" ]; }
wait_for "the file to be replaced" replaced
equal "files" easyfirst.gif "$(ls -A "$here")"
# the page of a window is that of the same run without one, the command that repeats it included
rm "$here/easyfirst.gif"
reveal export-kind
click export-kind
wait_for "the kinds" has_widget export-kind-2
click export-kind-2
reveal export-save
click export-save
wait_for "the page" test -s "$here/easyfirst.html"
"$EASYFIRST_BINARY" --headless --epochs 3 --html "$here/headless.html"
cmp "$here/easyfirst.html" "$here/headless.html" || fail "the page is not that of --html"
stop_app
