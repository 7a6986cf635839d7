"""Compare the network's passes with the loops they replace and with bare matrix products, in one run.

    python benchmarks/network.py [repeats]

Everything runs on one BLAS thread, in turn, repeat by repeat, so that a busy machine slows all of them alike;
printed are medians, and ratios of medians with the ratio asked for.  Exit status 1 when one is missed.
The ratios are asked of zero biases, which all labs have; the runs with others show what adding them costs.

loops     the operations of the notebook this project grew from: fresh arrays at every layer, and for the
          gradients one forward and one backward pass for every data point
products  the matrix products that any such pass needs, into arrays made beforehand, and nothing else
"""

import os

os.environ["OPENBLAS_NUM_THREADS"] = os.environ["MKL_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

import statistics
import subprocess
import sys
import time

import numpy as np

from initlab import network, theory

K, D = 50, 80
FORWARD_POINTS, BACKWARD_POINTS = 1000, 100
WIDTHS = network.lab_widths(K, D)


def loop_forward(all_weights, all_biases, net_input):
    """Run the forward pass with fresh arrays for every sum, product and clip."""
    all_f, all_h = [], [net_input]
    for weights, biases in zip(all_weights[:-1], all_biases[:-1]):
        all_f.append(biases + np.matmul(weights, all_h[-1]))
        all_h.append(all_f[-1].clip(0.0))
    all_f.append(all_biases[-1] + np.matmul(all_weights[-1], all_h[-1]))
    return all_f[-1], all_f, all_h


def loop_backward(all_weights, all_f, all_h, y):
    """Run the backward pass for one data point, copying as the notebook does."""
    last = len(all_weights) - 1
    dl_df, dl_dh = [None] * (last + 1), [None] * (last + 1)
    dl_dbiases, dl_dweights = [None] * (last + 1), [None] * (last + 1)
    dl_df[last] = np.array(2 * (all_f[last] - y))
    for k in range(last, -1, -1):
        dl_dbiases[k] = np.array(dl_df[k])
        dl_dweights[k] = np.matmul(dl_df[k], all_h[k].T)
        dl_dh[k] = np.matmul(all_weights[k].T, dl_df[k])
        if k > 0:
            positive = np.array(all_f[k - 1])
            positive[positive >= 0] = 1
            positive[positive < 0] = 0
            dl_df[k - 1] = positive * dl_dh[k]
    return dl_dweights, dl_dbiases, dl_dh, dl_df


def loop_gradients(all_weights, all_biases, net_input, y):
    """Run both passes for one data point after the other, and collect dl/df of the hidden layers."""
    collected = [np.zeros((D, net_input.shape[1])) for _ in range(1, K)]
    for point in range(net_input.shape[1]):
        one = slice(point, point + 1)
        net_output, all_f, all_h = loop_forward(all_weights, all_biases, net_input[:, one])
        dl_dweights, dl_dbiases, dl_dh, dl_df = loop_backward(all_weights, all_f, all_h, y[:, one])
        for k in range(1, K):
            collected[k - 1][:, point] = np.squeeze(dl_df[k])
    return collected


def check_that_loops_agree():
    """Raise AssertionError unless the loops compute what the network computes."""
    rng = np.random.default_rng(1)
    all_weights, all_biases = network.init_widths(WIDTHS, theory.fan_out_variances(WIDTHS), rng)
    net_input, y = rng.standard_normal((1, 5)), np.zeros((1, 5))
    net_output, all_f, all_h = network.forward(all_weights, all_biases, net_input)
    dl_df = network.backward(all_weights, all_biases, all_f, all_h, y)[3]
    np.testing.assert_allclose(loop_forward(all_weights, all_biases, net_input)[0], net_output, rtol=1e-9)
    for looped, ours in zip(loop_gradients(all_weights, all_biases, net_input, y), dl_df[1:K], strict=True):
        np.testing.assert_allclose(looped, ours, rtol=1e-6, atol=1e-12)


def forward_contestants(biases):
    """Return the contestants of the forward pass, by name, as functions without arguments."""
    rng = np.random.default_rng(0)
    all_weights, _ = network.init_widths(WIDTHS, theory.fan_in_variances(WIDTHS), rng)
    all_biases = [np.full((width, 1), biases) for width in WIDTHS[1:]]
    net_input = rng.standard_normal((1, FORWARD_POINTS))
    workspace = network.Workspace(WIDTHS, FORWARD_POINTS)
    _, all_f, all_h = network.forward(all_weights, all_biases, net_input)

    def products():
        for weights, h, f in zip(all_weights, all_h, all_f):
            np.matmul(weights, h, out=f)

    return {
        "loops": lambda: loop_forward(all_weights, all_biases, net_input),
        "products": products,
        "with workspace": lambda: network.forward(all_weights, all_biases, net_input, workspace),
        "plain call": lambda: network.forward(all_weights, all_biases, net_input),
    }


def both_contestants(biases):
    """Return the contestants of both passes together, by name, as functions without arguments."""
    rng = np.random.default_rng(0)
    all_weights, _ = network.init_widths(WIDTHS, theory.fan_out_variances(WIDTHS), rng)
    all_biases = [np.full((width, 1), biases) for width in WIDTHS[1:]]
    net_input, y = rng.standard_normal((1, BACKWARD_POINTS)), np.zeros((1, BACKWARD_POINTS))
    workspace = network.Workspace(WIDTHS, BACKWARD_POINTS)
    _, all_f, all_h = network.forward(all_weights, all_biases, net_input)
    dl_dweights, _, dl_dh, dl_df = network.backward(all_weights, all_biases, all_f, all_h, y)

    def products():
        for weights, h, f in zip(all_weights, all_h, all_f):
            np.matmul(weights, h, out=f)
        for k in range(K, -1, -1):
            np.matmul(dl_df[k], all_h[k].T, out=dl_dweights[k])
            np.matmul(all_weights[k].T, dl_df[k], out=dl_dh[k])

    def both(workspace=None):
        _, f, h = network.forward(all_weights, all_biases, net_input, workspace)
        network.backward(all_weights, all_biases, f, h, y, workspace)

    return {
        "loops": lambda: loop_gradients(all_weights, all_biases, net_input, y),
        "products": products,
        "with workspace": lambda: both(workspace),
        "plain call": both,
    }


def medians(functions, repeats):
    """Return the median milliseconds of each function.

    In every repeat each function has its turn, for about as long as the slowest needs for one call, so that
    each finds the caches as its own last call left them.
    """
    first = {name: seconds_of(function, 1) for name, function in functions.items()}
    calls = {name: min(10, max(1, round(max(first.values()) / seconds))) for name, seconds in first.items()}
    seconds = {name: [] for name in functions}
    for _ in range(repeats):
        for name, function in functions.items():
            seconds[name].append(seconds_of(function, calls[name]))
    return {name: 1e3 * statistics.median(values) for name, values in seconds.items()}


def seconds_of(function, calls):
    """Return the seconds that one of so many calls in a row takes."""
    start = time.perf_counter()
    for _ in range(calls):
        function()
    return (time.perf_counter() - start) / calls


def import_milliseconds(repeats):
    """Return the median milliseconds of importing numpy, then initlab, then the numeric modules."""
    code = ("import time; t = [time.perf_counter()]\nimport numpy; t.append(time.perf_counter())\n"
            "import initlab; t.append(time.perf_counter())\n"
            "from initlab import network, stats, theory; t.append(time.perf_counter())\n"
            "print(*(b - a for a, b in zip(t, t[1:])))")
    command = [sys.executable, "-c", code]
    runs = [subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
            for _ in range(repeats)]
    return [1e3 * statistics.median(map(float, column)) for column in zip(*runs)]


def main() -> int:
    repeats = int(sys.argv[1]) if len(sys.argv) > 1 else 31
    check_that_loops_agree()
    met = []
    for title, contestants, at_least, at_most in (
        (f"forward and backward, {BACKWARD_POINTS} points", both_contestants, 25.0, 2.0),
        (f"forward, {FORWARD_POINTS} points", forward_contestants, 2.0, 1.6),
    ):
        for biases in (0.0, 0.01):
            functions = contestants(biases)
            # The plain call comes last, by itself: freeing its block teaches malloc to keep memory, which
            # would speed up the loops, and no notebook has that block.
            plain = functions.pop("plain call")
            ms = medians(functions, repeats)
            ms |= medians({"plain call": plain}, repeats)
            print(f"{title}: K={K}, D={D}, biases {biases:g}, median of {repeats}, one BLAS thread")
            for name, value in ms.items():
                print(f"  {name:15}{value:9.2f} ms  {ms['loops'] / value:7.2f}x as fast as the loops"
                      f"  {value / ms['products']:6.2f}x the time of the products")
            if biases == 0:  # as in the notebook and in every lab; forward skips adding them
                ours = ms["with workspace"]
                met += [ms["loops"] / ours >= at_least, ours / ms["products"] <= at_most]
                print(f"  asked: with workspace >= {at_least:g}x as fast, <= {at_most:g}x the time:",
                      "met" if all(met[-2:]) else "MISSED")
    numpy_ms, initlab_ms, modules_ms = import_milliseconds(max(5, repeats // 3))
    met.append(initlab_ms <= 15)
    print(f"import numpy {numpy_ms:.1f} ms; then import initlab {initlab_ms:.1f} ms; "
          f"then network, stats, theory {modules_ms:.1f} ms")
    print("  asked: import initlab <= 15 ms:", "met" if met[-1] else "MISSED")
    return 0 if all(met) else 1


if __name__ == "__main__":
    sys.exit(main())
