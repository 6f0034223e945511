/* ---- Marks of points: sprites with a fill and an edge at 4x4 places within a pixel, as the program draws them ---- */

const SUB = 4, V_STEPS = 8; /* places along each side of a pixel; steps from hollow to full */

const channels = (color) => [1, 3, 5].map((at) => parseInt(color.slice(at, at + 2), 16));
function mixed(a, b, share) {
  const [p, q] = [channels(a), channels(b)];
  return "#" + p.map((c, i) => Math.round(c + (q[i] - c) * share).toString(16).padStart(2, "0")).join("");
}

/* Adds to row[] what the edges of a polygon turn round in pixels of the row at y; the sums along it are the cover. */
function rowCover(corners, width, y, row) {
  row.fill(0);
  const n = corners.length;
  for (let i = 0; i < n; i += 2) {
    const ax = corners[i], ay = corners[i + 1], bx = corners[(i + 2) % n], by = corners[(i + 3) % n];
    const from = Math.min(Math.max(ay, y), y + 1), to = Math.min(Math.max(by, y), y + 1);
    if (from === to) continue;
    const slope = (bx - ax) / (by - ay);
    addEdge(row, width, ax + (from - ay) * slope, from, ax + (to - ay) * slope, to);
  }
  for (let x = 0, sum = 0; x < width; x++) { sum += row[x]; row[x] = Math.min(1, Math.abs(sum)); }
}

function addEdge(row, width, x0, y0, x1, y1) {
  const low = Math.min(x0, x1), high = Math.max(x0, x1);
  for (let x = Math.max(0, Math.floor(low)); x < width && x <= high; x++) { /* piece by piece between pixels' sides */
    const a = Math.max(low, x), b = Math.min(high, x + 1);
    const share = high > low ? (b - a) / (high - low) : 1, turn = (y1 - y0) * share, middle = (a + b) / 2 - x;
    row[x] += turn * (1 - middle);
    row[x + 1] += turn * middle;
    if (high === low) break;
  }
}

/* Each side moved inwards by a distance (below 0: outwards). */
function shrunk(corners, distance) {
  const n = corners.length, inner = new Float64Array(n);
  for (let i = 0; i < n; i += 2) {
    const ax = corners[i] - corners[(i + n - 2) % n], ay = corners[i + 1] - corners[(i + n - 1) % n];
    const bx = corners[(i + 2) % n] - corners[i], by = corners[(i + 3) % n] - corners[i + 1];
    const a = Math.hypot(ax, ay), b = Math.hypot(bx, by), nx = -ay / a, ny = ax / a, mx = -by / b, my = bx / b;
    const scale = distance / (1 + nx * mx + ny * my);
    inner[i] = corners[i] + (nx + mx) * scale;
    inner[i + 1] = corners[i + 1] + (ny + my) * scale;
  }
  return inner;
}

/* 16 images, each a list of the pixels that are not empty: places relative to the centre's pixel in a picture of that
 * width, premultiplied colours (lowest byte red), and what is left of the ground, 0 to 255. edge below 0: outside. */
function makeSprite(shape, widestEdge, radius, edge, fillColor, edgeColor, width) {
  const fill = channels(fillColor), rim = channels(edgeColor), images = [];
  const reach = Math.ceil(Math.max(...shape.map(Math.abs)) * radius + Math.max(0, -edge) * 2) + 1, side = 2 * reach + 2;
  const whole = new Float32Array(side + 1), inside = new Float32Array(side + 1);
  for (let place = 0; place < SUB * SUB; place++) {
    const centre = [reach + place % SUB / SUB, reach + Math.floor(place / SUB) / SUB];
    let outer = Float64Array.from(shape, (value, i) => value * radius + centre[i % 2]);
    const inner = shrunk(outer, Math.min(Math.max(edge, 0), widestEdge * radius));
    if (edge < 0) outer = shrunk(outer, edge);
    const at = [], color = [], left = [];
    for (let y = 0; y < side; y++) {
      rowCover(outer, side, y, whole);
      rowCover(inner, side, y, inside);
      for (let x = 0; x < side; x++) {
        const f = inside[x], e = Math.max(0, whole[x] - f), alpha = Math.round((f + e) * 255);
        if (alpha === 0) continue;
        const [r, g, b] = fill.map((c, i) => Math.round(c * f + rim[i] * e));
        at.push((y - reach) * width + x - reach);
        color.push((alpha << 24 | b << 16 | g << 8 | r) >>> 0);
        left.push(255 - alpha);
      }
    }
    images.push({ at: Int32Array.from(at), color: Uint32Array.from(color), left: Uint8Array.from(left) });
  }
  return images;
}

