# By ear: what a speech-dispatcher of the journey's own, with its dummy module, is given to say: focus, values, points,
# fields, messages, where the run stands, epochs. It dies, and speech goes on; there is none, and the program goes on.
. "$(dirname "$0")/lib.sh"

export XDG_RUNTIME_DIR="$work/run"
speechd="$XDG_RUNTIME_DIR/speech-dispatcher"
log="$work/speech-dispatcher.log"
mkdir -m 700 "$XDG_RUNTIME_DIR"
mkdir -p "$XDG_CONFIG_HOME/speech-dispatcher"
printf 'pcm.!default { type null }\nctl.!default { type null }\n' >"$HOME/.asoundrc"

configure() { # LINE: a further one
    cat >"$XDG_CONFIG_HOME/speech-dispatcher/speechd.conf" <<END
LogLevel 5
LogDir "$work"
DefaultLanguage en
AudioOutputMethod alsa
AddModule "dummy" "sd_dummy" ""
DefaultModule dummy
Timeout 1
$1
END
}

kill_speechd() { # SIGNAL
    [ -s "$speechd/pid/speech-dispatcher.pid" ] && kill "-$1" "$(<"$speechd/pid/speech-dispatcher.pid")" 2>/dev/null
}
speechd_ends() {
    ! kill_speechd 0
}
trap 'kill_speechd KILL; cleanup 2>/dev/null' EXIT

# All that it was given so far, a line each: speech-dispatcher's level (1 important, 2 message, 3 text, 5 progress), words.
said() {
    sed -n 's/.*Queueing message |\(.*\)| with priority \([0-9]\)$/\2 \1/p' "$log" 2>/dev/null
}
heard() { # PATTERN
    said | grep -qE -- "$1"
}
hear() { # PATTERN, extended regular expression
    wait_for "'$1' to be said" heard "$1"
}
count() { # PATTERN
    said | grep -cE -- "$1"
}
heard_more() { # PATTERN COUNT
    [ "$(count "$1")" -gt "$2" ]
}
tab_to_words() { # PATTERN: presses Tab until that is said
    local turns=0 before all
    before=$(count "$1")
    until heard_more "$1" "$before"; do
        [ $((turns += 1)) -le 80 ] || fail "Tab does not lead to where '$1' is said"
        all=$(count '^3 ')
        press Tab
        wait_for "what Tab comes to" heard_more '^3 ' "$all"
    done
}

configure ""
start_display
start_paused --speak --dataset blobs --samples 60 --batch 4 --threshold 1
point 640 5
hear '^2 Speech is on\. '
grep -q 'SET SELF LANGUAGE en' "$log" || fail "no language was set"

# focus, help and values
tab_to_words '^3 File, button$'
tab_to_words '^3 Play on, button$|^3 Play, button$'
tab_to_words '^3 Batch, button$'
hear '^3 Train one batch of points' # its help, after a pause
tab_to_words '^3 Speed, slider, .* epoch'
before=$(count '^3 .*epochs?/s$')
press Right
wait_for "the new speed to be said" heard_more '^3 [0-9.]+ epochs?/s$' 0
tab_to_words '^3 Colours, list, class and v, 1 of '
press Down Down
hear '^3 .*, 2 of '
press Escape

# where the run stands, whatever has the keys
press alt+s
hear '^3 Epoch 1 of 1\. .*lambda is .* percent of the points are easy\. Accuracy .*class 0: mean loss '

# the points of the plot
tab_to_words '^3 Points, plot, '
press Right
hear '^3 point [0-9]+, (easy|hard), class [01], loss '
before=$(count '^3 point ')
press Next
wait_for "the next point" heard_more '^3 point ' "$before"

# a field: its name, signs as they are typed, what is wrong with them
click growing-factor-value
hear '^3 Growing factor, field, 1\.35$'
press 7
wait_for "the sign that is typed" grep -q 'CHAR 7' "$log"
press x Return
hear '^2 .*7x'
press Return
press Escape

stop_app

# While it plays as fast as it can, no more is said than can be heard: most epochs go by without a word.
on=$(count '^2 Speech is on\. ')
epochs=$(count '^5 Epoch ')
start_app --speak --dataset blobs --samples 200 --threshold 1 --epochs 100000
wait_for "speech to be on again" heard_more '^2 Speech is on\. ' "$on"
click speed 99
wait_for "many epochs" later_than 1000
wait_for "an epoch to be said" heard_more '^5 Epoch ' "$epochs"
[ $((($(count '^5 Epoch ') - epochs) * 20)) -le "$(trace_last epoch)" ] || fail "more of 20 epochs than one is said"

# it dies, and is there again with the next thing that is to be said
kill_speechd KILL
rm -f "$log"
press Tab
sleep 0.3
press Tab
hear ', button$'
stop_app
kill_speechd TERM # which a service that the program has started hears
wait_for "the service to end" speechd_ends

# there is none: a line, and all goes on
configure "DisableAutoSpawn"
kill_speechd KILL
rm -f "$speechd/speechd.sock"
# libspeechd forgets what it has to say of that: whole stacks, by which the leak checker knows it (lsan.supp)
export ASAN_OPTIONS="${ASAN_OPTIONS-}:fast_unwind_on_malloc=0"
start_app --speak --dataset blobs --samples 60 --epochs 2
wait_for "the line that says so" grep -q 'Debian: speech-dispatcher' "$work/stderr"
wait_epoch 2
press Tab
equal "lines on stderr" 1 "$(wc -l <"$work/stderr")"
: >"$work/stderr"
stop_app
