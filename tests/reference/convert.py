#!/usr/bin/env python3
"""Makes the compact copies of the recorded runs that test_reference reads.

usage: convert.py FOLDER_OF_RECORDED_RUNS [DESTINATION]

A run's folder there has run.json, points.csv, order.csv and weights.csv, and some have scores.csv. Here each becomes
settings.ini (a preset), epochs.csv.gz (figures and parameters of each epoch), points.csv.gz, order.csv.gz,
weights.csv.gz and scores.csv.gz (every SCORES_STEP-th row, from the first); a file that is the beginning of another
run's is not kept twice (same.txt names the run that has it).
"""
import gzip
import json
import os
import sys

OPTIONS = {
    "seed": "seed", "dataset": "dataset", "n": "samples", "noise": "noise", "centroids": "centroids", "flip": "flip",
    "hidden": "hidden", "activation": "activation", "optimizer": "optimizer", "lr": "learning-rate", "batch": "batch",
    "threshold": "threshold", "growing_factor": "growing-factor", "order": "order", "regularizer": "regularizer",
    "warmup": "warmup", "epochs": "epochs", "until_left": "until-hard", "outliers": "outliers", "clean": "clean",
    "power": "power", "meta_rate": "meta-rate", "lookahead": "lookahead-rate",
}
SHARED = {("anomalies", "points.csv"): "post", ("hard_first", "points.csv"): "post",
          ("post", "order.csv"): "anomalies", ("hard_first", "order.csv"): "anomalies",
          ("post_log", "points.csv"): "post_linear", ("post_mixture", "points.csv"): "post_linear",
          ("post_log", "order.csv"): "post_linear", ("post_mixture", "order.csv"): "post_linear"}

SCORES_STEP = 5


def write_gz(path, text):
    with open(path, "wb") as raw, gzip.GzipFile(filename="", mode="wb", compresslevel=9, fileobj=raw, mtime=0) as out:
        out.write(text.encode())


def flat(layers):
    return [value for layer in layers for part in layer for value in part]


def table(rows):
    return "\n".join(",".join(repr(v) if isinstance(v, float) else str(v) for v in row) for row in rows) + "\n"


def convert_meta(source, folder, run):
    """A run of meta self-paced learning: epochs.csv.gz has its thresholds and clean loss, then the parameters;
    influence.csv.gz, an epoch a line, the last batch's samples, each with its G."""
    rows = [["epoch", "clean_loss", "thresholds and parameters"], ["initial", 0] + flat(run["initial_layers"])]
    for e in run["epochs"]:
        rows.append([e["epoch"], e["clean_loss"]] + e["thresholds"] + flat(e["layers"]))
    write_gz(os.path.join(folder, "epochs.csv.gz"), table(rows))
    rows = [[v for pair in zip(e["last_batch"], e["last_G"] or []) for v in pair] for e in run["epochs"]]
    write_gz(os.path.join(folder, "influence.csv.gz"), table(rows))
    for file in ("points.csv", "order.csv", "weights.csv"):
        write_gz(os.path.join(folder, file + ".gz"), open(os.path.join(source, file)).read())


def convert(source, target, name):
    run = json.load(open(os.path.join(source, name, "run.json")))
    is_meta = "meta_rate" in run["arguments"]
    folder = os.path.join(target, "meta_" + name if is_meta else name)
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "settings.ini"), "w") as out:
        out.write("[settings]\n")
        for key, value in run["arguments"].items():
            if key in OPTIONS and value is not None:
                out.write(f"{OPTIONS[key]} = {value}\n")
        if is_meta:
            out.write(f"pace = meta\nmeta-classes = {'off' if run['arguments']['scalar'] else 'on'}\n")
        else:
            out.write(f"anomaly = {'off' if run['arguments']['no_anomaly'] else 'on'}\n")
    if is_meta:
        convert_meta(os.path.join(source, name), folder, run)
        return
    rows = [["epoch", "threshold", "next_threshold", "selected", "weight_sum", "mean_batch_loss", "mean_full_loss",
             "accuracy", "anomaly", "parameters"]]
    rows.append(["initial"] + [0] * 7 + [run["anomaly"]] + flat(run["initial_layers"]))
    for e in run["epochs"]:
        rows.append([e[key] for key in rows[0][:8]] + [run["anomaly"]] + flat(e["layers"]))
    write_gz(os.path.join(folder, "epochs.csv.gz"), table(rows))
    same = []
    for file in ("points.csv", "order.csv", "weights.csv"):
        text = open(os.path.join(source, name, file)).read()
        other = SHARED.get((name, file))
        if other:
            if not open(os.path.join(source, other, file)).read().startswith(text):
                sys.exit(f"{name}/{file} is not the beginning of {other}'s")
            same.append(f"{file} {other}\n")
        else:
            write_gz(os.path.join(folder, file + ".gz"), text)
    scores = os.path.join(source, name, "scores.csv")
    if os.path.exists(scores):
        lines = open(scores).readlines()
        write_gz(os.path.join(folder, "scores.csv.gz"), "".join(lines[:1] + lines[1::SCORES_STEP]))
    if same:
        open(os.path.join(folder, "same.txt"), "w").writelines(same)


source = sys.argv[1]
target = sys.argv[2] if len(sys.argv) > 2 else os.path.dirname(os.path.abspath(__file__))
for name in sorted(os.listdir(source)):
    if os.path.exists(os.path.join(source, name, "run.json")):
        convert(source, target, name)
