/* ---- The plot: decision regions, boundary, points, axes. What plot_regions.c, plot_points.c and plot_axes.c draw ---- */

const MARGIN_STEPS = 1024, MARGIN_FULL = 6, LEVELS = 64; /* differences of scores, and the shades for them */
const ROOM = { left: 44, top: 14, right: 15, bottom: 29 };

const plot = {
  canvas: document.getElementById("plot"),
  width: 0, height: 0, scale: 1, theme: null,  /* pixels; pixels of the canvas for one of the page */
  area: null, camera: null, marks: null, image: null, pixels: null, field: null, colors: null,
};

/* Pixels per unit and the centre, so that all points are shown with a margin (camera.c). */
function fitCamera(area, scale) {
  const [x0, x1] = extentOf([points.x]), [y0, y1] = extentOf([points.y]);
  let width = x1 - x0, height = y1 - y0;
  if (!(width > 0) && !(height > 0)) width = height = Math.max(2, Math.max(Math.abs(x0), Math.abs(y0)) * 1e-3);
  const usable = (side) => Math.max(side - 2 * Math.max(side * 0.045, Math.min(8, side / 8)), 1);
  const across = width > 0 ? usable(area.w) / width : Infinity, down = height > 0 ? usable(area.h) / height : Infinity;
  const alike = Math.min(across, down);
  return { x: x0 + (x1 - x0) / 2, y: y0 + (y1 - y0) / 2, scaleX: run.fill ? across : alike, scaleY: run.fill ? down : alike,
           middleX: area.x + area.w / 2, middleY: area.y + area.h / 2, scale };
}
const screenX = (x) => (x - plot.camera.x) * plot.camera.scaleX + plot.camera.middleX;
const screenY = (y) => plot.camera.middleY - (y - plot.camera.y) * plot.camera.scaleY;

/* Lays the plot out anew for a size in pixels of the page, a scale and a theme. */
function layOutPlot(width, height, scale, theme) {
  const canvas = plot.canvas;
  Object.assign(plot, { width: Math.round(width * scale), height: Math.round(height * scale), scale, theme });
  canvas.width = plot.width; canvas.height = plot.height;
  const x0 = Math.ceil(ROOM.left * scale), y0 = Math.ceil(ROOM.top * scale);
  const x1 = Math.floor(plot.width - ROOM.right * scale), y1 = Math.floor(plot.height - ROOM.bottom * scale);
  plot.area = { x: x0, y: y0, w: Math.max(x1 - x0, 2), h: Math.max(y1 - y0, 2) };
  plot.camera = fitCamera(plot.area, scale);
  plot.image = new ImageData(plot.area.w, plot.area.h);
  plot.pixels = new Uint32Array(plot.image.data.buffer);
  plot.marks = makeMarks(theme, markRadius(plot.area.w * plot.area.h / scale ** 2), scale, plot.area.w);
  plot.colors = regionColors(theme);
  plot.places = placesOf(points);
  plot.testPlaces = placesOf(testPoints);
  plot.field = null;
}

/* Of each point: its pixel within the area, and which of a sprite's images lies nearest. Below 0: so near the border, or
 * so far outside, that its mark is cut there. */
function placesOf(set) {
  const { w, h, x, y } = plot.area, pixel = new Int32Array(set.count), image = new Uint8Array(set.count);
  const columns = new Int32Array(set.count), rows = new Int32Array(set.count);
  const reach = Math.ceil(plot.marks.radius * plot.scale * 2) + 3;
  for (let i = 0; i < set.count; i++) {
    const column = Math.floor((screenX(set.x[i]) - x) * SUB + 0.5), row = Math.floor((screenY(set.y[i]) - y) * SUB + 0.5);
    const px = column >> 2, py = row >> 2;
    image[i] = (row & 3) * SUB + (column & 3);
    columns[i] = px; rows[i] = py;
    pixel[i] = px >= reach && px < w - reach && py >= reach && py < h - reach ? py * w + px : -1;
  }
  return { pixel, image, columns, rows };
}

/* ---- Regions ---- */

function regionColors(theme) {
  const neutral = channels(theme.neutral), colors = new Uint32Array(classes * MARGIN_STEPS);
  for (let k = 0; k < classes; k++) {
    const region = channels(theme.region[k]);
    for (let i = 0; i < MARGIN_STEPS; i++) {
      const level = Math.round(Math.tanh((i + 0.5) * MARGIN_FULL / MARGIN_STEPS / 2) / Math.tanh(MARGIN_FULL / 2) * (LEVELS - 1));
      const [r, g, b] = neutral.map((c, j) => Math.round(c + (region[j] - c) * level / (LEVELS - 1)));
      colors[k * MARGIN_STEPS + i] = (0xff000000 | b << 16 | g << 8 | r) >>> 0;
    }
  }
  return colors;
}

