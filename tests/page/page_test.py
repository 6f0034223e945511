#!/usr/bin/python3
"""Pages of --html in Chromium: page_test.py EASYFIRST. What a page shows is held against --trace, --points,
--parameters and --png of the same run; losses and weights are worked out here once more."""
import base64
import csv
import math
import os
import re
import struct
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from browser import Browser  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1])
HOSTILE = "</script><script>window.pwned=1</script><img src=x onerror=window.pwned=1>"
failures = []


def check(right, what):
    if not right:
        failures.append(what)
        print("FAILED:", what)


def close(a, b, tolerance=1e-6):
    return abs(a - b) <= tolerance * max(1, abs(a), abs(b))


def easyfirst(*arguments):
    subprocess.run([PROGRAM, "--headless", "--force", *arguments], check=True)


def table(path):
    with open(path, newline="") as file:
        return list(csv.DictReader(file))


class Run:
    """A run's files."""

    def __init__(self, name, *options):
        self.options = options
        self.page, self.png = name + ".html", name + ".png"
        easyfirst(*options, "--html", self.page, "--trace", name + ".t", "--points", name + ".p", "--parameters",
                  name + ".w", "--png", self.png)
        self.trace = table(name + ".t")
        self.points = [p for p in table(name + ".p") if p.get("test", "0") == "0"]
        self.parameters = [[float(v) for k, v in row.items() if k != "epoch"] for row in table(name + ".w")][1:]


# ---- once more, in plain Python ----

def scores(sizes, activation, parameters, inputs):
    at, below = 0, inputs
    for layer in range(1, len(sizes)):
        n, units = sizes[layer - 1], sizes[layer]
        biases = at + n * units
        above = [parameters[biases + o] + sum(parameters[at + o * n + k] * below[k] for k in range(n))
                 for o in range(units)]
        if layer + 1 < len(sizes):
            above = [max(z, 0.0) if activation == "relu" else math.tanh(z) for z in above]
        at, below = biases + units, above
    return below


def losses(run, epoch, sizes, activation, standardize=False):
    xy = [[float(p["x"]) for p in run.points], [float(p["y"]) for p in run.points]]
    if standardize:
        for axis in (0, 1):
            mean = sum(xy[axis]) / len(xy[axis])
            deviation = math.sqrt(sum((v - mean) ** 2 for v in xy[axis]) / len(xy[axis]))
            xy[axis] = [(v - mean) / deviation for v in xy[axis]]
    result = []
    for x, y, p in zip(xy[0], xy[1], run.points):
        s = scores(sizes, activation, run.parameters[epoch], [x, y])
        most = max(s)
        result.append(math.log(sum(math.exp(z - most) for z in s)) + most - s[int(p["label"])])
    return result


def single(value):
    return struct.unpack("f", struct.pack("f", value))[0]


def weight(name, loss, t, order):
    """The table of core/curriculum.h; power 3, lambda of SuperLoss 1."""
    if name == "hard":
        return float(loss > t) if order == "hard" else float(loss < t)
    if name == "superloss":
        y = max(-1 / math.e, ((2 * t - loss if order == "hard" else loss) - t) / 2)
        w = -1 + 1e-9 if y < -0.367 else math.log1p(y)
        for _ in range(100):
            w -= (w * math.exp(w) - y) / (math.exp(w) * (w + 1))
        return math.exp(-w)
    v = {"linear": lambda: max(0, 1 - loss / t),
         "log": lambda: math.log(loss + 1 - t) / math.log(1 - t) if loss < t else 0,
         "mixture": lambda: 1 if loss <= t / 2 else 0 if loss >= t else t / loss - 1,
         "polynomial": lambda: (1 - loss / t) ** 0.5 if loss < t else 0,
         "logistic": lambda: (1 + math.exp(-t)) / (1 + math.exp(loss - t)),
         "exponential": lambda: math.exp(-loss / t)}[name]()
    return 1 - v if order == "hard" else v


# ---- what is looked at ----

