"use strict";
/* ---- The run, and what the model says of it: scores, losses, weights. app/io/page_data.h has the format. ---- */

const run = JSON.parse(document.getElementById("run").textContent);

/* The language's words for the English ones, {0}, {1} ... being the values. app/io/page_words.c lists them all. */
const tr = (text, ...values) => (run.words[text] ?? text).replace(/\{(\d)\}/g, (_, i) => values[i]);

function bytesOf(text) {
  const raw = atob(text), bytes = new Uint8Array(raw.length);
  for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
  return bytes;
}
const floatsOf = (text) => new Float32Array(bytesOf(text).buffer);
const wordsOf = (text) => new Uint32Array(bytesOf(text).buffer);

function pointsOf(set) {
  return { count: set.count, x: floatsOf(set.x), y: floatsOf(set.y), label: bytesOf(set.label) };
}
const points = Object.assign(pointsOf(run.points), {
  admitted: wordsOf(run.points.admitted),
  row: run.points.row ? wordsOf(run.points.row) : null,
  truth: run.points.truth ? bytesOf(run.points.truth) : null,
});
const testPoints = pointsOf(run.test), cleanPoints = pointsOf(run.clean);
const epochs = Object.assign(run.epochs, { count: run.epochs.epoch.length, bits: bytesOf(run.easy), parameters: floatsOf(run.parameters) });
const classes = run.classes.length, rule = run.rule;
const bitBytes = Math.ceil(points.count / 8), parameterCount = epochs.parameters.length / epochs.count;
delete run.easy; delete run.parameters; delete run.points; delete run.test; delete run.clean;

const parametersOf = (epoch) => epochs.parameters.subarray(epoch * parameterCount, (epoch + 1) * parameterCount);
const wasEasy = (epoch, i) => epochs.bits[epoch * bitBytes + (i >> 3)] >> (i & 7) & 1;
const isFinished = (parameters) => parameters.every(Number.isFinite);

/* ---- The model ---- */

/* To a few ulps of float32: a rational function, several times faster than Math.tanh (Eigen has it). */
function fastTanh(z) {
  z = z < -7.90531110763549805 ? -7.90531110763549805 : z > 7.90531110763549805 ? 7.90531110763549805 : z;
  const q = z * z;
  const p = ((((((-2.76076847742355e-16 * q + 2.00018790482477e-13) * q - 8.60467152213735e-11) * q + 5.12229709037114e-08) * q
    + 1.48572235717979e-05) * q + 6.37261928875436e-04) * q + 4.89352455891786e-03) * z;
  return p / (((1.19825839466702e-06 * q + 1.18534705686654e-04) * q + 2.26843463243900e-03) * q + 4.89352518554385e-03);
}

const BLOCK = 256; /* points that go through the layers together */
const widest = Math.max(...run.model.sizes);
const layerIn = new Float64Array(widest * BLOCK), layerOut = new Float64Array(widest * BLOCK);

/* Scores of n <= BLOCK positions: out[class * BLOCK + i]. The result is one of two arrays that are used again. */
function scoresOf(parameters, x, y, first, n) {
  const { sizes, activation, shift, divisor } = run.model;
  let below = layerIn, above = layerOut, at = 0;
  for (let i = 0; i < n; i++) {
    below[i] = shift ? Math.fround((x[first + i] - shift[0]) / divisor[0]) : x[first + i];
    below[BLOCK + i] = shift ? Math.fround((y[first + i] - shift[1]) / divisor[1]) : y[first + i];
  }
  for (let l = 1; l < sizes.length; l++) {
    const inputs = sizes[l - 1], units = sizes[l], biases = at + inputs * units, hidden = l + 1 < sizes.length;
    for (let o = 0; o < units; o++) {
      const to = o * BLOCK, bias = parameters[biases + o];
      for (let i = 0; i < n; i++) above[to + i] = bias;
      let k = 0;
      for (; k + 4 <= inputs; k += 4) { /* four at a time: half as fast one by one */
        const w = at + o * inputs + k, a = parameters[w], b = parameters[w + 1], c = parameters[w + 2], d = parameters[w + 3];
        const p = k * BLOCK, q = p + BLOCK, r = q + BLOCK, s = r + BLOCK;
        for (let i = 0; i < n; i++) above[to + i] += a * below[p + i] + b * below[q + i] + c * below[r + i] + d * below[s + i];
      }
      for (; k < inputs; k++) {
        const weight = parameters[at + o * inputs + k], from = k * BLOCK;
        for (let i = 0; i < n; i++) above[to + i] += weight * below[from + i];
      }
      if (hidden && activation === "relu") for (let i = 0; i < n; i++) above[to + i] = above[to + i] > 0 ? above[to + i] : 0;
      else if (hidden) for (let i = 0; i < n; i++) above[to + i] = fastTanh(above[to + i]);
    }
    at = biases + units;
    [below, above] = [above, below];
  }
  return below;
}

