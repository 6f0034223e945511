# A sweep without a window: the same bytes from any number of threads and from shards, the figures of single runs.
. "$(dirname "$0")/lib.sh"
cd "$here" || exit 1
unset DISPLAY

grid=(--samples 400 --sweep "seeds=1..4,growing-factor=1.1:1.5:0.1,hidden=|4,4")

run 0 0 "${grid[@]}" --trace whole.csv
equal "rows" 41 "$(wc -l <whole.csv)"
equal "header" "run,seed,growing-factor,hidden,epochs,threshold,easy,share_easy,mean_loss,accuracy" \
    "$(head -n 1 whole.csv | cut -d, -f1-10)"
equal "lines of the summary" 11 "$(wc -l <"$work/stdout")"
cp "$work/stdout" "$work/summary"
run 0 0 "${grid[@]}" --threads 1 --trace one.csv
cmp whole.csv one.csv || fail "one thread makes other rows"
cmp "$work/summary" "$work/stdout" || fail "one thread makes another summary"
for part in 1 2 3; do
    run 0 0 "${grid[@]}" --shard $part/3 --trace part$part.csv
done
cat part[123].csv | cmp - whole.csv || fail "the parts are not the whole"

# Row 23: seed 3, factor 1.2, two layers, whose commas are quoted.
run 0 0 --samples 400 --seed 3 --growing-factor 1.2 --hidden 4,4 --trace single.csv
equal "row 23 and its single run" \
    "$(tail -n 1 single.csv | awk -F, '{ print "23,3,1.2,\"4,4\"," $1 "," $2 "," $3 "," $3 / 400 "," $6 "," $7 }')" \
    "$(sed -n 25p whole.csv | cut -d, -f1-11)"

# Points from a file.
run 0 0 --samples 400 --seed 7 --points points.csv
run 0 0 points.csv --sweep "seeds=1..2,flip=0|0.1" --trace file.csv
run 0 0 points.csv --seed 2 --flip 0.1 --trace file-single.csv
equal "accuracy of points from a file" "$(tail -n 1 file-single.csv | cut -d, -f7)" "$(tail -n 1 file.csv | cut -d, -f9)"

# Refused, told in a line; nothing is left behind.
kept=$(files) sum=$(cksum <whole.csv)
run 1 1 "${grid[@]}" --trace whole.csv
equal "the file after a refusal" "$sum" "$(cksum <whole.csv)"
run 1 1 "${grid[@]}" --trace no/such/folder/rows.csv
run 1 1 "${grid[@]}" --trace /dev/full
run 2 1 --sweep "regularizer=hard|log,threshold=0.5|2" --trace nonsense.csv
grep -q 'regularizer=log: threshold=2: ' "$work/stderr" || fail "the combination is not named: $(<"$work/stderr")"
run 2 1 --shard 1/2
run 2 1 "${grid[@]}" --gif plot.gif
code=0
timeout --preserve-status -s INT 1 "$EASYFIRST_BINARY" --headless --sweep seeds=1..100000 --trace long.csv \
    >"$work/stdout" 2>"$work/stderr" </dev/null || code=$?
equal "exit code of an interrupted sweep" 130 "$code"
equal "what an interrupted sweep says" "" "$(cat "$work/stdout" "$work/stderr")"
test -s long.csv.sweep || fail "an interrupted sweep does not leave its rows"
rm long.csv.sweep
equal "files after all this" "$kept" "$(files)"
run 0 0 "${grid[@]}" --force --trace whole.csv
equal "the file written again" "$sum" "$(cksum <whole.csv)"