def is_the_trace(browser, run, name):
    shown = browser.evaluate("""Array.from(epochs.epoch, (_, e) => { show(e); showWords(); return {
        epoch: epochs.epoch[e], threshold: epochs.threshold[e], accuracy: epochs.accuracy[e], loss: epochs.loss[e],
        weight: epochs.weight[e], easy: recordedWeights(e).filter((v) => v > 0).length,
        text: document.getElementById("figures").innerText, line: document.getElementById("line").innerText}; })""")
    check(len(shown) == len(run.trace), f"{name}: {len(shown)} epochs for {len(run.trace)}")
    for page, row in zip(shown, run.trace):
        what = f"{name}, epoch {row['epoch']}: {page}"
        check(page["epoch"] == int(row["epoch"]) and page["easy"] == int(row["easy"]), what)
        check(f"{page['threshold']:.9g}" == f"{float(row['threshold']):.9g}", what)
        check(all(f"{page[a]:.9g}" == f"{float(row[b]):.9g}" for a, b in
                  (("accuracy", "accuracy"), ("loss", "mean_loss"), ("weight", "weight_sum"))), what)
        accuracy = float(row["accuracy"])
        check(f"{min(accuracy * 100, 99.9 if accuracy < 1 else 100):.1f} %" in page["text"], what)


