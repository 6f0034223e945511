/* ---- The page: what is on show, and the hands on it ---- */

const byId = (id) => document.getElementById(id);
const STILL_MS = 140;    /* without a change, until the picture is drawn finely */
const GRAB = 14;         /* pixels within which a press takes hold of the line instead of moving it there */
const FINGER = 6;        /* pixels that a finger moves sideways until it is no tap and no scroll */
const PLAY_MS = 14000;   /* a run takes no longer than this, and an epoch no longer than ... */
const EPOCH_MS = 900;

const ofOrder = (easy, inUse) => (rule.order === "easy" ? easy : inUse);
const inUse = tr(ofOrder("easy", "in use"));
const calm = matchMedia("(prefers-reduced-motion: reduce)"), dark = matchMedia("(prefers-color-scheme: dark)");
const state = { epoch: 0, whatIf: null, playing: false, since: 0, theme: dark.matches ? "dark" : "light", chosen: false, hover: -1, drag: null };
const theme = () => run.themes[state.theme];

/* ---- Words ---- */

const count = (n) => n.toLocaleString(run.language);
const decimalSign = (1.5).toLocaleString(run.language).replace(/[15]/g, "");
const decimal = (text) => text.replace(".", decimalSign);
function figure(value) {
  if (value === null || !Number.isFinite(value)) return "–";
  if (value === 0) return "0";
  const exponent = Math.floor(Math.log10(Math.abs(+value.toPrecision(3)) * (1 + 1e-12)));
  if (exponent < -3 || exponent > 5) return decimal(value.toExponential(2)).replace("-", MINUS).replace("e+", "e");
  return decimal(value.toFixed(Math.max(0, exponent > 2 ? 0 : 2 - exponent)));
}
function percent(share) {
  if (share === null || !Number.isFinite(share)) return "–";
  const shown = share < 1 ? Math.min(99.9, share * 100) : 100;
  return decimal((share > 0 ? Math.max(0.1, shown) : 0).toFixed(1)) + " %";
}
const value = (axis, position) => String(+(run.origin[axis] + position).toPrecision(run.origin[axis] ? 15 : 6)).replace("-", MINUS);
const epochAt = (number) => { let at = 0; while (at + 1 < epochs.count && epochs.epoch[at + 1] <= number) at++; return at; };

const together = (sentences) => sentences.reduce((before, one) => tr("{0} {1}", before, one));
const bold = (text) => Object.assign(document.createElement("b"), { textContent: text });

/* What stands in the page's own text, in the language of the run. */
function translatePage() {
  document.documentElement.lang = run.language;
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest("script, noscript") || !node.data.trim() ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  while (texts.nextNode()) texts.currentNode.data = texts.currentNode.data.replace(/\S.*\S|\S/s, (text) => tr(text));
  for (const name of ["aria-label", "title"])
    for (const element of document.querySelectorAll(`[${name}]`)) element.setAttribute(name, tr(element.getAttribute(name)));
}

/* ---- What is on show ---- */

let shownWeights = { key: "", v: null };
function weights() {
  const key = `${state.epoch}/${state.whatIf}`;
  if (shownWeights.key !== key)
    shownWeights = { key, v: state.whatIf === null ? recordedWeights(state.epoch) : weightsAt(state.epoch, state.whatIf) };
  return shownWeights.v;
}
function easyCount() {
  if (state.whatIf === null) return epochs.easy[state.epoch];
  return weights().reduce((n, v) => n + (v > 0 ? 1 : 0), 0);
}

const weightSum = () => figure(weights().reduce((sum, v) => sum + v, 0));

