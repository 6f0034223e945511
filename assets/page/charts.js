/* ---- Timeline and histogram ---- */

/* A canvas at the screen's resolution, cleared, with one unit a pixel of the page. */
function openCanvas(canvas, theme) {
  const scale = Math.min(window.devicePixelRatio || 1, 3), width = canvas.clientWidth, height = canvas.clientHeight;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale); canvas.height = Math.round(height * scale);
  }
  const context = canvas.getContext("2d");
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.fillStyle = theme.card;
  context.fillRect(0, 0, width, height);
  context.font = "11px Roboto, system-ui, sans-serif";
  return { context, width, height };
}

function put(context, text, x, y, color, align = "left", bold = false) {
  context.fillStyle = color; context.textAlign = align; context.textBaseline = "middle";
  context.font = `${bold ? 600 : 400} 11px Roboto, system-ui, sans-serif`;
  context.fillText(text, x, y);
}

/* ---- Timeline ---- */

const timeline = { canvas: document.getElementById("timeline"), left: 46, right: 118, foot: 20 };

function timelineX(epoch) {
  const width = timeline.canvas.clientWidth - timeline.left - timeline.right;
  const [first, last] = [epochs.epoch[0], epochs.epoch[epochs.count - 1]];
  return timeline.left + (last > first ? (epochs.epoch[epoch] - first) / (last - first) : 0.5) * width;
}

/* The epoch nearest to a place. */
function timelineEpoch(x) {
  let best = 0;
  for (let i = 1; i < epochs.count; i++) if (Math.abs(timelineX(i) - x) <= Math.abs(timelineX(best) - x)) best = i;
  return best;
}

function curve(context, values, place, color, dash = []) {
  context.strokeStyle = color; context.lineWidth = 2; context.lineJoin = "round"; context.setLineDash(dash);
  context.beginPath();
  let open = false;
  values.forEach((value, i) => {
    const y = value === null ? NaN : place(value);
    if (!Number.isFinite(y)) { open = false; return; }
    if (open) context.lineTo(timelineX(i), y); else context.moveTo(timelineX(i), y);
    open = true;
  });
  context.stroke();
  context.setLineDash([]);
  context.fillStyle = color;
  if (epochs.count > 40) return;
  values.forEach((value, i) => {
    const y = value === null ? NaN : place(value);
    if (!Number.isFinite(y)) return;
    context.beginPath(); context.arc(timelineX(i), y, 2.5, 0, 7); context.fill();
  });
}

/* Names at the right, none over another. */
function names(context, entries, x, top, bottom) {
  const rows = entries.filter((e) => Number.isFinite(e.y)).sort((a, b) => a.y - b.y);
  let next = top + 6;
  for (const e of rows) { e.at = Math.max(e.y, next); next = e.at + 13; }
  for (let i = rows.length - 1, most = bottom - 6; i >= 0; i--) { rows[i].at = Math.min(rows[i].at, most); most = rows[i].at - 13; }
  for (const e of rows) put(context, e.text, x, e.at, e.color, "left", true);
}