function drawSprite(pixels, image, base) {
  const { at, color, left } = image;
  for (let k = 0; k < at.length; k++) {
    const to = base + at[k], rest = left[k];
    if (rest === 0) { pixels[to] = color[k]; continue; }
    const ground = pixels[to];
    let even = Math.imul(ground & 0xff00ff, rest) + 0x800080 >>> 0, odd = Math.imul(ground >>> 8 & 0xff, rest) + 0x80;
    even = (even + (even >>> 8 & 0xff00ff)) >>> 8 & 0xff00ff;
    odd = (odd + (odd >>> 8)) & 0xff00;
    pixels[to] = (color[k] & 0xffffff) + (even | odd) | 0xff000000;
  }
}

/* A sprite of which a part lies beyond the picture's border, its centre at a place within it or not. */
function drawSpriteWithin(pixels, image, px, py, width, height) {
  const within = [], { at, color, left } = image;
  for (let k = 0; k < at.length; k++) {
    const y = Math.round(at[k] / width), x = at[k] - y * width;
    if (px + x >= 0 && px + x < width && py + y >= 0 && py + y < height) within.push(k);
  }
  const part = (list) => within.map((k) => list[k]);
  drawSprite(pixels, { at: part(at), color: part(color), left: part(left) }, py * width + px);
}

/* Half the height of a mark: more for few points and less for many (plot_sprites.c). */
function markRadius(area) {
  const radius = 2.75 * (10000 / points.count) ** 0.18 * Math.min(Math.max((area / 400000) ** 0.25, 0.75), 1.15);
  return Math.round(Math.min(Math.max(radius, 1.3), 4) * 20) / 20;
}

/* Fill and edge of soft weights' marks between hollow and full. */
function softColors(theme, k, share) {
  return [mixed(theme.hardFill, theme.fill[k], share), mixed(theme.hardEdge[k], theme.edgeOutside ? theme.fill[k] : theme.edge[k], share)];
}
const testColor = (theme, k, color) => mixed(theme.region[k], color, 0.45);

/* Sprites of all kinds of marks of the classes that have points: { easy, hard, test: [class], soft: [class][step] }. */
function makeMarks(theme, radius, scale, width) {
  const line = Math.min(0.85, radius * 0.36) * scale, side = theme.edgeOutside ? -1 : 1;
  const marks = { easy: [], hard: [], test: [], soft: [], radius };
  run.classes.forEach((c, k) => {
    const make = (size, edge, fill, rim) => makeSprite(c.shape, c.widestEdge, size * radius * scale, edge, fill, rim, width);
    if (testPoints.count > 0)
      marks.test[k] = make(0.8, Math.min(0.7, 0.8 * radius * 0.3) * scale, testColor(theme, k, theme.fill[k]), testColor(theme, k, theme.edge[k]));
    if (!c.present) return;
    marks.easy[k] = make(theme.easySize, side * line, theme.fill[k], theme.edge[k]);
    marks.hard[k] = make(theme.hardSize, line, theme.hardFill, theme.hardEdge[k]);
    marks.soft[k] = [];
    for (let step = 1; softWeights && step < V_STEPS; step++)
      marks.soft[k].push(make(theme.hardSize + (theme.easySize - theme.hardSize) * step / V_STEPS, line, ...softColors(theme, k, step / V_STEPS)));
  });
  return marks;
}

/* A mark as a drawing for a legend. */
function markIcon(k, size, fill, edge, width = 1) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), shape = document.createElementNS(svg.namespaceURI, "polygon");
  svg.setAttribute("viewBox", "-8 -8 16 16"); svg.setAttribute("width", 16); svg.setAttribute("height", 16); svg.setAttribute("aria-hidden", "true");
  const corners = run.classes[k].shape.map((value) => (value * size).toFixed(2));
  shape.setAttribute("points", corners.join(" "));
  shape.setAttribute("fill", fill); shape.setAttribute("stroke", edge); shape.setAttribute("stroke-width", width);
  svg.append(shape);
  return svg;
}
