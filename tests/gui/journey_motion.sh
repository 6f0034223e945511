# With transitions, as people have it: they end where they would have been at once.
. "$(dirname "$0")/lib.sh"
start_display
parts() { # what is compared, after the same presses
    start_paused "$@"
    point 640 5
    click section-model
    click hold
    press minus minus
    press Home
    point 640 5
    wait_for "the section" has_widget hidden
}
parts
settle "$work/still.png"
stop_app
rm -rf "$HOME"; mkdir "$HOME"
MOTION= parts
wait_for "the same picture in the end" picture_is "$work/still.png"
stop_app
