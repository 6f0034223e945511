# Lessons: each opened from the gallery, and by --lesson, and paged through; back over a change of the run; taken over.
. "$(dirname "$0")/lib.sh"
start_display

# fastest: the speed's slider to its end.
fastest() {
    click speed 99
    point 640 5
    sleep 0.4 # its keys are no longer the slider's
}

# page_through NOTES: from the first note to the last.
page_through() {
    local i
    wait_for "note 1 of $1" has_widget "notes-1-of-$1"
    fastest
    for ((i = 2; i <= $1; i++)); do
        press Next
        wait_for "note $i of $1" has_widget "notes-$i-of-$1"
    done
}

notes=(6 8 7 7 7 6) names=(post collapse wrong-labels far-points hard-first meta)
for i in 0 1 2 3 4 5; do
    start_app --lesson "${names[i]}" --window-size 1280x720
    page_through "${notes[i]}"
    if [ "${names[i]}" = collapse ]; then
        for k in 7 6 5 4; do # into the runs before
            press Prior
            wait_for "note $k" has_widget "notes-$k-of-8"
        done
        press Next
        wait_for "note 5 once more" has_widget notes-5-of-8
    fi
    stop_app
done