/* One line of what this epoch is. */
function sentence() {
  const easy = easyCount(), all = points.count, threshold = figure(state.whatIf ?? epochs.threshold[state.epoch]);
  const epoch = epochs.epoch[state.epoch], head = tr("Epoch {0} of {1}", epoch, epochs.epoch[epochs.count - 1]), hard = rule.order === "hard";
  const asked = () => tr("What if λ were {0}?", threshold);
  if (state.whatIf !== null && neverZero)
    return [asked(), tr("The points would weigh {0} together in epoch {1}, not {2}.", weightSum(), epoch, figure(epochs.weight[state.epoch]))];
  if (state.whatIf !== null)
    return [asked(), tr(ofOrder("{0} of {1} points would be easy in epoch {2}, not {3}.", "{0} of {1} points would be in use in epoch {2}, not {3}."),
      count(easy), count(all), epoch, count(epochs.easy[state.epoch]))];
  if (rule.order === "all") return [head, tr("All points take part in training.")];
  if (!rule.byThreshold && easy === 0) return [head, tr("The model learns from the clean points alone, those with flags.")];
  if (!rule.byThreshold) return [head, tr("{0} of {1} points count; the clean points, with flags, decide how much.", count(easy), count(all))];
  if (easy === 0 && hard) return [head, tr("No point has a loss above λ = {0}, so nothing is learned.", threshold)];
  if (easy === 0) return [head, tr("No point has a loss below λ = {0}, so nothing is learned.", threshold)];
  if (easy === all && softWeights) return [head, tr("All {0} points count; the smaller the loss, the more.", count(all))];
  if (easy === all) return [head, tr(ofOrder("All {0} points are easy now.", "All {0} points are in use now."), count(all))];
  const values = [count(easy), count(all), threshold];
  if (hard && softWeights)
    return [head, tr("The model learns from {0} of {1} points, those with a loss above λ = {2}; the fuller a mark, the more it counts. The hollow ones are left out.", ...values)];
  if (hard) return [head, tr("The model learns from {0} of {1} points, those with a loss above λ = {2}. The hollow ones are left out.", ...values)];
  if (softWeights)
    return [head, tr("The model learns from {0} of {1} points, those with a loss below λ = {2}; the fuller a mark, the more it counts. The hollow ones are still too hard.", ...values)];
  return [head, tr("The model learns from {0} of {1} points, those with a loss below λ = {2}. The hollow ones are still too hard.", ...values)];
}

function showWords() {
  const e = state.epoch, what = state.whatIf !== null, [head, rest] = sentence(), easy = easyCount();
  byId("line").replaceChildren(bold(head), " " + rest);
  byId("line").setAttribute("aria-live", state.playing || state.drag ? "off" : "polite");
  byId("strip").classList.toggle("what-if", what);
  plot.canvas.setAttribute("aria-label", `${run.title}. ${head}. ${rest}`);
  byId("figure-epoch").textContent = tr("{0} of {1}", epochs.epoch[e], epochs.epoch[epochs.count - 1]);
  byId("figure-threshold").textContent = rule.byThreshold ? figure(state.whatIf ?? epochs.threshold[e]) : "–";
  byId("figure-easy").textContent = percent(easy / points.count);
  byId("word-easy").textContent = what ? tr(ofOrder("easy, what if", "in use, what if")) : inUse;
  byId("figure-accuracy").textContent = percent(epochs.accuracy[e]);
  byId("figure-test").textContent = percent(epochs.testAccuracy[e]);
  const slider = timeline.canvas, number = epochs.epoch[e];
  slider.setAttribute("aria-valuenow", number);
  slider.setAttribute("aria-valuetext", tr(ofOrder("epoch {0}: {1} points easy, accuracy {2}", "epoch {0}: {1} points in use, accuracy {2}"),
    number, count(epochs.easy[e]), percent(epochs.accuracy[e])));
  if (rule.byThreshold) {
    const threshold = state.whatIf ?? epochs.threshold[e];
    histogram.canvas.setAttribute("aria-valuenow", exponentOf(threshold));
    histogram.canvas.setAttribute("aria-valuetext", tr(ofOrder("λ {0}, {1} points easy", "λ {0}, {1} points in use"), figure(threshold), count(easy)));
  }
  byId("recorded").style.visibility = what ? "visible" : "hidden"; /* nothing moves when it comes */
  showWhatIf(what, easy);
  showNote();
}

/* Of a λ, as the slider has it: its axis is logarithmic. */
const exponentOf = (threshold) => +Math.log10(Math.min(histogram.high, Math.max(histogram.low, threshold ?? histogram.high))).toFixed(3);

