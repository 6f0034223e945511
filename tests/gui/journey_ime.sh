# Chinese by an input method (fcitx, pinyin): what is composed stands in the field, underlined, with the method's list below
# it; what is chosen is typed; and where no field is edited letters are shortcuts, with the method switched on.
. "$(dirname "$0")/lib.sh"
export XDG_RUNTIME_DIR="$work/runtime" XDG_DATA_HOME="$work/home/data" XDG_CACHE_HOME="$work/home/cache"
mkdir -m 700 "$XDG_RUNTIME_DIR"
mkdir -p "$XDG_CONFIG_HOME/fcitx5"
cat >"$XDG_CONFIG_HOME/fcitx5/profile" <<'END'
[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=pinyin
Layout=

[GroupOrder]
0=Default
END
start_display
read -r DBUS_SESSION_BUS_ADDRESS bus_pid < <(setpriv --pdeathsig TERM dbus-daemon --session --fork --print-address=1 --print-pid=1 | paste - -)
export DBUS_SESSION_BUS_ADDRESS SDL_IM_MODULE=fcitx XMODIFIERS=@im=fcitx
setpriv --pdeathsig TERM fcitx5 --disable=wayland,cloudpinyin,notifications >"$work/fcitx" 2>&1 &
has_method() {
    dbus-send --session --print-reply --dest=org.fcitx.Fcitx5 /controller org.fcitx.Fcitx.Controller1.CurrentInputMethod \
        >"$work/method" 2>/dev/null
}
wait_for "fcitx" has_method

start_app --samples 400 --epochs 6 --window-size 1280x720 --record "$work/run.log"
wait_epoch 6
point 640 5
press n
wait_for "the sheet, by a shortcut" has_widget note-text
type_text nihao
wait_for "what is composed" has_widget composed
widget composed
composed=$wy
widget note-text
[ "$composed" -gt "$wy" ] && [ "$composed" -lt $((wy + wh)) ] || fail "what is composed stands at $composed, the field at $wy"
press space
wait_for "the words to be typed" lacks_widget composed
type_text zi
wait_for "what is composed" has_widget composed
press Escape # takes back what is composed, not the sheet
wait_for "nothing composed" lacks_widget composed
has_widget note-text || fail "the sheet was closed by a key of the input method"
press Return
wait_for "the note" has_widget notes-1-of-1
wait_for "its words" grep -q ' note [0-9]* 你好$' "$work/run.log"
stop_app
kill "$bus_pid"