/* Scores at nodes every `step` pixels, from the area's first pixel on: scores[class][row * columns + column]. */
function makeField(epoch, step) {
  const { w, h, x, y } = plot.area, camera = plot.camera;
  const columns = Math.ceil((w - 1) / step) + 1, rows = Math.ceil((h - 1) / step) + 1, nodes = columns * rows;
  const xs = new Float64Array(nodes), ys = new Float64Array(nodes);
  for (let row = 0, i = 0; row < rows; row++)
    for (let column = 0; column < columns; column++, i++) {
      xs[i] = camera.x + (x + 0.5 + column * step - camera.middleX) / camera.scaleX;
      ys[i] = camera.y - (y + 0.5 + row * step - camera.middleY) / camera.scaleY;
    }
  const parameters = parametersOf(epoch), scores = [];
  for (let k = 0; k < classes; k++) scores.push(new Float32Array(nodes));
  for (let first = 0; first < nodes; first += BLOCK) {
    const n = Math.min(BLOCK, nodes - first), out = scoresOf(parameters, xs, ys, first, n);
    for (let k = 0; k < classes; k++) for (let i = 0; i < n; i++) scores[k][first + i] = out[k * BLOCK + i];
  }
  return { epoch, step, columns, rows, scores };
}

/* One row of nodes between two rows of the field, then of pixels between the nodes. */
function spreadRow(scores, field, row, nodes, out, width) {
  const { step, columns, rows } = field, upper = Math.floor(row / step), lower = Math.min(upper + 1, rows - 1);
  const share = row % step / step, a = upper * columns, b = lower * columns;
  for (let c = 0; c < columns; c++) nodes[c] = scores[a + c] + (scores[b + c] - scores[a + c]) * share;
  nodes[columns] = nodes[columns - 1];
  for (let c = 0, x = 0; x < width; c++) {
    const slope = (nodes[c + 1] - nodes[c]) / step;
    for (let k = 0; k < step && x < width; k++, x++) out[x] = nodes[c] + slope * k;
  }
}

/* quickly: where pixels are small, every second row is the one above. */
function drawRegions(field, pixels, quickly) {
  const { w, h } = plot.area, nodes = new Float32Array(field.columns + 1), colors = plot.colors;
  const unit = MARGIN_STEPS / MARGIN_FULL, last = MARGIN_STEPS - 1;
  if (classes === 2) {
    const difference = field.scores[1].map((score, i) => score - field.scores[0][i]), line = new Float32Array(w);
    for (let row = 0, to = 0; row < h; row++) {
      if (quickly && row % 2 === 1) { pixels.copyWithin(to, to - w, to); to += w; continue; }
      spreadRow(difference, field, row, nodes, line, w);
      for (let x = 0; x < w; x++, to++) {
        const d = line[x] * unit;
        pixels[to] = d > 0 ? colors[MARGIN_STEPS + (d < last ? d | 0 : last)] : colors[d > -last ? -d | 0 : last];
      }
    }
    return;
  }
  const lines = field.scores.map(() => new Float32Array(w));
  for (let row = 0, to = 0; row < h; row++) {
    if (quickly && row % 2 === 1) { pixels.copyWithin(to, to - w, to); to += w; continue; }
    lines.forEach((line, k) => spreadRow(field.scores[k], field, row, nodes, line, w));
    for (let x = 0; x < w; x++, to++) {
      let best = -Infinity, second = -Infinity, at = 0;
      for (let k = 0; k < classes; k++) {
        const score = lines[k][x];
        if (score > best) { second = best; best = score; at = k; } else if (score > second) second = score;
      }
      const d = (best - second) * unit;
      pixels[to] = colors[at * MARGIN_STEPS + (d < last ? d | 0 : last)];
    }
  }
}

/* ---- Boundary ---- */