/* Negative log-likelihood of each point's label, as float32, as the program compares them. */
function lossesOf(parameters, set) {
  const losses = new Float32Array(set.count);
  for (let first = 0; first < set.count; first += BLOCK) {
    const n = Math.min(BLOCK, set.count - first), scores = scoresOf(parameters, set.x, set.y, first, n);
    for (let i = 0; i < n; i++) losses[first + i] = lossOf(scores, i, set.label[first + i]);
  }
  return losses;
}

/* Small losses keep their digits: ln(1 + what the other classes have). */
function lossOf(scores, i, label) {
  const own = scores[label * BLOCK + i];
  let most = own, others = 0;
  for (let k = 0; k < classes; k++) most = scores[k * BLOCK + i] > most ? scores[k * BLOCK + i] : most;
  for (let k = 0; k < classes; k++) others += k === label ? 0 : Math.exp(scores[k * BLOCK + i] - most);
  return most === own ? Math.log1p(others) : Math.log(others + Math.exp(own - most)) + most - own;
}

/* Losses of epochs that were looked at, the latest ones: at most 64 MB. */
const lossCache = new Map(), LOSSES_KEPT = Math.max(2, Math.floor(64e6 / (4 * points.count)));
function losses(epoch) {
  let found = lossCache.get(epoch);
  if (!found) {
    found = lossesOf(parametersOf(epoch), points);
    if (lossCache.size >= LOSSES_KEPT) lossCache.delete(lossCache.keys().next().value);
    lossCache.set(epoch, found);
  }
  return found;
}

/* ---- From losses to weights v: the formulas of core/curriculum.h ---- */

const thresholdLimit = rule.regularizer === "log" ? 1 - 2 ** -20 : Infinity;
const weightLimit = rule.regularizer === "superloss" ? Math.E : 1;
const softWeights = rule.regularizer !== "hard" && rule.order !== "all";

/* Whether every point keeps some weight, whatever its loss: none is ever hard. */
const neverZero = rule.order !== "all" && ["logistic", "exponential", "superloss"].includes(rule.regularizer);

/* u >= 0 with (u - 1) e^u + 1 = q. */
function superlossU(q) {
  if (!(q > 0) || q === Infinity) return q > 0 ? q : 0;
  let u = q < 2 ? Math.sqrt(2 * q) : 1 + Math.log1p((q - 1) / Math.E);
  for (let i = 0; i < 12; i++) u -= (u * Math.exp(u) - Math.expm1(u) - q) / (u * Math.exp(u));
  return u;
}

/* v of a loss at a threshold, before the order turns it. */
const WEIGHTS = {
  linear: (l, t) => l < t ? 1 - l / t : 0,
  log: (l, t) => l < t ? Math.log(l + 1 - t) / Math.log(1 - t) : 0,
  mixture: (l, t) => t > 0 && l <= t / 2 ? 1 : l < t ? t / l - 1 : 0,
  polynomial: (l, t) => l < t ? (1 - l / t) ** (1 / (rule.power - 1)) : 0,
  logistic: (l, t) => (1 + Math.exp(-t)) / (1 + Math.exp(l - t)),
  exponential: (l, t) => t > 0 ? Math.exp(-l / t) : 0,
};