function showWhatIf(what, easy) {
  const e = state.epoch, box = byId("what-if"), recorded = figure(epochs.threshold[e]);
  const ownThresholds = epochs.classThreshold[e] !== null;
  if (!rule.byThreshold) box.textContent = tr("The loss of each point. No threshold decides in this run.");
  else if (ownThresholds && !what) box.textContent = tr("The loss of each point. Each class has a λ of its own, and the line is their mean. Drag it: all of them move in proportion.");
  else if (neverZero && !what) box.textContent = tr("The loss of each point: the smaller beside λ, the more it counts. Drag λ: every point is weighed anew.");
  else if (neverZero)
    box.textContent = tr("Together the points would weigh {0}, by their losses after this epoch. Recorded: λ {1}, {2}.", weightSum(), recorded, figure(epochs.weight[e]));
  else if (!what && rule.order === "hard") box.textContent = tr("The loss of each point; right of λ it is in use. Drag λ: every point is decided anew.");
  else if (!what) box.textContent = tr(ofOrder("The loss of each point; left of λ it is easy. Drag λ: every point is decided anew.", "The loss of each point; left of λ it is in use. Drag λ: every point is decided anew."));
  else {
    const sentences = [tr(ofOrder("{0} of {1} would be easy, by their losses after this epoch.", "{0} of {1} would be in use, by their losses after this epoch."), count(easy), count(points.count))];
    if (ownThresholds) sentences.push(tr("Each class’s own λ moves in proportion."));
    sentences.push(tr(ofOrder("Recorded: λ {0}, {1} easy.", "Recorded: λ {0}, {1} in use."), recorded, count(epochs.easy[e])));
    box.textContent = together(sentences);
  }
}

function showNote() {
  let at = -1;
  run.notes.forEach((note, i) => { if (note.epoch <= epochs.epoch[state.epoch]) at = i; });
  byId("note").hidden = run.notes.length === 0;
  if (run.notes.length === 0) return;
  byId("note-place").textContent = at >= 0 ? `${at + 1}/${run.notes.length}` : "";
  byId("note-text").textContent = at >= 0 ? run.notes[at].text : tr("The first note is in epoch {0}.", run.notes[0].epoch);
  byId("note-before").disabled = at <= 0;
  byId("note-after").disabled = at + 1 >= run.notes.length;
}

/* Keeps the room of the longest note, so that the plot stands still from note to note. */
function reserveNote() {
  const text = byId("note-text").parentElement;
  text.style.minHeight = "";
  if (run.notes.length === 0 || byId("note").hidden) return;
  const now = byId("note-text").textContent;
  let most = 0;
  for (const note of run.notes) { byId("note-text").textContent = note.text; most = Math.max(most, text.offsetHeight); }
  byId("note-text").textContent = now;
  text.style.minHeight = most + "px";
}

/* Of each class, how many points are easy. */
function showShares(v) {
  const easy = new Uint32Array(classes), all = new Uint32Array(classes);
  for (let i = 0; i < v.length; i++) { all[points.label[i]]++; easy[points.label[i]] += v[i] > 0 ? 1 : 0; }
  for (const item of byId("legend").querySelectorAll("[data-class]"))
    item.textContent = percent(easy[item.dataset.class] / all[item.dataset.class]);
}

/* ---- Drawing, once a frame ---- */

let wanted = { all: false, fine: 0 }, frameAsked = false, lastPicture = "";
function draw() {
  if (!frameAsked) { frameAsked = true; requestAnimationFrame(frame); }
}

function frame(now) {
  frameAsked = false;
  if (state.playing) goOn(now);
  const key = `${state.epoch}/${state.whatIf}/${state.theme}/${plot.width}x${plot.height}`, moved = key !== lastPicture;
  if (moved) { lastPicture = key; wanted.fine = now + STILL_MS; }
  const fine = !moved && wanted.fine > 0 && now >= wanted.fine;
  if (moved || fine) {
    const v = weights();
    drawPlot(state.epoch, v, !fine);
    if (moved) { showWords(); showShares(v); drawTimeline(state, theme()); placeCard(); }
    if (fine || !heavy || lossCache.has(state.epoch)) drawHistogram(state, v, theme());
    if (fine) { wanted.fine = 0; lookAhead(); }
  }
  if (state.playing || wanted.fine > 0) draw();
}