def is_decided_anew(browser, run, name, sizes, activation, standardize, rule):
    last = len(run.trace) - 1
    for epoch in {0, last // 2, last}:
        own = losses(run, epoch, sizes, activation, standardize)
        page = browser.evaluate(f"Array.from(losses({epoch}))")
        check(all(close(a, b, 2e-5) for a, b in zip(own, page)), f"{name}: losses of epoch {epoch}")
        for threshold in (0.05, 0.4, 0.69, 2.5):
            easy = browser.evaluate(f"weightsAt({epoch}, {threshold}).filter((v) => v > 0).length")
            sure = sum(weight(rule, loss, threshold, "easy") > 0 for loss in own)
            near = sum(abs(loss - threshold) < 1e-5 for loss in own)
            check(abs(easy - sure) <= near, f"{name}: λ {threshold} in epoch {epoch}: {easy} easy, not {sure}")
    for p, loss in zip(run.points, page):
        check(close(float(p["loss"]), loss, 2e-5), f"{name}: the loss of --points, {p}")
    admitted = browser.evaluate("Array.from(points.admitted)")
    check(admitted == [int(p["admitted"] or 0) for p in run.points], f"{name}: epochs of admission")


def weights_are_those_of_the_table(browser):
    values = [0.0, 1e-4, 0.05, 0.2, 0.4999, 0.5, 0.9, 3.0]
    for order in ("easy", "hard"):
        for name in ("hard", "linear", "log", "mixture", "polynomial", "logistic", "exponential", "superloss"):
            page = browser.evaluate(f"""(() => {{ const before = {{...rule}};
                Object.assign(rule, {{regularizer: "{name}", order: "{order}", power: 3, superlossLambda: 1}});
                const v = {values}.map((loss) => weightOf(loss, 0.5)); Object.assign(rule, before); return v; }})()""")
            own = [weight(name, loss, 0.5, order) for loss in values]
            check(all(close(a, b, 1e-5) for a, b in zip(page, own)), f"{name}, {order}: {page} for {own}")


def is_our_picture(browser, run, name):
    """The plotted area of --png without its legend, which is in one of the corners; with the v's of --points, as a picture
    of the last epoch has them (soft ones of earlier epochs are worked out from the losses)."""
    weights = [float(p["v"]) for p in run.points]
    width, height, differences = 581, 419, {}
    for theme in ("light", "dark"):
        easyfirst(*run.options, "--theme", theme, "--png", run.png)
        ours = subprocess.run(["convert", run.png, "-crop", f"{width}x{height}+44+32", "-depth", "8", "rgb:-"],
                              check=True, stdout=subprocess.PIPE).stdout
        page = base64.b64decode(browser.evaluate(f"""(() => {{
            layOutPlot(640, 462, 1, run.themes.{theme}); drawPlot(epochs.count - 1, new Float32Array({weights}), false);
            const {{x, y, w, h}} = plot.area, rgba = plot.canvas.getContext("2d").getImageData(x, y, w, h).data;
            let text = ""; for (let i = 0; i < rgba.length; i++) if (i % 4 < 3) text += String.fromCharCode(rgba[i]);
            return btoa(text); }})()"""))
        check(len(ours) == len(page) == 3 * width * height, f"{name}: the area's size")
        far = {i // 3 for i, (a, b) in enumerate(zip(ours, page)) if a - b > 24 or b - a > 24}
        corners = [sum(not ((i % width < 200) == left and (i // width < 185) == top and
                            min(i % width, width - 1 - i % width) < 200 and
                            min(i // width, height - 1 - i // width) < 185) for i in far)
                   for left in (True, False) for top in (True, False)]
        differences[theme] = min(corners) / (width * height)
        check(differences[theme] < 0.001, f"{name}, {theme}: {100 * differences[theme]:.2f} % of the pixels differ")
    print(f"{name}: pixels that differ from --png: " + ", ".join(f"{t} {100 * d:.3f} %" for t, d in differences.items()))


def hands(browser, run):
    browser.open(run.page, "#epoch-3")
    wait(browser, "plot.area && lastPicture && byId('figure-epoch').textContent.startsWith('3')")
    taken = browser.evaluate("""["Home", "End", "ArrowUp", "ArrowDown", "PageUp", "PageDown", "ArrowLeft", "ArrowRight"].filter((key) =>
        !document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true })))""")
    check(taken == ["ArrowLeft", "ArrowRight"], f"keys that scroll the page are taken from it: {taken}")
    for key, epoch in (("ArrowRight", 4), ("ArrowLeft", 3)):
        browser.key(key)
        wait(browser, f"byId('figure-epoch').textContent.startsWith('{epoch} ')")
    browser.evaluate("timeline.canvas.focus()")
    for key, epoch in (("End", len(run.trace)), ("ArrowDown", len(run.trace) - 1), ("Home", 1)):
        browser.key(key)
        wait(browser, f"byId('figure-epoch').textContent.startsWith('{epoch} ')")
    slider = browser.evaluate("['min', 'max', 'now'].map((a) => +histogram.canvas.getAttribute('aria-value' + a))")
    check(slider[:2] == [-6, 2] and close(slider[2], math.log10(float(run.trace[0]["threshold"])), 1e-3), f"the slider: {slider}")
    browser.key(" ", "Space", " ")
    wait(browser, "state.playing && state.epoch > 0")
    browser.key(" ", "Space", " ")
    wait(browser, "!state.playing")
    browser.evaluate("show(2)")
    wait(browser, "byId('figure-epoch').textContent.startsWith('3')")
    box = browser.evaluate("(({x, y}) => [x + histogramX(epochs.threshold[2]), y + 60, x + histogramX(0.01)])"
                           "(histogram.canvas.getBoundingClientRect())")
    browser.mouse("mousePressed", box[0] + 3, box[1])
    browser.mouse("mouseMoved", box[2] + 3, box[1])
    browser.mouse("mouseReleased", box[2] + 3, box[1])
    wait(browser, "byId('line').textContent.startsWith('What if')")
    now = browser.evaluate("[state.whatIf, byId('line').textContent, byId('strip').className]")
    check(abs(math.log10(now[0]) + 2) < 0.1 and now[2] == "what-if", f"λ was dragged to 0.01: {now}")
    easy = browser.evaluate("losses(2).filter((loss) => loss < Math.fround(state.whatIf)).length")
    check(f"{easy} of {len(run.points)} points would be easy in epoch 3, not {run.trace[2]['easy']}." in now[1], str(now))
    browser.key("Escape")
    wait(browser, "state.whatIf === null && byId('line').textContent.startsWith('Epoch 3')")
    timeline = browser.evaluate("(({x, y}) => [x + timelineX(0), y + 40, x + timelineX(4)])(timeline.canvas.getBoundingClientRect())")
    browser.mouse("mousePressed", timeline[0], timeline[1])
    browser.mouse("mouseMoved", timeline[2], timeline[1])
    browser.mouse("mouseReleased", timeline[2], timeline[1])
    wait(browser, "byId('figure-epoch').textContent.startsWith('5')")
    i = browser.evaluate("points.x.indexOf(Math.max(...points.x))")
    at = browser.evaluate(f"(({{x, y}}) => [x + screenX(points.x[{i}]), y + screenY(points.y[{i}])])(plot.canvas.getBoundingClientRect())")
    browser.hover(*at)
    wait(browser, "!byId('card').hidden")
    card = browser.evaluate("byId('card').innerText.replace(/\\n/g, '|')")
    loss = browser.evaluate(f"figure(losses(4)[{i}])")
    for part in (f"class {run.points[i]['label']}", f"row|{i}", f"loss|{loss}", f"epoch {run.points[i]['admitted']}"):
        check(part in card, f"the card has '{part}': {card}")


def touches(browser, run):
    """A finger that scrolls the page changes nothing; sideways, or as a tap, it does what a mouse does."""
    browser.size(390, 700, 2, True)
    browser.fingers(True)
    browser.open(run.page, "#epoch-2")
    wait(browser, "innerWidth === 390 && plot.area && lastPicture")
    for chart in ("timeline", "histogram", "plot"):
        browser.evaluate(f"byId('{chart}').scrollIntoView({{block: 'center'}})")
        before, x, y = browser.evaluate(f"(({{x, y, width}}) => [scrollY, x + width * 0.6, y + 70])(byId('{chart}').getBoundingClientRect())")
        browser.touch("touchStart", (x, y))
        for step in range(1, 9):
            browser.touch("touchMove", (x + step // 3, y - 15 * step))
        browser.touch("touchEnd")
        wait(browser, f"scrollY > {before} + 40")
        now = browser.evaluate("[state.epoch, state.whatIf, state.drag, state.hover]")
        check(now == [1, None, None, -1], f"scrolling over the {chart} changes the view: {now}")
    browser.evaluate("timeline.canvas.scrollIntoView({block: 'center'})")
    place = "(({{x, y}}) => [x + timelineX({0}), y + 40])(timeline.canvas.getBoundingClientRect())"
    first, last = browser.evaluate(place.format(0)), browser.evaluate(place.format(4))
    browser.touch("touchStart", last)
    browser.touch("touchEnd")
    wait(browser, "state.epoch === 4")
    browser.touch("touchStart", last)
    for step in range(1, 6):
        browser.touch("touchMove", (last[0] + (first[0] - last[0]) * step / 5, last[1] + step))
    wait(browser, "state.epoch === 0")
    browser.touch("touchCancel")
    wait(browser, "state.epoch === 4 && state.drag === null")
    browser.fingers(False)
    browser.size(1280, 720)


def own_points(browser):
    with open("own.csv", "w") as file:
        file.write("a,b,label\n" + "".join(f"{i % 5},{i % 7},{i % 2}\n" for i in range(40)))
    with open("own.csv") as file:
        subprocess.run([PROGRAM, "--headless", "-", "--epochs", "2", "--html", "-"], stdin=file,
                       stdout=open("standard.html", "w"), stderr=subprocess.DEVNULL, check=True)
    browser.open("standard.html", "#epoch-1")
    now = browser.evaluate("[document.title, byId('copy').getClientRects().length, run.settings.some((s) => s[1] === 'Data set')]")
    check(now == ["standard input – easyfirst", 0, False], f"points of standard input: {now}")


def details(browser):
    """What hardly any run shows, in one that is changed for it."""
    browser.open("all.html", "#epoch-1")
    check(browser.evaluate("histogram.canvas.getAttribute('role') + histogram.canvas.tabIndex") == "img-1" and
          not browser.evaluate("histogram.canvas.getAttributeNames().some((n) => n.startsWith('aria-value'))"),
          "without a threshold the histogram is a picture")
    browser.open("spld.html", "#epoch-1")
    check(browser.evaluate("offsetsOf(1) !== null && offsetsOf(1) === offsetsOf(1) && offsetsOf(1) !== offsetsOf(2)"),
          "SPLD's offsets are sorted once an epoch")
    browser.open("shares.html", "#epoch-2")
    wait(browser, "plot.area && lastPicture")
    same = browser.evaluate("""Array.from(epochs.epoch, (_, e) => [e, epochs.classThreshold[e] !== null,
        weightsAt(e, epochs.threshold[e]).filter((v, i) => (v > 0) !== (losses(e)[i] < Math.fround(epochs.classThreshold[e][points.label[i]]))).length,
        weightsAt(e, epochs.threshold[e] * 2).filter((v, i) => v > 0).length >
        weightsAt(e, epochs.threshold[e]).filter((v, i) => v > 0).length])""")
    check(all(own and other == 0 and more for e, own, other, more in same), f"thresholds of classes: {same}")
    check("of its own" in browser.evaluate("byId('what-if').textContent"), "the page says that each class has a threshold")
    numbers = browser.evaluate("""(() => { const before = [epochs.epoch, epochs.count];
        epochs.epoch = Array.from({ length: 1500 }, (_, i) => 1 + i * 7); epochs.count = 1500;
        const at = numberedEpochs(timeline.canvas.clientWidth - timeline.left - timeline.right).map((i) => epochs.epoch[i]);
        [epochs.epoch, epochs.count] = before; return at; })()""")
    check(len(numbers) > 5 and all(min(n % 1000, -n % 1000) <= 3 for n in numbers[1:]), f"numbers of thinned epochs: {numbers}")
    bare = browser.evaluate("""[[240, 240, 1], [320, 300, 2]].map(([w, h, scale]) => { layOutPlot(w, h, scale, theme());
        plot.pixels.fill(0); drawPoints(new Float32Array(points.count).fill(1), false);
        return Array.from(points.x.keys()).filter((i) => plot.pixels[plot.places.rows[i] * plot.area.w + plot.places.columns[i]] === 0).length; })""")
    check(bare == [0, 0], f"points that are not drawn in small plots: {bare}")
    cut = browser.evaluate("""(() => { const { w, h } = plot.area, image = plot.marks.easy[0][0]; plot.pixels.fill(0);
        for (const [x, y] of [[0, 0], [w - 1, h - 1], [-1, 9], [w, 9], [-99, -99]]) drawSpriteWithin(plot.pixels, image, x, y, w, h);
        let there = 0; plot.pixels.forEach((p) => there += p !== 0); return there < 2 * image.at.length && there > image.at.length / 2; })()""")
    check(cut, "marks are cut at the border")
    browser.open("huge.html", "#epoch-1")
    wait(browser, "lastPicture")
    rows = browser.evaluate("""(() => { const c = timeline.canvas, [r, g, b] = channels(theme().curveThreshold), rows = [];
        const left = timeline.left + 16, wide = c.width - timeline.right - left - 2;
        const rgba = c.getContext("2d").getImageData(left, 0, wide, c.height).data;
        for (let i = 0; i < rgba.length; i += 4) if (rgba[i] === r && rgba[i + 1] === g && rgba[i + 2] === b) rows.push(Math.floor(i / 4 / wide));
        return [Math.min(...rows), Math.max(...rows), c.height]; })()""")
    check(rows[0] is not None and rows[0] > 0.45 * rows[2] and rows[1] < rows[2] - 15, f"λ of 1e9 stays in its band: {rows}")


def wait(browser, condition, seconds=10):
    end = time.monotonic() + seconds  # for the browser, not for a result
    while not browser.evaluate(f"!!({condition})"):
        if time.monotonic() > end:
            check(False, "waited in vain for " + condition)
            return
        time.sleep(0.01)


def nothing_is_wrong(browser, name):
    bad = browser.seen("Runtime.exceptionThrown") + browser.seen("Runtime.consoleAPICalled") + browser.seen("Log.entryAdded")
    check(not bad, f"{name}: {bad}")
    urls = [e["request"]["url"] for e in browser.seen("Network.requestWillBeSent")]
    check(all(u.startswith(("file://", "data:")) for u in urls) and len([u for u in urls if u[0] == "f"]) == 1,
          f"{name}: asked for {urls}")


def fits(browser, name, width, height):
    browser.size(width, height, 2, True)
    wait(browser, f"innerWidth === {width} && plot.width > 0 && plot.canvas.clientWidth <= {width}")
    wide = browser.evaluate("""[...document.querySelectorAll("body *")].filter((e) => e.getClientRects().length &&
        !e.closest("svg, details:not([open])") && (e.getBoundingClientRect().right > innerWidth + 0.5 ||
        (e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && e.tagName !== "H1"))).map((e) => e.tagName + "#" + e.id)""")
    check(not wide, f"{name} at {width}x{height}: too wide: {wide}")
    seen = browser.evaluate("""["plot", "timeline", "histogram", "legend", "play", "command", "line"].map((id) =>
        [id, byId(id).getBoundingClientRect()]).filter(([id, r]) => r.width < 60 || r.height < 14).map(([id]) => id)""")
    check(not seen, f"{name} at {width}x{height}: {seen} cannot be seen")
    check(browser.evaluate("document.scrollingElement.scrollWidth") <= width, f"{name}: scrolls sideways at {width}")


def themes_and_motion(browser, run):
    for theme, ground in (("light", "rgb(244, 245, 247)"), ("dark", "rgb(18, 22, 29)")):
        browser.prefer(theme)
        browser.open(run.page, "#epoch-2")
        colour = browser.evaluate("getComputedStyle(document.body).backgroundColor")
        check(colour == ground, f"{theme}: {colour}")
        check(browser.evaluate("!state.playing && state.epoch === 1"), "a page opened at an epoch stands still")
    browser.key("t")
    check(browser.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(244, 245, 247)", "T changes the theme")
    browser.prefer("light", "reduce")
    browser.open(run.page)
    check(browser.evaluate("!state.playing && state.epoch === 0"), "with reduced motion nothing plays by itself")
    browser.prefer("light")
    browser.open(run.page)
    wait(browser, "state.epoch > 0")


def names_are_inert(browser, folder):
    with open("hostile.csv", "w") as file:
        file.write("<!--<b>length,</title>'\"w,label\n")
        for i in range(60):
            file.write(f'{i % 7},{i % 11},"{HOSTILE if i % 2 else "B & <i>C</i> ’"}"\n')
    easyfirst("hostile.csv", "--epochs", "3", "--html", "hostile.html")
    browser.open("hostile.html", "#epoch-1")
    wait(browser, "byId('legend').children.length > 0")
    text = browser.evaluate("byId('legend').innerText")
    check(HOSTILE in text and "B & <i>C</i> ’" in text, f"names are shown as they are: {text}")
    check(browser.evaluate("typeof window.pwned === 'undefined' && document.scripts.length === 2 && document.images.length === 0"),
          "names are text")
    check(browser.evaluate("run.axes") == ["<!--<b>length", "</title>'\"w"], "names of axes")
    nothing_is_wrong(browser, "hostile names")
    fits(browser, "hostile names", 320, 640)
    browser.size(1280, 720)


def in_chinese(browser):
    """All words are: in each state, of each rule; and the run is the same."""
    english = r"[A-Za-z]{2,}"
    names = {"easyfirst", "Esc", "Home", "End", "Page", "Up", "Down", "Adam", "SGD", "tanh", "ReLU", "relu", "SuperLoss"}
    for page, *options in (("zh-post", "--preset", "post"), ("zh-soft", "--regularizer", "linear", "--hidden", "4", "--test", "0.2"),
                           ("zh-hard", "--order", "hard", "--flip", "0.1"), ("zh-all", "--order", "all"),
                           ("zh-meta", "--pace", "meta", "--clean", "20", "--regularizer", "linear", "--threshold", "5"), ("zh-shares", "--pace", "class-share"),
                           ("zh-lesson", "--lesson", "post"), ("zh-compare", "--compare", "plain")):
        short = [] if "--lesson" in options or "--preset" in options else ["--samples", "200", "--epochs", "4"]
        easyfirst(*options, *short, "--language", "zh_CN", "--html", page + ".html")
        browser.open(page + ".html", "#epoch-1")
        wait(browser, "plot.area && lastPicture")
        texts = browser.evaluate("""(() => { const all = [], add = () => {
                showWords(); state.hover = 0; placeCard();
                document.querySelectorAll("details").forEach((part) => { part.open = true; });
                all.push(document.body.innerText.replace(byId("command").innerText, ""));
                for (const element of document.querySelectorAll("[aria-label], [title], [aria-valuetext]"))
                    for (const name of ["aria-label", "title", "aria-valuetext"]) all.push(element.getAttribute(name) || ""); };
            for (let e = 0; e < epochs.count; e++) { show(e); add(); }
            if (rule.byThreshold) { ask(0.5); add(); ask(null); }
            return all; })()""")
        for word in re.findall(english, " ".join(texts)):
            check(word in names, f"{page}: English, {word}")
        check(browser.evaluate("document.documentElement.lang") == "zh-CN", f"{page}: its language")
        nothing_is_wrong(browser, page)
    browser.evaluate("hideCard()")
    fits(browser, "zh-compare", 320, 640)
    browser.size(1280, 720)
    browser.open("post.html", "#epoch-1")
    of_english = browser.evaluate("JSON.stringify([run.epochs, run.model])")
    browser.open("zh-post.html", "#epoch-1")
    check(browser.evaluate("JSON.stringify([run.epochs, run.model])") == of_english, "another run in Chinese")


def no_network(browser):
    refused = browser.evaluate("""new Promise((done) => {
        document.addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
        fetch("http://127.0.0.1:9/").catch(() => setTimeout(done, 500, "it does not")); })""")
    check(refused == "connect-src", f"the policy forbids the network: {refused}")


def main():
    linear = Run("linear", "--samples", "1500", "--epochs", "8", "--standardize", "on", "--threshold", "0.3")
    mlp = Run("mlp", "--dataset", "blobs", "--samples", "400", "--hidden", "16,16", "--epochs", "6", "--threshold",
              "0.6", "--growing-factor", "1.02", "--learning-rate", "0.01", "--flip", "0.2")
    soft = Run("soft", "--dataset", "blobs", "--samples", "500", "--centroids", "0,0,4,0,2,4", "--hidden", "8", "--activation",
               "relu", "--regularizer", "linear", "--threshold", "1.1", "--growing-factor", "1.001", "--epochs", "5", "--test",
               "0.2", "--learning-rate", "0.01")
    easyfirst(*linear.options, "--html", "again.html")
    check(open("again.html", "rb").read() == open(linear.page, "rb").read(), "the same bytes each time")
    easyfirst("--preset", "post", "--html", "post.html")
    check(os.path.getsize("post.html") <= 1000000, "the post's run takes 1 MB or less")
    easyfirst("--lesson", "post", "--html", "lesson.html")
    easyfirst("--samples", "200", "--epochs", "3", "--pace", "meta", "--clean", "20", "--regularizer", "linear", "--threshold",
              "5", "--compare", "plain", "--html", "meta.html")
    easyfirst("--samples", "200", "--epochs", "3", "--order", "all", "--hidden", "4", "--html", "all.html")
    easyfirst("--samples", "200", "--epochs", "3", "--diversity", "0.2", "--groups", "grid", "--html", "spld.html")
    easyfirst("--samples", "200", "--epochs", "3", "--regularizer", "superloss", "--html", "superloss.html")
    easyfirst("--samples", "400", "--epochs", "4", "--pace", "class-share", "--html", "shares.html")
    easyfirst("--samples", "200", "--epochs", "4", "--threshold", "1e9", "--html", "huge.html")
    many = subprocess.run([PROGRAM, "--headless", "--samples", "100001", "--epochs", "1", "--html", "many.html"],
                          stderr=subprocess.PIPE, text=True)
    check(many.returncode == 1 and "--html: 100,001 points are too many for a page" in many.stderr and
          not os.path.exists("many.html"), many.stderr)
    browser = Browser()
    try:
        browser.size(1280, 720)
        browser.prefer("light")
        for run, name, sizes, activation, standardize, rule in (
                (linear, "linear", [2, 2], "tanh", True, "hard"), (mlp, "mlp", [2, 16, 16, 2], "tanh", False, "hard"),
                (soft, "soft", [2, 8, 3], "relu", False, "linear")):
            browser.open(run.page, "#epoch-1")
            wait(browser, "plot.area && lastPicture")
            is_the_trace(browser, run, name)
            is_decided_anew(browser, run, name, sizes, activation, standardize, rule)
            nothing_is_wrong(browser, name)
            is_our_picture(browser, run, name)  # reading pixels is worth a warning to the browser
        weights_are_those_of_the_table(browser)
        hands(browser, mlp)
        nothing_is_wrong(browser, "hands")
        for page in ("post", "meta", "all", "spld", "superloss"):
            browser.open(page + ".html", "#epoch-1")
            wait(browser, "plot.area && lastPicture")
            browser.evaluate("ask(0.5)")
            wait(browser, "lastPicture.includes('/0.5/')")
            nothing_is_wrong(browser, page)
        browser.open("lesson.html", "#epoch-1")
        browser.evaluate("timeline.canvas.focus()")
        browser.key("PageDown")
        wait(browser, "byId('note-place').textContent === '2/6' && state.epoch === epochAt(run.notes[1].epoch)")
        browser.key("PageUp")
        wait(browser, "byId('note-place').textContent === '1/6'")
        themes_and_motion(browser, mlp)
        for page in ("post.html", "lesson.html"):
            browser.open(page, "#epoch-2")
            fits(browser, page, 390, 844)
            fits(browser, page, 320, 640)
            browser.size(1280, 720)
        details(browser)
        touches(browser, mlp)
        own_points(browser)
        names_are_inert(browser, None)
        in_chinese(browser)
        no_network(browser)
    finally:
        browser.close()


with tempfile.TemporaryDirectory(prefix="easyfirst-page-") as scratch:
    os.chdir(scratch)
    main()
    os.chdir("/")
sys.exit(1 if failures else 0)
