# What was changed in the second before the end is there again: by Q, by the close button, by SIGTERM.
. "$(dirname "$0")/lib.sh"
start_display
state="$XDG_STATE_HOME/easyfirst/state.ini"
theme_is() { grep -q "theme = $1" "$state" 2>/dev/null; }

start_paused
widget theme
point $((wx + ww / 2)) $((wy + wh / 2))
xdotool sleep 0.1 mousedown 1 sleep 0.05 mouseup 1 sleep 0.05 key q # at once: nothing has been written yet
expect_end
theme_is dark || fail "the theme changed just before Q was lost: $(cat "$state" 2>/dev/null)"

start_paused
clicked
click theme
kill -TERM "$app_pid"
expect_end
theme_is light || fail "the theme changed just before SIGTERM was lost: $(cat "$state")"

start_paused
press ctrl+plus
xdotool key q
expect_end
grep -q 'scale = 1.1' "$state" || fail "the scale changed just before Q was lost: $(cat "$state")"
