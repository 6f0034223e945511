#!/usr/bin/python3
"""How fast a page of --html is in Chromium, without a GPU: page.py EASYFIRST [WIDTHxHEIGHT]. No test: it looks at the clock."""
import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "page"))
from browser import Browser  # noqa: E402

RUNS = {
    "the post's run": ["--preset", "post"],
    "10,000 points, 2-16-16-2": ["--dataset", "moons", "--samples", "10000", "--noise", "0.25", "--hidden", "16,16",
                                 "--threshold", "0.8", "--growing-factor", "1.05", "--epochs", "60"],
    "the same, linear weights": ["--dataset", "moons", "--samples", "10000", "--noise", "0.25", "--hidden", "16,16",
                                 "--threshold", "0.8", "--growing-factor", "1.05", "--epochs", "60", "--regularizer",
                                 "linear"],
    "100,000 points": ["--samples", "100000", "--epochs", "20"],
}
# Each epoch in turn, as a hand on the timeline shows them: what a frame computes, and from picture to picture.
SCRUB = """(async () => {
  const next = () => new Promise(requestAnimationFrame), work = [], between = [];
  play(false); lossCache.clear();
  let last = await next();
  for (let i = 0; i < 120; i++) {
    state.epoch = i % (2 * epochs.count) < epochs.count ? i % epochs.count : epochs.count - 1 - i % epochs.count;
    frameAsked = true;
    const began = performance.now();
    frame(began);
    work.push(performance.now() - began);
    const now = await next();
    between.push(now - last);
    last = now;
  }
  const at = (list, share) => list.sort((a, b) => a - b)[Math.floor(share * (list.length - 1))].toFixed(1);
  await new Promise((done) => setTimeout(done, 300));
  const began = performance.now();
  drawPlot(state.epoch, weights(), false);
  const fine = performance.now() - began;
  return [at(work, 0.5), at(work, 0.95), at(between, 0.5), at(between, 0.95), fine.toFixed(1)];
})()"""

program, size = os.path.abspath(sys.argv[1]), (sys.argv[2] if len(sys.argv) > 2 else "1280x720")
width, height = map(int, size.split("x"))
browser = Browser()
browser.size(width, height)
print(f"{'':26}  {'kB':>6}  first picture  work a frame (median, 95 %)  between frames  fine picture   ms")
with tempfile.TemporaryDirectory() as folder:
    for name, options in RUNS.items():
        page = os.path.join(folder, "run.html")
        subprocess.run([program, "--headless", "--force", "--html", page, *options], check=True)
        browser.open(page, "#epoch-1")
        time.sleep(0.5)
        paint = browser.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
        work, late, between, slow, fine = browser.evaluate(SCRUB)
        print(f"{name:26}  {os.path.getsize(page) / 1000:6.0f}  {paint:13.0f}  {work:>20}, {late:>5}  "
              f"{between:>8}, {slow:>5}  {fine:>12}")
browser.close()