function weightOf(loss, threshold) {
  if (rule.order === "all") return 1;
  const hard = rule.order === "hard", t = Math.fround(Math.min(threshold, thresholdLimit));
  if (rule.regularizer === "hard") return (hard ? loss > t : loss < t) ? 1 : 0;
  if (rule.regularizer === "superloss") {
    const clear = 2 * rule.superlossLambda / Math.E;
    const q = hard ? (t + clear - loss) / clear : (loss - t + clear) / clear;
    return Number.isNaN(loss) ? 0 : Math.min(Math.E, Math.exp(1 - superlossU(q)));
  }
  const v = Number.isNaN(loss) ? 0 : Math.min(1, Math.max(0, WEIGHTS[rule.regularizer](loss, t)));
  return Math.fround(hard ? 1 - v : v);
}

/* SPLD: what is added to each point's threshold, by its rank within its group (diversity_offsets). */
function diversityOffsets(loss) {
  const cell = (value, low, high) => high > low ? Math.min(3, Math.floor((value - low) / (high - low) * 4)) : 0;
  const [xs, ys] = [extentOf([points.x]), extentOf([points.y])];
  const groupOf = rule.groups === "grid" ? (i) => 4 * cell(points.y[i], ys[0], ys[1]) + cell(points.x[i], xs[0], xs[1]) : (i) => points.label[i];
  const order = Uint32Array.from(loss.keys()).sort((a, b) => loss[a] - loss[b] || a - b);
  const rank = new Map(), offsets = new Float32Array(loss.length);
  for (const i of order) {
    const r = (rank.get(groupOf(i)) || 0) + 1;
    rank.set(groupOf(i), r);
    offsets[i] = rule.diversity / (Math.sqrt(r) + Math.sqrt(r - 1));
  }
  return offsets;
}

function extentOf(arrays) {
  let low = Infinity, high = -Infinity;
  for (const values of arrays) for (const value of values) { low = value < low ? value : low; high = value > high ? value : high; }
  return [low, high];
}

/* v of every point as the epoch was: hard ones as recorded, soft ones as the window has them when it looks back. */
function recordedWeights(epoch) {
  const v = new Float32Array(points.count);
  const whole = epochs.weight[epoch] === epochs.easy[epoch] || !rule.byThreshold;
  const loss = whole ? null : losses(epoch), of = epochs.classThreshold[epoch];
  for (let i = 0; i < v.length; i++) {
    if (!wasEasy(epoch, i)) continue;
    v[i] = whole ? 1 : Math.max(1e-37, weightOf(loss[i], of ? of[points.label[i]] : epochs.threshold[epoch]));
  }
  return v;
}

/* Of the epoch that was asked for last: they are the same at every threshold. */
let diversity = { epoch: -1, offsets: null };
function offsetsOf(epoch) {
  if (!(rule.diversity > 0) || rule.regularizer !== "hard") return null;
  if (diversity.epoch !== epoch) diversity = { epoch, offsets: diversityOffsets(losses(epoch)) };
  return diversity.offsets;
}

/* v of every point decided anew from the epoch's losses. Where each class had a threshold of its own, all of them move in
 * proportion to their mean, which is the epoch's. */
function weightsAt(epoch, threshold) {
  const loss = losses(epoch), v = new Float32Array(points.count), offsets = offsetsOf(epoch);
  const recorded = epochs.threshold[epoch], of = recorded > 0 ? epochs.classThreshold[epoch] : null;
  for (let i = 0; i < v.length; i++) {
    const t = of ? of[points.label[i]] * (threshold / recorded) : threshold;
    v[i] = weightOf(loss[i], offsets ? t + offsets[i] : t);
  }
  return v;
}