/* Losses of the epochs around, in spare time, so that they are there when a hand goes on. */
const AHEAD = 100, spare = window.requestIdleCallback || ((then) => setTimeout(then, 30));
const heavy = points.count * parameterCount > 2e7; /* losses take longer than a frame: they wait until things stand still */
let ahead = false;
function lookAhead() {
  if (ahead || heavy) return;
  const missing = [];
  for (let d = 1; d < Math.min(AHEAD, LOSSES_KEPT / 2); d++)
    for (const epoch of [state.epoch + d, state.epoch - d]) if (epoch >= 0 && epoch < epochs.count && !lossCache.has(epoch)) missing.push(epoch);
  if (missing.length === 0) return;
  ahead = true;
  spare(() => { ahead = false; losses(missing[0]); lookAhead(); });
}

function layOut() {
  const box = byId("plot-box"), scale = Math.min(Math.max(window.devicePixelRatio || 1, 1), 2);
  if (box.clientWidth < 80 || box.clientHeight < 80) return;
  layOutPlot(box.clientWidth, box.clientHeight, scale, theme());
  lastPicture = "";
  draw();
}

function showTheme() {
  const root = document.documentElement, colors = theme();
  root.dataset.theme = state.theme;
  for (const name of Object.keys(colors)) if (typeof colors[name] === "string") root.style.setProperty("--" + name, colors[name]);
  showLegend();
  layOut();
}

/* ---- Legend, settings ---- */

function legendRow(icons, name, of) {
  const row = document.createElement("li"), words = Object.assign(document.createElement("span"), { className: "name", textContent: name });
  row.append(...icons, words);
  if (of !== undefined) {
    const share = Object.assign(document.createElement("span"), { className: "share" });
    share.dataset.class = of;
    row.append(share);
  }
  return row;
}

function patch(markup) {
  const holder = document.createElement("span");
  holder.innerHTML = markup; /* of colours and numbers alone */
  return holder.firstChild;
}

/* Whether in some epoch so few points are hard that they are ringed. */
const ringed = rule.order !== "all" && epochs.easy.some((easy) => areFew(points.count - easy));

function showLegend() {
  const t = theme(), rows = [], present = run.classes.map((c, k) => k).filter((k) => run.classes[k].present);
  const few = present.slice(0, 3);
  for (const k of present) rows.push(legendRow([markIcon(k, 4.4, t.fill[k], t.edge[k])], rule.order === "all" ? run.classes[k].name : tr(ofOrder("easy, {0}", "in use, {0}"), run.classes[k].name), k));
  if (softWeights) rows.push(legendRow([2, 4, 6].map((step) => markIcon(few[0], 4.4, ...softColors(t, few[0], step / V_STEPS))), tr("weight v, 0 to {0}", weightLimit > 1 ? "e" : "1")));
  if (rule.order !== "all" && weightLimit <= 1)
    rows.push(legendRow(few.map((k) => markIcon(k, 4.4, t.hardFill, t.hardEdge[k], 1.2)), tr(ofOrder("hard (v = 0)", "left out (v = 0)"))));
  if (ringed) rows.push(legendRow([patch(`<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.5" fill="none" stroke="${t.ring}" stroke-width="2"/></svg>`)], tr(ofOrder("the last that are hard", "the last left out"))));
  if (testPoints.count > 0) rows.push(legendRow(few.map((k) => markIcon(k, 3.5, testColor(t, k, t.fill[k]), testColor(t, k, t.edge[k]))), tr("test points")));
  if (cleanPoints.count > 0) rows.push(legendRow([patch(`<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d="M4 15V2h8l-2 3 2 3H4" fill="${t.fill[few[0]]}" stroke="${t.text}"/></svg>`)], tr("clean points")));
  rows.push(legendRow([patch(`<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><path d="M0 8h16" stroke="${t.boundary}" stroke-width="2"/></svg>`)], tr("decision boundary")));
  rows.push(legendRow(few.map((k) => patch(`<svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true"><rect width="16" height="12" y="2" fill="${t.region[k]}" stroke="${t.line}"/></svg>`)), tr("region: the model’s answer")));
  byId("legend").replaceChildren(...rows);
}

