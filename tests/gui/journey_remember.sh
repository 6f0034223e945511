# Size and theme are there again at the next start; a broken file is put aside with one line.
. "$(dirname "$0")/lib.sh"
start_display
start_paused
state="$XDG_STATE_HOME/easyfirst/state.ini"
xdotool windowsize "$window" 1000 640
laid_out() { widget theme && [ $((wx + ww)) -lt 1000 ]; }
wait_for "the new size's layout" laid_out
click theme
saved() { grep -q 'width = 1000' "$state" 2>/dev/null && grep -q 'theme = dark' "$state"; }
wait_for "size and theme to be written" saved
stop_app
start_paused
equal "the window's size" 1000x640 "$(window_size)"
see "$work/dark.png"
[ "$(mean_gray "$work/dark.png")" -lt 35 ] || fail "the theme was not remembered"
stop_app

printf 'width\n' >"$state"
start_app --epochs 1
wait_for "the broken file to be put aside" test -f "$state.bad"
equal "lines of warning" 1 "$(wc -l <"$work/stderr")"
: >"$work/stderr"
equal "the window's size" 1280x720 "$(window_size)"
stop_app
