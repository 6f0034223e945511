"""What tests/bench/peers measures: peers.py FOLDER [FILTER], FOLDER with easyfirst and easyfirst_bench of a release build."""
import ctypes
import os
import platform
import subprocess
import sys
import tempfile
import time

import numpy as np

ROUNDS = 5
PROGRAM, BENCH = (os.path.join(sys.argv[1], name) for name in ("easyfirst", "easyfirst_bench"))
FILTER = sys.argv[2] if len(sys.argv) > 2 else ""
UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3}


def seconds(work):
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


# ---- ours ----

def bench(entry):
    """The least of an entry of easyfirst_bench, in seconds."""
    def measure():
        lines = subprocess.run([BENCH, entry], capture_output=True, text=True, check=True).stdout.splitlines()
        figures = [line for line in lines if line.startswith(entry)][0][len(entry):].split()
        return float(figures[1]) * UNITS[figures[4]]
    return measure


def process(*command):
    return lambda: seconds(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, check=True))


# ---- theirs: each is made once, and gives the seconds of one go ----

def two_clouds(count, seed=1445):
    random = np.random.RandomState(seed)
    half = count // 2
    points = np.concatenate([random.normal((-1.5, -1.5), 1.0, (half, 2)), random.normal((1.5, 1.5), 1.0, (half, 2))])
    return points.astype(np.float32), np.repeat([0, 1], half)


def torch_of(threads):
    import torch
    torch.set_num_threads(threads)
    return torch


def torch_layers(torch, *sizes):
    layers = []
    for i, (before, after) in enumerate(zip(sizes, sizes[1:])):
        layers += [torch.nn.Linear(before, after)] + ([torch.nn.Tanh()] if i < len(sizes) - 2 else [])
    return torch.nn.Sequential(*layers)


def torch_epochs(sizes, batch, epochs, samples, threads):
    """Self-paced epochs as the post's code trains them, but for its data loader, which costs more than all else."""
    torch = torch_of(threads)
    points, labels = (torch.from_numpy(part) for part in two_clouds(10000))

    def run():
        torch.set_num_threads(threads)
        model = torch_layers(torch, *sizes)
        optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
        loss_of = torch.nn.CrossEntropyLoss(reduction="none")
        threshold, kept = 0.1, torch.zeros(len(points))
        for _ in range(epochs):
            order = torch.randperm(len(points))[:samples]
            for begin in range(0, samples, batch):
                chosen = order[begin:begin + batch]
                losses = loss_of(model(points[chosen]), labels[chosen])
                v = (losses < threshold).float().detach()
                kept[chosen] = v
                optimizer.zero_grad()
                (losses * v).mean().backward()
                optimizer.step()
            threshold *= 1.35
    return lambda: seconds(run) / (epochs * samples)


def torch_losses(sizes, threads):
    torch = torch_of(threads)
    points, labels = (torch.from_numpy(part) for part in two_clouds(1000000))
    model, loss_of = torch_layers(torch, *sizes), torch.nn.CrossEntropyLoss(reduction="none")

    def run():
        torch.set_num_threads(threads)
        with torch.no_grad():
            loss_of(model(points), labels)
    return lambda: seconds(run)


def torch_field(sizes, threads):
    torch = torch_of(threads)
    x, y = torch.meshgrid(torch.arange(-6.0, 6.8, 0.01)[:1280], torch.arange(-3.0, 5.0, 0.01)[:800], indexing="xy")
    grid, model = torch.stack([x.flatten(), y.flatten()], 1), torch_layers(torch, *sizes)

    def run():
        torch.set_num_threads(threads)
        with torch.no_grad():
            model(grid).argmax(1)
    return lambda: seconds(run)


