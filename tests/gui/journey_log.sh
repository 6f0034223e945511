# --record keeps what is done in the window, --replay does it again: the same trace, points and parameters, also after a
# kill, and in a window that is recorded itself.
. "$(dirname "$0")/lib.sh"
: "${READ_CLIPBOARD:?path of read_clipboard}"
start_display
cd "$here" || exit 1

copied() {
    "$READ_CLIPBOARD" 2>/dev/null | grep -qF -- "$1"
}
sealed() { # as many lines with a checksum as there were, and more
    [ "$(grep -c ' sum ' a.log)" -gt "$1" ]
}

start_app --samples 3000 --seed 5 --threshold 0.4 --record a.log
wait_for "two epochs" later_than 1
drag threshold-line 50 150
drag threshold-line 50 20
press h
wait_for "another epoch" later_than 3
press b
widget plot
xdotool mousemove --window "$window" $((wx + ww / 2)) $((wy + wh / 2)) sleep 0.06 mousedown 1 sleep 0.06
for step in 1 2 3 4 5; do
    point $((wx + ww / 2 + 20 * step)) $((wy + wh / 2 + 10 * step))
    sleep 0.03
done
xdotool mouseup 1
clicked
press ctrl+z ctrl+shift+z
press shift+Left
press shift+Left
click go-on
press space
wait_for "more epochs" later_than 4
press space
reveal section-export
click section-export
reveal export-copy
click export-copy
wait_for "a command that replays the log" copied "easyfirst --replay='$here/a.log'  # "
stop_app
grep -q '^+' a.log || fail "no drag in the log: $(cat a.log)"
grep -q ' add class ' a.log || fail "no painted points in the log: $(cat a.log)"
grep -q ' undo$' a.log || fail "no undo in the log"
cp "$trace" seen.csv

run 0 0 --replay a.log --trace t.csv --parameters m.csv --points p.csv
cmp seen.csv t.csv || fail "the replay's trace is not what was seen"
run 0 0 --replay a.log --gif a.gif --png a.png --weights w.csv --image-size 160x120
"$EASYFIRST_BINARY" --headless --replay a.log --suspects 3 >"$work/stdout" 2>/dev/null || fail "no suspects of a replay"
equal "a suspect a line" 4 "$(wc -l <"$work/stdout")"

# in a window, with all that a person may do meanwhile; recorded, it comes to the same once more
start_app --replay a.log --record b.log
press f
press plus
wait_for "the end of the replay" grep -q "^$(tail -n 1 a.log | cut -d ' ' -f 1-4) check " b.log
cmp seen.csv "$trace" || fail "the replay in a window is not what was seen"
stop_app
run 0 0 --replay b.log --trace t2.csv --parameters m2.csv --points p2.csv
cmp m.csv m2.csv || fail "the replay's replay has other parameters"
cmp p.csv p2.csv || fail "the replay's replay has other points"

# a kill leaves what was done until a few seconds before
start_app --samples 3000 --record a.log --force
wait_for "two epochs" later_than 1
code=0
"$EASYFIRST_BINARY" --record a.log --force >/dev/null 2>"$work/stderr" || code=$?
equal "exit code of a log that is being written" 1 "$code"
equal "a log that is being written" "easyfirst: --record: a.log is being written by another window" "$(<"$work/stderr")"
drag threshold-line 50 120
before=$(grep -c ' sum ' a.log)
wait_for "the log to be written" sealed "$((before + 1))"
kill -KILL "$app_pid"
wait "$app_pid" 2>/dev/null
app_pid=
run 0 1 --replay a.log --trace t.csv --force
grep -q "the program was ended in mid-run, or the file was cut; what was done until epoch" "$work/stderr" || fail "the kill is not said"
grep -q threshold a.log || fail "the drag is lost"

# without hands it is the run that the command line gives, in every file
start_paused --samples 2000 --seed 9 --compare plain --record c.log
stop_app
outputs=(g.gif p.png p.csv w.csv t.csv m.csv)
named() { # named FOLDER
    mkdir "$1"
    printf '%s\n' --gif "$1/g.gif" --png "$1/p.png" --points "$1/p.csv" --weights "$1/w.csv" --trace "$1/t.csv" \
        --parameters "$1/m.csv" --image-size 320x240
}
mapfile -t one < <(named one)
mapfile -t two < <(named two)
run 0 0 --replay c.log "${one[@]}"
run 0 0 --samples 2000 --seed 9 --compare plain --epochs 1 "${two[@]}"
for file in "${outputs[@]}"; do
    cmp "one/$file" "two/$file" || fail "$file of a replay without hands is not the run's"
done

# what makes no sense, and what is wrong
run 2 1 --replay a.log --seed 3
equal "a setting" "easyfirst: --seed: stands in the log, so it excludes --replay" "$(<"$work/stderr")"
run 2 1 --record c.log
equal "a record without a window" "easyfirst: --record: is for the window, so it excludes --headless" "$(<"$work/stderr")"
sed 's/^epoch 0 batch 0 check ./epoch 0 batch 0 check x/' b.log >d.log
run 1 1 --replay d.log
sed '$s/end ./end 0/' b.log | sed '$s/sum .*/sum 00000000/' >d.log
run 1 1 --replay d.log --trace t.csv --force
grep -q "^easyfirst: d.log:$(wc -l <d.log): damaged: .*; what was done .* can be opened with --skip-bad" "$work/stderr" || fail "the damage is not said"
run 0 1 --replay d.log --trace t.csv --force --skip-bad
sed 's/log 1/log 2/' b.log >d.log
run 2 1 --replay d.log
equal "a newer log" "easyfirst: d.log:1: a log of version 2, and this easyfirst reads version 1; a newer one reads it" \
    "$(<"$work/stderr")"
code=0
"$EASYFIRST_BINARY" --record b.log >/dev/null 2>"$work/stderr" || code=$?
equal "exit code of an old log" 1 "$code"
equal "an old log" "easyfirst: --record: b.log: exists already (--force replaces it)" "$(<"$work/stderr")"