/* Adds to the path where two classes' scores are alike and above all others', cell by cell. */
function traceBoundary(field, path) {
  const { columns, rows, scores, step } = field, { x, y } = plot.area;
  const top = new Uint8Array(columns * rows);
  for (let i = 0; i < top.length; i++) for (let k = 1; k < classes; k++) if (scores[k][i] > scores[top[i]][i]) top[i] = k;
  for (let row = 0; row + 1 < rows; row++)
    for (let column = 0; column + 1 < columns; column++) {
      const i = row * columns + column, corners = [i, i + 1, i + columns + 1, i + columns];
      const a = top[i], b = top[corners[1]], c = top[corners[2]], d = top[corners[3]];
      if (a === b && b === c && c === d) continue;
      const here = [...new Set([a, b, c, d])].sort((p, q) => p - q);
      const put = (u, v, u2, v2) => {
        path.moveTo(x + 0.5 + step * (column + u), y + 0.5 + step * (row + v));
        path.lineTo(x + 0.5 + step * (column + u2), y + 0.5 + step * (row + v2));
      };
      for (let p = 0; p < here.length; p++)
        for (let q = p + 1; q < here.length; q++) crossCell(scores, corners, here, here[p], here[q], put);
    }
}

/* The line through a cell where p and q are alike, where no other class there is above them. */
function crossCell(scores, corners, here, p, q, put) {
  const d = corners.map((i) => scores[p][i] - scores[q][i]), ends = [];
  for (let e = 0; e < 4; e++) {
    const from = d[e], to = d[(e + 1) % 4];
    if ((from > 0) === (to > 0)) continue;
    const share = from / (from - to);
    ends.push([[share, 0], [1, share], [1 - share, 1], [0, 1 - share]][e]);
  }
  if (ends.length === 4) { /* a saddle: as the middle has it */
    const middle = (d[0] + d[1] + d[2] + d[3]) / 4 > 0;
    if (middle === d[0] > 0) ends.push(ends.shift());
  }
  for (let i = 0; i + 1 < ends.length; i += 2) {
    const [[u, v], [u2, v2]] = [ends[i], ends[i + 1]];
    if (here.length === 2) { put(u, v, u2, v2); continue; }
    const at = (k, s, t) => { const [a, b, c, e] = corners.map((n) => scores[k][n]); return (a * (1 - s) + b * s) * (1 - t) + (e * (1 - s) + c * s) * t; };
    for (let part = 0; part < 8; part++) {
      const s = (part + 0.5) / 8, mu = u + (u2 - u) * s, mv = v + (v2 - v) * s;
      if (here.every((k) => k === p || k === q || at(k, mu, mv) <= at(p, mu, mv)))
        put(u + (u2 - u) * part / 8, v + (v2 - v) * part / 8, u + (u2 - u) * (part + 1) / 8, v + (v2 - v) * (part + 1) / 8);
    }
  }
}

function drawBoundary(context, field) {
  const path = new Path2D(), { theme, scale } = plot;
  traceBoundary(field, path);
  context.lineCap = "round";
  for (const [width, color, alpha] of [[4, theme.neutral, 0.5], [2, theme.boundary, 1]]) {
    context.globalAlpha = alpha; context.strokeStyle = color; context.lineWidth = width * scale;
    context.stroke(path);
  }
  context.globalAlpha = 1;
}

/* ---- Points ---- */

const stepOf = (v) => Math.min(V_STEPS, Math.floor(v / weightLimit * V_STEPS + 0.5));

function drawMark(images, places, i) {
  const { w, h } = plot.area, image = images[places.image[i]];
  if (places.pixel[i] >= 0) drawSprite(plot.pixels, image, places.pixel[i]);
  else drawSpriteWithin(plot.pixels, image, places.columns[i], places.rows[i], w, h);
}

/* Hard points below the easy ones, or, where the last few are ringed, above. */
function drawPoints(v, rings) {
  const { marks, places, testPlaces } = plot, label = points.label;
  for (let i = 0; i < testPoints.count; i++) drawMark(marks.test[testPoints.label[i]], testPlaces, i);
  for (const easy of rings ? [true, false] : [false, true])
    for (let i = 0; i < v.length; i++) {
      if (v[i] > 0 !== easy) continue;
      const k = label[i], step = easy && softWeights ? stepOf(v[i]) : V_STEPS;
      const sprite = !easy ? marks.hard[k] : step >= V_STEPS ? marks.easy[k] : marks.soft[k][step > 0 ? step - 1 : 0];
      drawMark(sprite, places, i);
    }
}

function drawRings(context, v) {
  const { theme, scale, marks } = plot, radius = Math.max(7, marks.radius + 4) * scale;
  for (const [width, color, alpha] of [[4, theme.neutral, 0.6], [2, theme.ring, 1]]) {
    context.globalAlpha = alpha; context.strokeStyle = color; context.lineWidth = width * scale;
    for (let i = 0; i < v.length; i++) {
      if (v[i] > 0) continue;
      context.beginPath();
      context.arc(screenX(points.x[i]), screenY(points.y[i]), radius, 0, 7);
      context.stroke();
    }
  }
  context.globalAlpha = 1;
}