function showRun() {
  document.title = `${run.title} – easyfirst`;
  byId("title").textContent = run.title;
  const models = run.model.sizes.slice(1, -1), model = models.length ? tr("hidden layers of {0} ({1})", models.join(", "), run.model.activation) : tr("a linear model");
  const found = (name) => (run.settings.find((s) => s[1] === name) || [])[2];
  const caption = [tr("{0} points, {1} classes, {2}.", count(points.count), run.classes.filter((c) => c.present).length, model),
    tr("{0}; {1}.", found(tr("Order")), found(tr("Regularizer")) || tr("all weights 1"))];
  if (epochs.epoch[epochs.count - 1] > epochs.count)
    caption.push(tr("Of {0} epochs {1} are in this page.", count(epochs.epoch[epochs.count - 1]), count(epochs.count)));
  byId("caption").textContent = together(caption);
  for (const word of (run.command || "").split(" ")) /* no line ends within an option */
    byId("command").append(Object.assign(document.createElement("span"), { textContent: word }), " ");
  byId("command").parentElement.hidden = !run.command;
  let group = "";
  const rows = [];
  for (const [of, name, text] of run.settings) {
    const row = document.createElement("tr");
    if (of !== group) {
      const head = document.createElement("tr");
      head.append(Object.assign(document.createElement("th"), { colSpan: 2, textContent: of }));
      rows.push(head);
      group = of;
    }
    row.append(...[name, text || tr("none")].map((cell) => Object.assign(document.createElement("td"), { textContent: cell })));
    rows.push(row);
  }
  byId("settings").append(...rows);
  byId("others").hidden = run.others === 0;
  byId("others").textContent = tr("It was compared with other runs; this page has run A alone.");
  byId("program").textContent = tr("Made by {0}. The page is whole: it needs no network.", run.program);
  byId("figure-test-box").hidden = testPoints.count === 0;
  byId("note-keys").hidden = run.notes.length === 0;
  timeline.canvas.setAttribute("aria-valuemin", epochs.epoch[0]);
  timeline.canvas.setAttribute("aria-valuemax", epochs.epoch[epochs.count - 1]);
  if (rule.byThreshold) {
    histogram.canvas.setAttribute("aria-valuemin", exponentOf(histogram.low));
    histogram.canvas.setAttribute("aria-valuemax", exponentOf(histogram.high));
  } else { /* a picture alone */
    byId("losses-head").textContent = tr("Losses");
    histogram.canvas.style.cursor = "default";
    histogram.canvas.setAttribute("role", "img");
    histogram.canvas.setAttribute("aria-label", tr("Histogram of the points’ losses"));
    for (const name of ["tabindex", "aria-orientation"]) histogram.canvas.removeAttribute(name);
  }
}

/* ---- Going through the epochs ---- */

function show(epoch) {
  state.epoch = Math.min(epochs.count - 1, Math.max(0, epoch));
  draw();
}

function goOn(now) {
  const each = calm.matches ? EPOCH_MS : Math.min(EPOCH_MS, PLAY_MS / epochs.count);
  if (state.since === 0) state.since = now;
  const steps = Math.floor((now - state.since) / each);
  if (steps === 0) return;
  state.since += steps * each;
  state.epoch = Math.min(epochs.count - 1, state.epoch + Math.min(steps, 1 + Math.floor(50 / each)));
  if (state.epoch === epochs.count - 1) play(false);
}

function play(on) {
  if (on && state.epoch === epochs.count - 1) state.epoch = 0;
  state.playing = on && epochs.count > 1;
  state.since = 0;
  byId("play-word").textContent = state.playing ? tr("Pause") : tr("Play");
  byId("play-icon").setAttribute("d", state.playing ? "M3 2h4v12H3zM9 2h4v12H9z" : "M4 2l10 6-10 6z");
  lastPicture = state.playing ? lastPicture : "";
  draw();
}

function ask(threshold) {
  state.whatIf = threshold === null ? null : Math.min(histogram.high, Math.max(histogram.low, threshold));
  draw();
}