function drawTimeline(state, theme) {
  const { context, width, height } = openCanvas(timeline.canvas, theme);
  const { left, right, foot } = timeline, end = width - right, floor = height - foot;
  const middle = Math.round(8 + (floor - 8) * 0.56), upper = { top: 8, bottom: middle - 6 }, lower = { top: middle + 6, bottom: floor };
  const now = timelineX(state.epoch), e = state.epoch;
  context.fillStyle = theme.past;
  context.fillRect(left, 2, Math.max(0, now - left), floor - 2);
  const positive = [...(rule.byThreshold ? epochs.threshold : []), ...epochs.loss].filter((value) => value > 0 && Number.isFinite(value));
  const low = Math.log(Math.min(...positive, Infinity)), high = Math.log(Math.max(...positive, 0));
  const share = (value) => upper.bottom - value * (upper.bottom - upper.top);
  const log = (value) => value > 0 ? (high > low ? lower.bottom - 2 - (Math.log(value) - low) / (high - low) * (lower.bottom - lower.top - 4) : (lower.top + lower.bottom) / 2) : NaN;
  context.fillStyle = theme.line;
  for (const y of [upper.top, upper.bottom, lower.bottom]) context.fillRect(left, Math.round(y), end - left, 1);
  put(context, "100 %", left - 8, upper.top + 3, theme.muted, "right");
  put(context, "0", left - 8, upper.bottom - 3, theme.muted, "right");
  if (positive.length > 0) {
    put(context, figure(Math.exp(high)), left - 8, lower.top + 4, theme.muted, "right");
    if (lower.bottom - lower.top > 26) put(context, figure(Math.exp(low)), left - 8, lower.bottom - 5, theme.muted, "right");
  }
  const easy = epochs.easy.map((n) => n / points.count);
  const hasTest = epochs.testAccuracy.some((value) => value !== null);
  curve(context, epochs.accuracy, share, theme.curveAccuracy);
  if (hasTest) curve(context, epochs.testAccuracy, share, theme.curveAccuracy, [3, 4]);
  curve(context, easy, share, theme.curveEasy);
  curve(context, epochs.loss, log, theme.curveLoss);
  if (rule.byThreshold) curve(context, epochs.threshold, log, theme.curveThreshold);
  const at = end + 10, shown = (value, place) => value === null ? NaN : place(value);
  const ends = epochs.count - 1; /* names stand where the curves end, with the values of the epoch on show */
  names(context, [{ text: tr(ofOrder("easy {0}", "in use {0}"), percent(easy[e])), y: share(easy[ends]), color: theme.curveEasy },
                  { text: tr("accuracy {0}", percent(epochs.accuracy[e])), y: shown(epochs.accuracy[ends], share), color: theme.curveAccuracy },
                  { text: tr("test {0}", percent(epochs.testAccuracy[e])), y: hasTest ? shown(epochs.testAccuracy[ends], share) : NaN, color: theme.curveAccuracy }], at, upper.top - 6, upper.bottom + 4);
  names(context, [{ text: tr("loss {0}", figure(epochs.loss[e])), y: shown(epochs.loss[ends], log), color: theme.curveLoss },
                  { text: `λ ${figure(epochs.threshold[e])}`, y: rule.byThreshold ? log(epochs.threshold[ends]) : NaN, color: theme.curveThreshold }], at, lower.top - 4, lower.bottom + 6);
  drawEpochs(context, state, theme, floor, end);
}

/* The first epoch, and those nearest to multiples of a round number, of those that are in the page. */
function numberedEpochs(width) {
  const first = epochs.epoch[0], last = epochs.epoch[epochs.count - 1], shown = [0];
  const every = niceStep((last - first) / Math.max(1, Math.floor(width / 56)));
  for (let number = Math.ceil(first / every) * every, i = 0; number <= last; number += every) {
    while (i + 1 < epochs.count && Math.abs(epochs.epoch[i + 1] - number) <= Math.abs(epochs.epoch[i] - number)) i++;
    if (timelineX(i) - timelineX(shown[shown.length - 1]) > 14) shown.push(i);
    else if (shown.length === 1) shown[0] = i; /* rather than the first */
  }
  return shown;
}

/* Numbers of epochs, notes, and the grip at the one on show. */
function drawEpochs(context, state, theme, floor, end) {
  const now = timelineX(state.epoch), label = String(epochs.epoch[state.epoch]);
  const pill = Math.max(22, label.length * 7 + 12), y = floor + 10;
  put(context, tr("epoch"), timeline.left - 8, y, theme.muted, "right");
  for (const i of numberedEpochs(end - timeline.left)) {
    const x = timelineX(i);
    if (Math.abs(x - now) > pill / 2 + 10) put(context, String(epochs.epoch[i]), x, y, theme.muted, "center");
  }
  for (const note of run.notes) {
    const x = timelineX(epochAt(note.epoch));
    context.fillStyle = theme.warn;
    context.beginPath(); context.moveTo(x - 5, 0); context.lineTo(x + 5, 0); context.lineTo(x, 7); context.fill();
  }
  context.fillStyle = theme.text;
  context.fillRect(Math.round(now) - 1, 2, 2, floor - 2);
  context.beginPath(); context.roundRect(now - pill / 2, floor + 1, pill, 18, 9); context.fill();
  put(context, label, now, y + 0.5, theme.card, "center", true);
}