/* Clean points: a flag on a pole whose foot is the point. */
function drawFlags(context) {
  const { theme, scale } = plot;
  for (let i = 0; i < cleanPoints.count; i++) {
    const x = screenX(cleanPoints.x[i]), y = screenY(cleanPoints.y[i]), u = 2.6 * scale;
    context.beginPath();
    context.moveTo(x, y); context.lineTo(x, y - 4 * u); context.lineTo(x + 2.6 * u, y - 4 * u); context.lineTo(x + 1.9 * u, y - 3.1 * u);
    context.lineTo(x + 2.6 * u, y - 2.2 * u); context.lineTo(x, y - 2.2 * u);
    context.fillStyle = theme.fill[cleanPoints.label[i]]; context.fill();
    context.strokeStyle = theme.text; context.lineWidth = scale; context.stroke();
  }
}

/* ---- Axes ---- */

const MINUS = "−";
const withMinus = (text) => /^-[0.]*$/.test(text) ? text.slice(1) : text.replace(/^-/, MINUS).replace(/e-/, "e" + MINUS);

/* Ticks of values between low and high: 1, 2, 3 or 5 times a power of ten apart. Numbers that are too wide are told as n in
 * "base + n · 10^e". */
function layOutAxis(low, high, pixels, spacing, step) {
  step = step || bestStep(low, high, pixels, spacing);
  const exponent = Math.floor(Math.log10(step * 1.0001)), decimals = Math.min(12, Math.max(0, -exponent));
  const first = Math.ceil(low / step), count = Math.min(64, Math.floor(high / step) - first + 1), ticks = [];
  const widestText = Math.max(low.toFixed(decimals).length, high.toFixed(decimals).length);
  const relative = widestText > 7 || exponent < -12;
  const base = relative && Math.max(Math.abs(low), Math.abs(high)) > 20 * (high - low) ? first + Math.floor(count / 2) : 0;
  for (let i = 0; i < count; i++)
    ticks.push({ value: (first + i) * step, text: withMinus(relative ? Math.round((first + i - base) * step / 10 ** exponent).toFixed(0) : ((first + i) * step).toFixed(decimals)) });
  const raised = [...String(exponent)].map((d) => d === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[d]).join("");
  const start = base !== 0 ? withMinus(String(+(base * step).toPrecision(15))) + " + " : "";
  return { step, ticks, note: relative ? `${start}n${exponent !== 0 ? " · 10" + raised : ""}` : "" };
}

function bestStep(low, high, pixels, spacing) {
  const aim = spacing * (high - low) / pixels, middle = Math.floor(Math.log10(aim));
  let best = 0, least = Infinity;
  for (let e = middle - 1; e <= middle + 1; e++)
    for (const digit of [1, 2, 3, 5]) {
      const step = digit * 10 ** e, count = Math.floor(high / step) - Math.ceil(low / step) + 1;
      const bad = Math.abs(Math.log(step / aim)) + (digit === 3 ? 0.02 : 0) + Math.max(0, 3 - count) + Math.max(0, count - 8);
      if (bad < least) { least = bad; best = step; }
    }
  return best;
}

