# "Copy command" says what was done by hand that the command does not repeat: by a key as by a widget, and again when
# undo brings the run back that it was done to.
. "$(dirname "$0")/lib.sh"
: "${READ_CLIPBOARD:?path of read_clipboard}"
start_display

# The note behind the command in the clipboard, or "none".
note() {
    local command
    command=$("$READ_CLIPBOARD") || return 0
    case "$command" in
    *"  # "*) command=${command#*  \# } && echo "${command%; save the session to have that repeated}" ;;
    *) echo none ;;
    esac
}
noted() {
    [ "$(note)" = "$1" ]
}
copied() { # by a click, and another one where the panel moved away from the first
    click export-copy
    sleep 0.2
    noted "$1"
}
says() { # says WHAT NOTE
    point 640 5
    reveal export-copy
    wait_for "$1: '$2' behind the command" copied "$2"
    point 640 5
}

start_paused
reveal section-export
click section-export
says "a run as it began" none
press period
wait_epoch 2
press h
says "held by key" "settings were changed during the run"
stop_app

start_paused
reveal section-export
click section-export
says "another run as it began" none
press period
wait_epoch 2
reveal_above threshold-line
drag threshold-line 50 300
press period
wait_epoch 3
says "the threshold dragged" "the threshold was moved by hand"
press shift+r
wait_for "another run" epoch_is ""
says "a new seed" none
press ctrl+z
wait_for "the run to come back" epoch_is 3
says "the run that came back" "the threshold was moved by hand"
stop_app
