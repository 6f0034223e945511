# Light or dark as the desktop's settings have it (a stand-in for its portal): from the first picture on, and as it is
# changed; --theme and the button go before it, and the button comes back to it.
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/bus.sh"
: "${STAND_IN_SETTINGS:?path of stand_in_settings}"
state="$XDG_STATE_HOME/easyfirst/state.ini"
forget() {
    printf '[window]\ntour = seen\n' >"$state"
}
is_dark() {
    see "$work/now.png" && [ "$(mean_gray "$work/now.png")" -lt 45 ]
}
is_light() {
    see "$work/now.png" && [ "$(mean_gray "$work/now.png")" -gt 75 ]
}
stays_dark() { # for longer than it takes to hear of a change
    sleep 1
    is_dark || fail "the dark theme did not last"
}
remembers() {
    grep -qx "$1" "$state"
}
end_settings() {
    kill "$settings_pid"
    wait "$settings_pid" 2>/dev/null
}
start_display
start_bus
start_settings color-scheme=1

start_paused --samples 100
wait_for "the dark theme" is_dark
wait_for "what is remembered" remembers "desktop_theme = dark"
change_setting color-scheme=2
wait_for "the light theme" is_light
change_setting color-scheme=1
wait_for "the dark theme again" is_dark
change_setting color-scheme=0
wait_for "the light theme, as there is no preference" is_light

# the button: the other one, the desktop's own, and as the desktop again
click theme
wait_for "the dark theme by hand" is_dark
wait_for "what is remembered" remembers "theme = dark"
change_setting color-scheme=2
change_setting color-scheme=1
change_setting color-scheme=2
stays_dark
click theme
wait_for "the light theme by hand" is_light
wait_for "what is remembered" remembers "theme = light"
click theme
wait_for "what is remembered" remembers "theme = auto"
change_setting color-scheme=1
wait_for "the dark theme of the desktop" is_dark
stop_app

# --theme goes before it, and is for this time
start_paused --samples 100 --theme light
is_light || fail "not light although it was told"
press ctrl+plus # which is to be remembered, and only that
wait_for "the scale to be remembered" remembers "zoom = 1.1.*"
stop_app
remembers "theme = auto" || fail "--theme was remembered: $(<"$state")"
start_paused --samples 100
is_dark || fail "not dark although it is to be as the desktop"
stop_app

# a portal that does not answer: what it said last
end_settings
start_settings silent
forget
printf 'desktop_theme = dark\n' >>"$state"
start_paused --samples 100
is_dark || fail "not as the desktop was when it was last heard"
stop_app

# one that comes later, and one that goes
end_settings
forget
start_paused --samples 100
is_light || fail "not light without a portal"
start_settings color-scheme=1
wait_for "the dark theme of a portal that has come" is_dark
end_settings
stays_dark
stop_app
