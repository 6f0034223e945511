# Export from the window: a GIF of the run so far, a question before it is replaced, another figure as a PDF.
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
choose_export SVG
reveal export-save
click export-save
wait_for "the SVG" test -s "$here/easyfirst.svg"
equal "its command" "<ef:command>easyfirst --epochs 3</ef:command>" "$(grep ef:command "$here/easyfirst.svg")"
choose_export PDF
reveal export-figure
click export-figure
click export-figure-2
reveal export-save
click export-save
wait_for "the PDF" test -s "$here/easyfirst-timeline.pdf"
pdftotext "$here/easyfirst-timeline.pdf" - | grep -q "share of points" || fail "no timeline in the PDF"
# the page of a window is that of the same run without one, the command that repeats it included
rm "$here/easyfirst.gif"
choose_export PAGE
reveal export-save
click export-save
wait_for "the page" test -s "$here/easyfirst.html"
"$EASYFIRST_BINARY" --headless --epochs 3 --html "$here/headless.html"
cmp "$here/easyfirst.html" "$here/headless.html" || fail "the page is not that of --html"
stop_app