function drawAxes(context) {
  const { area, camera, scale, theme } = plot, [ox, oy] = run.origin;
  const x0 = camera.x + (area.x - camera.middleX) / camera.scaleX, x1 = camera.x + (area.x + area.w - camera.middleX) / camera.scaleX;
  const y0 = camera.y - (area.y + area.h - camera.middleY) / camera.scaleY, y1 = camera.y - (area.y - camera.middleY) / camera.scaleY;
  if (!(x1 > x0) || !(y1 > y0)) return;
  const spacing = Math.min(105, Math.max(48, Math.min(area.w, area.h) / scale / 3.2));
  const y = layOutAxis(oy + y0, oy + y1, area.h / scale, spacing);
  const x = layOutAxis(ox + x0, ox + x1, area.w / scale, spacing, run.fill ? 0 : y.step);
  const font = (weight) => `${weight} ${11 * scale}px Roboto, system-ui, sans-serif`;
  const nameX = run.axes[0] + (x.note && ": " + x.note), nameY = run.axes[1] + (y.note && ": " + y.note);
  context.fillStyle = theme.muted; context.font = font(400);
  context.textAlign = "center"; context.textBaseline = "top";
  const room = { x: area.x + area.w - (Math.min(context.measureText(nameX).width, area.w / 2) + 10 * scale) };
  for (const tick of x.ticks) {
    const at = Math.floor((tick.value - ox - camera.x) * camera.scaleX + camera.middleX), half = context.measureText(tick.text).width / 2;
    context.fillRect(at, area.y + area.h, Math.max(1, Math.floor(scale)), 4 * scale);
    if (at + half < room.x && at - half > 0) context.fillText(tick.text, at, area.y + area.h + 8 * scale);
  }
  context.textAlign = "right"; context.textBaseline = "middle";
  for (const tick of y.ticks) {
    const at = Math.floor(camera.middleY - (tick.value - oy - camera.y) * camera.scaleY);
    context.fillRect(area.x - 4 * scale, at, 4 * scale, Math.max(1, Math.floor(scale)));
    if (at > area.y + 22 * scale) context.fillText(tick.text, area.x - 8 * scale, at);
  }
  context.fillStyle = theme.text; context.font = font(600);
  context.textBaseline = "top";
  context.fillText(nameX, area.x + area.w, area.y + area.h + 8 * scale, area.w / 2);
  const wide = context.measureText(nameY).width > 32 * scale;
  context.textAlign = wide ? "left" : "right"; context.textBaseline = wide ? "bottom" : "top";
  context.fillText(nameY, wide ? area.x : area.x - 8 * scale, wide ? area.y - scale : area.y, area.w / 2);
}

/* ---- All of it ---- */

/* The last hard points are ringed: few of them, and not most of a small set. */
const areFew = (hard) => hard > 0 && hard <= 50 && 5 * hard <= points.count;

/* Pixels between the field's nodes: fewer of them while things move, so that a picture takes a few milliseconds. */
function fieldStep(moving) {
  if (run.model.sizes.length === 2 && classes === 2) return 4; /* a plane is exact on few nodes */
  const work = plot.area.w * plot.area.h * parameterCount; /* products at one node a pixel */
  const most = moving ? 5e6 : 2.4e8;
  return Math.min(16, Math.max(moving ? 3 : 1, Math.ceil(Math.sqrt(work / most))));
}

/* Draws an epoch with these weights. moving: quickly. */
function drawPlot(epoch, v, moving) {
  const context = plot.canvas.getContext("2d", { alpha: false }), { area, theme, pixels, scale } = plot;
  const finite = isFinished(parametersOf(epoch)), step = fieldStep(moving);
  context.fillStyle = theme.card;
  context.fillRect(0, 0, plot.width, plot.height);
  if (finite && !(plot.field && plot.field.epoch === epoch && plot.field.step <= step)) {
    plot.field = makeField(epoch, step);
    plot.ground = null;
  }
  if (!finite) {
    const [r, g, b] = channels(theme.neutral);
    pixels.fill((0xff000000 | b << 16 | g << 8 | r) >>> 0);
  } else if (plot.ground) {
    pixels.set(plot.ground); /* the same regions under other points */
  } else {
    drawRegions(plot.field, pixels, moving && scale >= 2);
    if (!moving) plot.ground = pixels.slice();
  }
  let hard = 0;
  for (let i = 0; i < v.length; i++) hard += v[i] > 0 ? 0 : 1;
  const rings = areFew(hard);
  drawPoints(v, rings);
  context.putImageData(plot.image, area.x, area.y);
  context.save();
  context.beginPath(); context.rect(area.x, area.y, area.w, area.h); context.clip();
  if (finite) drawBoundary(context, plot.field);
  if (rings) drawRings(context, v);
  drawFlags(context);
  const edge = Math.max(1, Math.floor(scale));
  context.strokeStyle = theme.frame; context.lineWidth = edge;
  context.strokeRect(area.x + edge / 2, area.y + edge / 2, area.w - edge, area.h - edge);
  context.restore();
  drawAxes(context);
}

/* The point under a place of the page within so many of its pixels, or -1. Easy ones lie above. */
function pointAt(x, y, v, reach) {
  let found = -1, least = reach * reach, easy = false;
  for (let i = 0; i < points.count; i++) {
    const dx = screenX(points.x[i]) / plot.scale - x, dy = screenY(points.y[i]) / plot.scale - y, d = dx * dx + dy * dy;
    if (d < least || (d === least && v[i] > 0 && !easy)) { least = d; found = i; easy = v[i] > 0; }
  }
  return found;
}
