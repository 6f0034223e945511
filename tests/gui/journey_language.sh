# The language is chosen behind the globe, by pointer or keys: all is in it at once, it is remembered, and the next start
# shows it from the first frame. --language wins for its time; "as the desktop" forgets the choice.
. "$(dirname "$0")/lib.sh"
state="$XDG_STATE_HOME/easyfirst/state.ini"
export LC_ALL=C.UTF-8
unset LANGUAGE

look() { # FILE: the words of the button that begins a run anew
    point 640 5
    settle "$1" reset
}
like() { # FILE: it looks so, or comes to
    wait_for "a window in the language of ${1##*/}" same_words "$1"
}
same_words() { picture_is "$1" reset; }
other_words() { ! same_words "$1"; }
remembers() { grep -qx "language = $1" "$state"; }
forgets() { ! grep -q '^language' "$state"; }

start_display
start_paused --samples 100
look "$work/english.png"
click language
wait_for "the menu of languages" has_widget language-menu
click language-zh_CN
point 640 5
wait_for "other words" other_words "$work/english.png"
look "$work/chinese.png"
wait_for "the choice to be written" remembers zh_CN
stop_app

start_paused --samples 100
like "$work/chinese.png"
stop_app
start_paused --samples 100 --language en
like "$work/english.png"
stop_app
remembers zh_CN || fail "--language was remembered"

start_paused --samples 100
click language
wait_for "the menu of languages" has_widget language-menu
press Home Return
point 640 5
like "$work/english.png"
wait_for "the choice to be forgotten" forgets
stop_app
export LC_ALL=zh_CN.UTF-8
start_paused --samples 100
like "$work/chinese.png"
stop_app
