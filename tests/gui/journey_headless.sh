# The GIF and the other outputs without a window: whole, refused twice, honest where they can't be written.
. "$(dirname "$0")/lib.sh"
cd "$here" || exit 1
unset DISPLAY

run 0 0 --gif plot.gif
equal "frames, by ImageMagick" 10 "$(identify -regard-warnings plot.gif | wc -l)"
equal "sizes of the canvas" 640x480 "$(identify -format '%Wx%H\n' plot.gif | sort -u)"
gifsicle --info plot.gif >"$work/gifsicle" 2>&1 || fail "gifsicle can't read the GIF"
grep -q ' 10 images' "$work/gifsicle" || fail "not ten images by gifsicle: $(head -n 1 "$work/gifsicle")"
grep -q 'logical screen 640x480' "$work/gifsicle" || fail "gifsicle sees another size"
grep -q 'loop forever' "$work/gifsicle" || fail "the GIF does not loop for ever"
! grep -qi 'warning\|error' "$work/gifsicle" || fail "gifsicle warns: $(grep -i 'warning\|error' "$work/gifsicle")"
# Both decoders show the same pictures, and a later frame shows fewer hard marks than the first.
convert plot.gif -coalesce "$work/magick-%d.png"
gifsicle --unoptimize plot.gif 2>/dev/null | convert gif:- "$work/gifsicle-%d.png"
for frame in 0 5 9; do
    equal "pixels that differ between the decoders in frame $frame" 0 \
        "$(differing "$work/magick-$frame.png" "$work/gifsicle-$frame.png")"
done
first=$(pixels "$work/magick-0.png" "$HARD_EDGE" 1) last=$(pixels "$work/magick-9.png" "$HARD_EDGE" 1)
[ "$last" -lt $((first / 2)) ] || fail "hard marks: $first pixels in the first frame, $last in the last"

sum=$(cksum <plot.gif)
run 1 1 --gif plot.gif
grep -q 'plot\.gif' "$work/stderr" || fail "the refusal does not name the file"
equal "the file after a refusal" "$sum" "$(cksum <plot.gif)"
run 0 0 --gif plot.gif --force
equal "the same run's GIF" "$sum" "$(cksum <plot.gif)"
equal "files after all this" ./plot.gif "$(files)"

run 1 1 --gif /dev/full --force
run 1 1 --trace /dev/full --force
run 1 1 --gif no/such/folder/plot.gif
equal "files after what failed" ./plot.gif "$(files)"
run 2 1 --growing-factor abc
run 2 1 --no-such-option

# Some of the epochs, and other times; a GIF counts in 10 ms. A run that ends early has its frames spread over what there
# is of it.
delays() { # FILE: of its frames, in hundredths of a second
    gifsicle --info "$1" | sed -n 's/.*delay \([0-9.]*\)s.*/\1/p' | paste -sd ' '
}
small=(--samples 300 --image-size 160x120 --force)
run 0 1 "${small[@]}" --epochs 25 --gif some.gif --every 10 --frame-ms 37 --last-ms 1000
equal "what is rounded" "easyfirst: --frame-ms: a GIF counts in 10 ms, so its frame is shown for 40 ms" "$(<"$work/stderr")"
equal "delays of each tenth" "0.04 0.04 0.04 1.00" "$(delays some.gif)"
run 0 0 "${small[@]}" --epochs 25 --gif some.gif --frames 3
equal "delays of three" "0.60 0.60 2.50" "$(delays some.gif)"
run 0 0 "${small[@]}" --epochs 400 --until-hard 20 --gif some.gif --frames 6 --trace short.csv
[ "$(wc -l <short.csv)" -lt 100 ] || fail "the run did not end early"
equal "delays of a run that ends early" "0.60 0.60 0.60 0.60 0.60 2.50" "$(delays some.gif)"
rm some.gif short.csv

# Standard output: the same bytes as a file's, and no picture for a terminal.
run 0 0 "${small[@]}" --epochs 2 --png a.png --gif a.gif --weights a.csv
for kind in png gif; do
    run 0 0 "${small[@]}" --epochs 2 "--$kind" -
    cmp "$work/stdout" "a.$kind" || fail "another $kind on standard output"
done
run 0 0 "${small[@]}" --epochs 2 --weights -
cmp "$work/stdout" a.csv || fail "other weights on standard output"
# Sent on to a file that is there it is no file to be refused.
for output in gif mp4 webm png svg pdf html points weights trace parameters model; do
    touch a.out
    "$EASYFIRST_BINARY" --headless --samples 100 --epochs 1 --image-size 160x120 --$output - >a.out 2>"$work/stderr" ||
        fail "--$output - > FILE: $(<"$work/stderr")"
    [ -s a.out ] || fail "--$output - > FILE leaves nothing"
