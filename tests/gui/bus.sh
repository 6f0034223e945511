# Sourced after lib.sh: a session's bus of the journey's own.

start_bus() { # with nothing on it, whatever the machine has
    printf '%s\n' '<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><policy context="default">' \
        '<allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>' \
        >"$work/bus.conf"
    setpriv --pdeathsig TERM dbus-daemon --config-file="$work/bus.conf" --nofork --print-address=3 \
        3>"$work/address" >"$work/bus.log" 2>&1 &
    others+=($!)
    wait_for "the bus" test -s "$work/address"
    DBUS_SESSION_BUS_ADDRESS=$(<"$work/address")
    export DBUS_SESSION_BUS_ADDRESS
}

# start_settings KEY=VALUE...: a desktop with these settings (stand_in_settings.c); change_setting KEY=VALUE.
start_settings() {
    [ -p "$work/settings" ] || mkfifo "$work/settings"
    : >"$work/settings.log"
    setpriv --pdeathsig TERM "$STAND_IN_SETTINGS" "$@" <>"$work/settings" >"$work/settings.log" 2>&1 &
    settings_pid=$!
    others+=("$settings_pid")
    wait_for "the desktop's settings" grep -q ready "$work/settings.log"
}
change_setting() {
    printf '%s\n' "$1" >"$work/settings"
}