function goToNote(way) {
  const here = epochs.epoch[state.epoch], notes = run.notes.map((note) => note.epoch);
  const target = way > 0 ? notes.find((epoch) => epochAt(epoch) > state.epoch) : notes.filter((epoch) => epoch <= here).slice(0, -1).pop();
  if (target === undefined) return;
  play(false);
  show(epochAt(target));
}

/* ---- Hands ---- */

/* A press, moves and the end of it on a canvas: begin(x) gives what follows the hand, or nothing. A finger may be about to
 * scroll the page: it counts once it moves sideways, or when it is lifted; what a scroll has moved goes back. */
function onDrag(canvas, begin) {
  let press = null;
  const take = () => {
    press.move = begin(press.x);
    if (!press.move) { press = null; return; }
    state.drag = canvas;
    press.move(press.x);
  };
  const release = () => { press = null; state.drag = null; lastPicture = ""; draw(); };
  const isOurs = (event) => press !== null && press.id === event.pointerId;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || press) return;
    press = { id: event.pointerId, x: event.offsetX, y: event.offsetY, move: null, epoch: state.epoch, whatIf: state.whatIf, playing: state.playing };
    if (event.pointerType === "touch") return;
    canvas.setPointerCapture(event.pointerId); /* a finger is held by itself */
    take();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!isOurs(event)) return;
    const across = Math.abs(event.offsetX - press.x), down = Math.abs(event.offsetY - press.y);
    if (!press.move && across > FINGER && across > down) take();
    if (press && press.move) press.move(event.offsetX);
  });
  canvas.addEventListener("pointerup", (event) => {
    if (isOurs(event) && !press.move) take();
    if (isOurs(event)) release();
  });
  canvas.addEventListener("pointercancel", (event) => {
    if (!isOurs(event)) return;
    if (press.move) {
      state.whatIf = press.whatIf;
      show(press.epoch);
      if (press.playing) play(true);
    }
    release();
  });
}

onDrag(timeline.canvas, () => { play(false); return (x) => show(timelineEpoch(x)); });
onDrag(histogram.canvas, (x) => {
  if (!rule.byThreshold) return null;
  play(false);
  const at = histogramX(state.whatIf ?? epochs.threshold[state.epoch]), off = Math.abs(x - at) <= GRAB ? at - x : 0;
  let moved = off === 0;
  return (to) => { moved = moved || Math.abs(to - x) > 1; if (moved) ask(histogramLoss(to + off)); };
});
histogram.canvas.addEventListener("dblclick", () => ask(null));

function keyOnEpochs(event) {
  const page = Math.max(1, Math.round(epochs.count / 10)), onTimeline = event.target === timeline.canvas;
  const steps = onTimeline ? { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 } : { ArrowLeft: -1, ArrowRight: 1 };
  if (event.key in steps) show(state.epoch + steps[event.key] * (event.shiftKey ? page : 1));
  else if (event.key === "Home" && onTimeline) show(0);
  else if (event.key === "End" && onTimeline) show(epochs.count - 1);
  else return false;
  play(false);
  return true;
}

function keyOnThreshold(event) {
  const step = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[event.key], now = state.whatIf ?? epochs.threshold[state.epoch];
  if (!rule.byThreshold) return false;
  if (step) ask(now * 10 ** (0.02 * step * (event.shiftKey ? 10 : 1)));
  else if (event.key === "Home") ask(histogram.low);
  else if (event.key === "End") ask(histogram.high);
  else return false;
  play(false);
  return true;
}

/* Keys that scroll a page are ours only where a chart has the focus. */
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const on = event.target, control = on.closest("button, summary, a"), onChart = on === timeline.canvas || on === histogram.canvas;
  let done = true;
  if (event.key === " " && !control) play(!state.playing);
  else if (event.key === "Escape") { ask(null); hideCard(); }
  else if (event.key === "t" || event.key === "T") otherTheme();
  else if (event.key === "PageDown" && onChart && run.notes.length) goToNote(1);
  else if (event.key === "PageUp" && onChart && run.notes.length) goToNote(-1);
  else done = (on === histogram.canvas && keyOnThreshold(event)) || keyOnEpochs(event);
  if (done) event.preventDefault();
});

