# The reader of README.md, as it stands there, gives the losses that the program writes: of each kind of model, and of
# labels and columns that JSON has to escape.
set -u
here=$(mktemp -d /tmp/easyfirst-model-XXXXXX) || exit 1
trap 'rm -rf "$here"' EXIT
readme=$(dirname "$0")/../README.md
export XDG_CONFIG_HOME=$here XDG_STATE_HOME=$here
/usr/bin/python3 -c 'import numpy' || {
    echo "python3-numpy is missing" >&2
    exit 1
}
sed -n '/^## The model in other programs/,/^## /{/^```python/,/^```$/{/^```/d;p}}' "$readme" >"$here/reader.py"
lines=$(wc -l <"$here/reader.py")
[ "$lines" -ge 10 ] && [ "$lines" -le 24 ] && [ "$(grep -c . "$here/reader.py")" -le 20 ] || {
    echo "README.md's reader has $lines lines" >&2
    exit 1
}

# Points in 32 classes with labels of all kinds, and columns far from 0.
/usr/bin/python3 - "$here" <<'MAKE'
import csv, random, sys
random.seed(3)
labels = ['say "so"', "back\\slash", "a,b", "two\nlines", "tab\there", "Zoë", "点", "😀", "bell\x07", "del\x7f"]
labels += ["class %d" % k for k in range(22)]
with open(sys.argv[1] + "/labels.csv", "w", newline="", encoding="utf-8") as f:
    rows = csv.writer(f)
    rows.writerow(["left \"of\" it", "höhe \\ m", "label"])
    for i in range(640):
        k = i % 32
        rows.writerow(["%.3f" % random.gauss(k % 6, 0.2), "%.3f" % random.gauss(k // 6, 0.2), labels[k]])
with open(sys.argv[1] + "/seconds.csv", "w", newline="") as f:
    rows = csv.writer(f)
    rows.writerow(["time", "value", "label"])
    for i in range(200):
        rows.writerow([1700000000 + random.randrange(5000) + 5000 * (i % 2), random.gauss(i % 2, 1), "ab"[i % 2]])
with open(sys.argv[1] + "/latin1.csv", "wb") as f:
    f.write(b"x,y,label\n" + b"".join(b"%d,%d,%s\n" % (i % 7, i % 2, (b"caf\xe9", b"th\xe9")[i % 2]) for i in range(20)))
MAKE

cat >"$here/check.py" <<'CHECK'
import csv, sys
sys.path.insert(0, sys.argv[1])
from reader import *
model = read_model(sys.argv[2])
with open(sys.argv[3], newline="", encoding="utf-8") as file:
    rows = list(csv.DictReader(file))
names = [i["name"] for i in model["inputs"]]
points = [[float(row[name]) for name in names] for row in rows]
label = [model["classes"].index(row["label"]) for row in rows]
loss = np.array([float(row["loss"]) for row in rows])
p = probabilities(model, points)[range(len(rows)), label]
assert len(rows) > 0 and abs(p - np.exp(-loss)).max() < 1e-6, abs(p - np.exp(-loss)).max()
worst = (abs(-np.log(p) - loss) / (1 + loss)).max()
assert worst < 1e-6, worst
with np.errstate(all="raise", under="ignore"): # scores beyond what exp can hold
    center = np.array([[i["origin"] + i["mean"] for i in model["inputs"]]])
    far = {**model, "layers": [{**l, "weights": np.array(l["weights"]) * 1e5} for l in model["layers"]]}
    p = probabilities(far, center + [[5.0, 3.0], [-7.0, 2.0]])
    assert abs(scores(far, center + [[5.0, 3.0]])).max() > 1000 and abs(p.sum(axis=1) - 1).max() < 1e-12, p
sizes = [2] + [len(layer["biases"]) for layer in model["layers"]]
assert sizes[-1] == len(model["classes"])
for layer, inputs in zip(model["layers"], sizes):
    assert all(len(row) == inputs for row in layer["weights"])
if len(sys.argv) > 4: # the last row of --parameters, to the last bit
    last = open(sys.argv[4]).read().splitlines()[-1].split(",")
    flat = [w for layer in model["layers"] for row in layer["weights"] + [layer["biases"]] for w in row]
    assert int(last[0]) == model["epoch"]
    assert np.array_equal(np.array(flat, np.float32), np.array(last[1:], np.float32))
if model["program"] != sys.argv[5]:
    sys.exit("program: " + model["program"])
print(model["command"])
CHECK

version=$("$EASYFIRST_BINARY" --version | head -n 1)
cd "$here" || exit 1
failed=0
check() {
    local command
    rm -f ./*.out
    "$EASYFIRST_BINARY" --headless "$@" --model model.out --points points.out --parameters parameters.out 2>said.out &&
        command=$(/usr/bin/python3 check.py . model.out points.out parameters.out "$version") || {
        cat said.out >&2
        echo "failed: $*" >&2
        failed=1
        return
    }
    # the command in it gives the same model
    eval "\"\$EASYFIRST_BINARY\" --headless --model again.out ${command#easyfirst}" 2>/dev/null
    cmp -s model.out again.out || {
        echo "another model by: $command" >&2
        failed=1
    }
}
check --samples 200 --epochs 3
check --samples 300 --epochs 20 --hidden 16,16 --learning-rate 0.01 --dataset moons
check --samples 300 --epochs 5 --hidden 8,4 --activation relu --test 0.2 --clean 10
check --samples 300 --epochs 5 --hidden 6 --standardize on --centroids 900,-70,950,-72,1000,-71
check --epochs 30 --hidden 16 --standardize on --learning-rate 0.01 labels.csv
check --epochs 5 --hidden 4 seconds.csv
check --epochs 5 --standardize on seconds.csv
check --epochs 2 --encoding LATIN1 latin1.csv
check --samples 100 --epochs 2 --compare plain
grep -qx 'easyfirst: model.out: the first run.s model' said.out || {
    echo "of compared runs it is not said which" >&2
    failed=1
}
# of what is replayed
"$EASYFIRST_BINARY" --headless --lesson collapse --model lesson.out 2>/dev/null &&
    command=$(/usr/bin/python3 -c 'import json; print(json.load(open("lesson.out"))["command"])') &&
    eval "\"\$EASYFIRST_BINARY\" --headless --model lesson2.out ${command#easyfirst}" 2>/dev/null &&
    cmp lesson.out lesson2.out >&2 || {
    echo "of a lesson: $command" >&2
    failed=1
}
# a path whose bytes are no UTF-8 leaves valid JSON
name=$(printf 'po\xffint "s".csv')
cp seconds.csv "$name" && "$EASYFIRST_BINARY" --headless --epochs 1 --model model.out --force "$name" 2>/dev/null &&
    /usr/bin/python3 -c 'import json; json.load(open("model.out", encoding="utf-8"))' || {
    echo "broken bytes in a path" >&2
    failed=1
}
exit $failed
