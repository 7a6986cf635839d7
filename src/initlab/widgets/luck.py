"""The same correct initialisation, drawn again and again: how far apart the results lie."""

from functools import lru_cache

import numpy as np

from initlab import network, stats, theory
from initlab.picture import Bars, Line, Mark, Panel, Picture, power_of_ten
from initlab.propagation import BOTH_SIGNS
from initlab.widgets.parts import Explorer, explorer, size_controls
from initlab.words import words

AT_FIRST, STEPS, MOST = 20, (1, 10, 100), 5000


@explorer
def luck_of_the_draw(K=50, D=80):
    """Return a histogram of std(h_K) / std(h_1), weight variance 2/D, that grows with every seed drawn."""
    return Luck(K, D)


@lru_cache(maxsize=MOST)
def last_over_first(K, D, seed):
    """Return log10 of std(h_K) / std(h_1) for init_params(K, D, 2/D, default_rng(seed)), standard normal input."""
    all_weights, all_biases = network.init_params(K, D, 2 / D, np.random.default_rng(seed))
    all_h = network.forward(all_weights, all_biases, BOTH_SIGNS)[2]
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.diff(np.log10(stats.signed_std([all_h[1], all_h[K]])))[0])


class Luck(Explorer):
    """Depth and width, buttons that draw 1, 10 or 100 more seeds, and one that starts again."""

    def __init__(self, K, D):
        import ipywidgets as w

        self.ratios = []
        self.depth, self.width = size_controls(K, D)
        self.draws = [w.Button(description=words("draw", n=n)) for n in STEPS]
        self.again = w.Button(description=words("again"))
        self._draw(AT_FIRST)
        super().__init__([self.depth.row, self.width.row, [*self.draws, self.again]])
        for button, n in zip(self.draws, STEPS):
            button.on_click(lambda button, n=n: self._draw_more(n))
        # Twenty networks take longer than a step of a slider: only the size at which it comes to rest is drawn.
        self.depth.observe(lambda change: self.when_at_rest(self._restart))
        self.width.observe(lambda change: self.when_at_rest(self._restart))
        self.again.on_click(lambda button: self._restart())

    def _draw(self, n):
        for seed in range(len(self.ratios), min(len(self.ratios) + n, MOST)):
            self.ratios.append(last_over_first(self.depth.value, self.width.value, seed))

    def _draw_more(self, n):
        for part in np.diff(np.linspace(0, n, min(n, 10) + 1).astype(int)):  # shown while it grows
            self._draw(part)
            self.redraw()

    def _restart(self):
        self.ratios.clear()
        self._draw(AT_FIRST)
        self.redraw()

    def picture(self):
        """Return the histogram of last over first on a log axis, what theory expects, and the newest seed."""
        K, D, drawn = self.depth.value, self.width.value, np.array(self.ratios)
        alive = drawn[np.isfinite(drawn)]
        low = min(-2.5, float(np.floor(alive.min(initial=0.0))))
        high = max(2.0, float(np.ceil(alive.max(initial=0.0))))
        dead = f" ({len(drawn) - len(alive)} dead: ratio 0)" if len(alive) < len(drawn) else ""
        edges = np.linspace(low, high, int(round((high - low) * 8)) + 1)
        heights = np.histogram(alive, edges)[0]
        x, density = _theory(K, D, low, high)
        expected = density * len(drawn) * (edges[1] - edges[0])
        panel = Panel(
            title=f"{len(drawn)} seeds{dead}, {K} layers of {D} ReLU units, variance 2/D",
            x_label=f"std(h_{K}) / std(h_1)", y_label="number of seeds", log_x=True,
            items=(
                Bars("drawn", edges, heights, 0),
                Line("log-normal law for one input", x, expected, 2, marker=False),
                Mark(f"seed {len(drawn) - 1}", float(np.nan_to_num(drawn[-1], nan=low, neginf=low)), 1),
            ),
            x_range=(low, high), y_range=(0.0, max(float(heights.max()), float(expected.max()), 4.0) * 1.15),
        )
        return Picture(words("luck_title"), self.said(), (panel,))

    def said(self):
        """Return in words how far apart the seeds lie."""
        drawn = np.array(self.ratios)
        low, median, high = np.quantile(drawn, [0.025, 0.5, 0.975], method="inverted_cdf")
        said = words(
            "luck", count=len(drawn), ratio=f"std(h_{self.depth.value}) / std(h_1)", median=power_of_ten(median),
            low=power_of_ten(low), high=power_of_ten(high), seed=len(drawn) - 1, newest=power_of_ten(drawn[-1]),
        )
        dead = int(np.sum(~np.isfinite(drawn)))
        return f"{said} {words('dead', dead=dead)}" if dead else said


def _theory(K, D, low, high):
    """Return 200 places between low and high and the normal density there of log10 of ‖h_K‖ / ‖h_1‖."""
    mean, variance = theory.log_norm_moments([1, *[D] * K, 1], np.full(K + 1, 2 / D))
    centre = (mean[-1] - mean[0]) / 2 / np.log(10)
    sd = np.sqrt(variance[-1] - variance[0]) / 2 / np.log(10)
    x = np.linspace(low, high, 200)
    return x, np.exp(-(((x - centre) / sd) ** 2) / 2) / (sd * np.sqrt(2 * np.pi))