function otherTheme() {
  state.theme = state.theme === "dark" ? "light" : "dark";
  state.chosen = true;
  showTheme();
}
dark.addEventListener("change", () => { if (!state.chosen) { state.theme = dark.matches ? "dark" : "light"; showTheme(); } });

byId("play").addEventListener("click", () => play(!state.playing));
byId("theme").addEventListener("click", otherTheme);
byId("recorded").addEventListener("click", () => { ask(null); histogram.canvas.focus(); });
byId("note-before").addEventListener("click", () => goToNote(-1));
byId("note-after").addEventListener("click", () => goToNote(1));
byId("copy").addEventListener("click", () => {
  getSelection().selectAllChildren(byId("command"));
  byId("copy").textContent = document.execCommand("copy") ? tr("Copied") : tr("Select");
});

/* ---- The card of a point ---- */

function hover(event) {
  const x = event.offsetX, y = event.offsetY;
  state.hover = plot.area ? pointAt(x, y, weights(), event.pointerType === "touch" ? 24 : 10) : -1;
  placeCard();
}
function hideCard() { state.hover = -1; placeCard(); }

function cardRows(i) {
  const loss = losses(state.epoch)[i], v = weights()[i], admitted = points.admitted[i], easy = v > 0;
  const rows = [[run.axes[0], value(0, points.x[i])], [run.axes[1], value(1, points.y[i])], [tr("loss"), figure(loss)],
    [state.whatIf === null ? tr("weight v") : tr("v, what if"), `${softWeights ? figure(v) : easy ? 1 : 0}, ${easy ? inUse : tr(ofOrder("hard", "left out"))}`],
    [tr(ofOrder("first easy in", "first in use in")), admitted > 0 ? tr("epoch {0}", admitted) : tr("no epoch")]];
  if (points.truth && points.truth[i] !== points.label[i]) rows.push([tr("label before"), run.classes[points.truth[i]].name]);
  return rows;
}

function placeCard() {
  const card = byId("card"), ring = byId("ring"), i = state.hover;
  card.hidden = ring.hidden = i < 0;
  if (i < 0) return;
  const t = theme(), k = points.label[i], head = document.createElement("h3"), list = document.createElement("dl");
  const number = points.row ? points.row[i] : i;
  head.append(markIcon(k, 4.4, t.fill[k], t.edge[k]), Object.assign(document.createElement("bdi"), { textContent: run.classes[k].name }));
  for (const [name, text] of [[tr("row"), count(number)], ...cardRows(i)])
    list.append(Object.assign(document.createElement("dt"), { textContent: name }), Object.assign(document.createElement("dd"), { textContent: text }));
  card.replaceChildren(head, list);
  const x = screenX(points.x[i]) / plot.scale, y = screenY(points.y[i]) / plot.scale, box = byId("plot-box");
  ring.style.left = x + "px"; ring.style.top = y + "px";
  const left = x + 16 + card.offsetWidth > box.clientWidth ? x - 16 - card.offsetWidth : x + 16;
  card.style.left = Math.max(4, left) + "px";
  card.style.top = Math.max(4, Math.min(y - 16, box.clientHeight - card.offsetHeight - 4)) + "px";
}
plot.canvas.addEventListener("pointermove", (event) => { if (event.pointerType !== "touch") hover(event); });
plot.canvas.addEventListener("pointerdown", (event) => { if (event.pointerType !== "touch") hover(event); });
plot.canvas.addEventListener("pointerup", (event) => { if (event.pointerType === "touch") hover(event); });
plot.canvas.addEventListener("pointerleave", (event) => { if (event.pointerType !== "touch") hideCard(); });

/* ---- Begin ---- */

new ResizeObserver(layOut).observe(byId("plot-box"));
new ResizeObserver(() => { lastPicture = ""; draw(); }).observe(timeline.canvas);
translatePage();
showRun();
showNote();
new ResizeObserver(reserveNote).observe(byId("note"));
const asked = /^#epoch-(\d+)$/.exec(location.hash); /* run.html#epoch-5 */
if (asked) state.epoch = epochAt(+asked[1]);
play(!asked && !calm.matches);
showTheme();