function niceStep(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].find((digit) => digit * power >= value) * power;
}

/* ---- Histogram ---- */

const histogram = { canvas: document.getElementById("histogram"), low: 1e-6, high: 100, bins: 96, left: 8, right: 8, top: 20, foot: 18 };

const binOf = (loss) => !(loss >= histogram.low) ? 0 : Math.min(histogram.bins, 1 + Math.floor(Math.log(loss / histogram.low) / Math.log(histogram.high / histogram.low) * histogram.bins));
const histogramX = (loss) => histogram.left + Math.min(1, Math.max(0, Math.log(loss / histogram.low) / Math.log(histogram.high / histogram.low))) * (histogram.canvas.clientWidth - histogram.left - histogram.right);
const histogramLoss = (x) => histogram.low * (histogram.high / histogram.low) ** Math.min(1, Math.max(0, (x - histogram.left) / (histogram.canvas.clientWidth - histogram.left - histogram.right)));

/* Points of each class in each bin, easy and hard. */
function countBins(loss, v) {
  const counts = new Uint32Array((histogram.bins + 1) * classes * 2);
  for (let i = 0; i < loss.length; i++) counts[(binOf(loss[i]) * classes + points.label[i]) * 2 + (v[i] > 0 ? 0 : 1)]++;
  return counts;
}

function drawHistogram(state, v, theme) {
  const { context, width, height } = openCanvas(histogram.canvas, theme);
  const { left, right, top, foot, bins } = histogram, floor = height - foot, counts = countBins(losses(state.epoch), v);
  let most = 1;
  for (let bin = 0; bin <= bins; bin++) {
    let sum = 0;
    for (let j = 0; j < classes * 2; j++) sum += counts[bin * classes * 2 + j];
    if (bin > 0) most = Math.max(most, sum); /* the first bin has no lower end: it may be cut */
  }
  const pitch = (width - left - right) / bins, hard = theme.hardEdge.map((color) => mixed(theme.card, color, 0.45));
  for (let bin = 0; bin <= bins; bin++) {
    let y = floor;
    const x = left + Math.max(0, bin - 1) * pitch;
    for (let j = 0; j < 2; j++)
      for (let k = 0; k < classes; k++) {
        const count = counts[(bin * classes + k) * 2 + j];
        if (count === 0) continue;
        const h = Math.min(count / most * (floor - top - 2), y - top + 2);
        context.fillStyle = j === 0 ? theme.fill[k] : hard[k];
        context.fillRect(x, y - h, Math.max(1, pitch - 0.5), h);
        y -= h;
      }
  }
  context.fillStyle = theme.line;
  context.fillRect(left, floor, width - left - right, 1);
  for (const [loss, text] of [[1e-6, "≤ 1e−6"], [1e-4, "1e−4"], [0.01, "0.01"], [1, "1"], [100, "100"]])
    put(context, text, histogramX(loss), floor + 10, theme.muted, loss === 1e-6 ? "left" : loss === 100 ? "right" : "center");
  if (!rule.byThreshold) return;
  const recorded = epochs.threshold[state.epoch];
  if (state.whatIf !== null) thresholdLine(context, recorded, theme.muted, "", floor, width, true);
  thresholdLine(context, state.whatIf ?? recorded, state.whatIf === null ? theme.text : theme.warn,
                state.whatIf === null ? "λ " + figure(recorded) : tr("what if λ {0}", figure(state.whatIf)), floor, width, false);
}

function thresholdLine(context, threshold, color, text, floor, width, dashed) {
  const x = histogramX(threshold);
  context.strokeStyle = color; context.lineWidth = 2; context.setLineDash(dashed ? [3, 3] : []);
  context.beginPath(); context.moveTo(x, histogram.top - 4); context.lineTo(x, floor); context.stroke();
  context.setLineDash([]);
  if (!text) return;
  context.fillStyle = color;
  context.beginPath(); context.arc(x, floor, 6, 0, 7); context.fill();
  context.font = "600 11px Roboto, system-ui, sans-serif";
  const half = context.measureText(text).width / 2;
  put(context, text, Math.min(width - half - 2, Math.max(half + 2, x)), 8, color, "center", true);
}