done
rm a.png a.gif a.csv a.out

# What would be refused at the end is refused at the beginning; what fails at the end keeps nothing else from its place.
touch a.json
run 1 1 "${small[@]:0:4}" --epochs 1 --png a.png --model a.json
equal "the refusal" "easyfirst: a.json: exists already (--force replaces it)" "$(<"$work/stderr")"
equal "files after a refusal" "./a.json ./plot.gif" "$(files)"
run 1 2 "${small[@]}" --epochs 1 --png no/a.png --svg /dev/full --html a.html --model a.json --trace a.csv
grep -q 'no/a.png: No such file' "$work/stderr" || fail "the first failure: $(<"$work/stderr")"
equal "files after failures" "./a.csv ./a.html ./a.json ./plot.gif" "$(files)"
rm a.csv a.html a.json
code=0
script -qec "'$EASYFIRST_BINARY' --headless --gif -" /dev/null >"$work/stdout" </dev/null || code=$?
equal "exit code with a terminal" 2 "$code"
equal "what the terminal gets" "easyfirst: --gif: standard output is a terminal; send it on, as in --gif - > FILE" \
    "$(tr -d '\r' <"$work/stdout")"
equal "files after all this" ./plot.gif "$(files)"

run 0 0 --epochs 3 --png p.png --points p.csv --weights w.csv --trace t.csv --parameters m.csv --image-size 320x240
equal "the PNG" "PNG 320x240" "$(identify -regard-warnings -format '%m %wx%h' p.png)"
equal "header of --points" x,y,label,loss,v,admitted "$(head -n 1 p.csv)"
equal "header of --trace" epoch,threshold,easy,weight_sum,mean_batch_loss,mean_loss,accuracy "$(head -n 1 t.csv)"
equal "easy samples" "733 5005 5077" "$(awk -F, 'NR > 1 { print $3 }' t.csv | paste -sd ' ')"
equal "epochs of --trace" "epoch 1 2 3" "$(cut -d , -f 1 t.csv | paste -sd ' ')"
equal "epochs of --parameters" "epoch 0 1 2 3" "$(cut -d , -f 1 m.csv | paste -sd ' ')"
equal "header of --weights" epoch1,epoch2,epoch3 "$(head -n 1 w.csv)"
equal "epochs of admission" "1 2 3" "$(awk -F, 'NR > 1 && $6 != "" { print $6 }' p.csv | sort -nu | paste -sd ' ')"
equal "rows" "10001 4 5" "$(wc -l <p.csv) $(wc -l <t.csv) $(wc -l <m.csv)"

run 1 1 --samples 200 --optimizer sgd --learning-rate 1000 --weight-decay 1000 --order all --threshold 1e9
grep -q "diverged in epoch 1:" "$work/stderr" || fail "the epoch of the divergence: $(<"$work/stderr")"

# A reader that goes away is a failure to write, told in at most one line; no signal, no half-written file.
code=$("$EASYFIRST_BINARY" --headless --points /dev/stdout --force 2>"$work/stderr" </dev/null | head -n 1 >/dev/null
    echo "${PIPESTATUS[0]}")
equal "exit code at a closed pipe" 1 "$code"
[ "$(wc -l <"$work/stderr")" -eq 1 ] || fail "not one line at a closed pipe"

run 0 0 --preset anomalies --suspects 5
grep -q '\b4477\b' "$work/stdout" || fail "the flipped point 4477 is not among the suspects: $(<"$work/stdout")"

# Points of one's own, with labels that are words, in a form that spreadsheets like.
printf '\xef\xbb\xbfname;lon;lat;kind\r\na;1,5;2;dog\r\nb;-1;n/a;cat\r\nc;-3;-4,25;"big; cat"\r\n' >own.csv
run 1 1 own.csv --columns lon,lat,kind
equal "the bad cell" "easyfirst: own.csv:3: column lat: missing: 'n/a'; --skip-bad leaves such rows out" "$(<"$work/stderr")"
run 0 1 own.csv --columns lon,lat,kind --skip-bad --epochs 1 --points own-out.csv
equal "what is skipped" "easyfirst: own.csv: 1 of 3 rows skipped" "$(<"$work/stderr")"
equal "labels" 'label dog "big; cat"' "$(cut -d , -f 3 own-out.csv | paste -sd ' ')"
run 2 1 --skip-bad