def torch_side_by_side(runs=1000, samples=10000, batch=32, epochs=10, threads=2):
    """That many of the post's runs as one model with a further dimension, which is what functorch's vmap makes of them."""
    torch = torch_of(threads)

    def run():
        torch.set_num_threads(threads)
        points = torch.randn(runs, samples, 2)
        labels = (torch.arange(samples) * 2 // samples).expand(runs, samples)
        weights, biases = torch.randn(runs, 2, 2, requires_grad=True), torch.randn(runs, 1, 2, requires_grad=True)
        optimizer, threshold = torch.optim.Adam([weights, biases], lr=1e-3), 0.1
        for _ in range(epochs):
            order = torch.rand(runs, samples).argsort(1)
            for begin in range(0, samples, batch):
                chosen = order[:, begin:begin + batch]
                inputs = points.gather(1, chosen[:, :, None].expand(-1, -1, 2))
                scores = torch.baddbmm(biases, inputs, weights)
                losses = torch.nn.functional.cross_entropy(scores.flatten(0, 1), labels.gather(1, chosen).flatten(),
                                                           reduction="none")
                v = (losses < threshold).float().detach()
                optimizer.zero_grad()
                ((losses * v).sum() / batch).backward()
                optimizer.step()
            threshold *= 1.35
    return lambda: seconds(run)


def sklearn_sgd():
    from sklearn.linear_model import SGDClassifier
    points, labels = two_clouds(10000)

    def run():
        SGDClassifier(loss="log_loss", max_iter=10, tol=None).fit(points, labels)
    return lambda: seconds(run) / 100000


def sklearn_mlp():
    import warnings
    from sklearn.neural_network import MLPClassifier
    points, labels = two_clouds(10000)

    def run():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            MLPClassifier((16, 16), activation="tanh", batch_size=32, max_iter=3, tol=0, n_iter_no_change=9).fit(points, labels)
    return lambda: seconds(run) / 30000


def fann():
    library = ctypes.CDLL("libfann.so.2")
    library.fann_create_standard.restype = library.fann_create_train_from_callback.restype = ctypes.c_void_p
    library.fann_train_epoch.restype = ctypes.c_float
    points, labels = two_clouds(10000)
    network = ctypes.c_void_p(library.fann_create_standard(4, 2, 16, 16, 2))
    library.fann_set_training_algorithm(network, 0)  # incremental
    floats = ctypes.POINTER(ctypes.c_float)

    @ctypes.CFUNCTYPE(None, ctypes.c_uint, ctypes.c_uint, ctypes.c_uint, floats, floats)
    def give(i, _, __, inputs, wanted):
        inputs[0], inputs[1] = points[i]
        wanted[0], wanted[1] = float(labels[i] == 0), float(labels[i] == 1)

    data = ctypes.c_void_p(library.fann_create_train_from_callback(len(points), 2, 2, give))
    return lambda: seconds(lambda: library.fann_train_epoch(network, data)) / len(points)


def write_points(path, rows=1000000):
    random = np.random.RandomState(1)
    with open(path, "w", encoding="ascii") as file:
        file.write("x,y,label,v,loss,first\n")
        for x, y, loss in random.normal(0.0, 2.0, (rows, 3)):
            file.write(f"{x:.7g},{y:.7g},{int(x > 0)},{int(loss < 1)},{abs(loss):.7g},{int(abs(loss) * 4)}\n")


def pandas_csv(path):
    import pandas
    return lambda: seconds(lambda: pandas.read_csv(path))


def numpy_csv(path):
    return lambda: seconds(lambda: np.loadtxt(path, delimiter=",", skiprows=1))


PLOT = """
import sys
import numpy, matplotlib
matplotlib.use("Agg")
from matplotlib import pyplot, animation
r = numpy.random.RandomState(1)
p = numpy.concatenate([r.normal(-1.5, 1, (5000, 2)), r.normal(1.5, 1, (5000, 2))])
easy = numpy.abs(p.sum(1))
x, y = numpy.meshgrid(numpy.linspace(-6, 6, 200), numpy.linspace(-6, 6, 200))
figure, axes = pyplot.subplots(figsize=(6.4, 4.8), dpi=100)
def draw(i):
    axes.clear()
    axes.contourf(x, y, x + y > 0.1 * i, cmap="coolwarm", alpha=0.3)
    axes.scatter(p[:, 0], p[:, 1], c=easy < i, s=4)
animation.FuncAnimation(figure, draw, 10).save(sys.argv[1], writer="pillow")
"""


# ---- the table ----

def rows(folder):
    """(what, unit in seconds and its name, ours, theirs: [(name, make)]). Each makes one measurement after another."""
    points, gif, ours_gif = (os.path.join(folder, name) for name in ("points.csv", "plot.gif", "post.gif"))
    threads = len(os.sched_getaffinity(0))
    mlp = (2, 16, 16, 2)

    def all_samples(make):
        return lambda: (lambda go: lambda: go() * 100000)(make())

    yield ("the post's ten epochs", "ms", bench("the post's ten epochs (" + best() + ")"), [
        ("PyTorch", all_samples(lambda: torch_epochs((2, 2), 32, 10, 10000, 1))), ("scikit-learn's SGD", all_samples(sklearn_sgd))])
    yield ("training 2-16-16-2, tanh, batch 32, a sample", "ns", bench("training an MLP 2-16-16-2, tanh, batch 32, a sample"), [
        ("PyTorch", lambda: torch_epochs(mlp, 32, 2, 10000, 1)), ("scikit-learn", sklearn_mlp), ("FANN", fann)])
    for batch in (32, 512):
        entry = f"training 2-64-64-64-2, tanh, batch {batch}, a sample"
        yield (entry, "ns", bench(entry), [
            (f"PyTorch, {n} thread{'s' * (n > 1)}", lambda n=n: torch_epochs((2, 64, 64, 64, 2), batch, 1, 10000, n))
            for n in sorted({1, threads})])
    for name, sizes in (("linear", (2, 2)), ("MLP 2-16-16-2", mlp)):
        entry = f"losses of 1,000,000 points, {name}"
        yield (entry, "ms", bench(entry), [("PyTorch", lambda sizes=sizes: torch_losses(sizes, threads))])
    entry = "field at every pixel of 1280x800, MLP 2-16-16-2"
    yield (entry, "ms", bench(entry), [("PyTorch", lambda: torch_field(mlp, threads))])
    yield ("1,000 seeds of the post's run", "ms", process(PROGRAM, "--headless", "--sweep", "seeds=1..1000"), [
        ("PyTorch, 1,000 runs side by side", torch_side_by_side)])
    yield ("a CSV of 1,000,000 rows of 6 cells", "ms", bench("points_read of 1,000,000 rows of 6 cells"), [
        ("pandas", lambda: pandas_csv(points)), ("numpy", lambda: numpy_csv(points))])
    yield ("the process that draws the post's GIF, 640x480", "ms",
           process(PROGRAM, "--headless", "--force", "--gif", ours_gif), [
               ("matplotlib, without training", lambda: process(sys.executable, "-c", PLOT, gif))])

def best():
    flags = open("/proc/cpuinfo", encoding="ascii").read()
    return "avx512" if " avx512vl" in flags else "avx2" if " avx2" in flags else "base"


def shown(value, unit):
    value /= UNITS[unit]
    return f"{value:,.0f} {unit}" if value >= 100 else f"{value:.3g} {unit}"


def main():
    name = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo", encoding="ascii") if line.startswith("model name")),
                platform.machine())
    print(f"{name}, {len(os.sched_getaffinity(0))} processors; the least of {ROUNDS}, in turn\n")
    print("| what | easyfirst | others |\n|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        write_points(os.path.join(folder, "points.csv"))
        for what, unit, ours, theirs in rows(folder):
            if FILTER not in what:
                continue
            peers = [(peer, make()) for peer, make in theirs]
            figures = [ours()] + [go() for _, go in peers]  # warm
            for _ in range(ROUNDS):
                figures = [min(figure, go()) for figure, go in zip(figures, [ours] + [go for _, go in peers])]
            others = "; ".join(f"{peer} {shown(figure, unit)}, {figure / figures[0]:,.4g} times"
                               for (peer, _), figure in zip(peers, figures[1:]))
            print(f"| {what} | {shown(figures[0], unit)} | {others} |", flush=True)
    print("\nNot in Debian 12, so not measured: DuckDB, JAX, functorch (its vmap is written out above).")


if __name__ == "__main__":
    main()
