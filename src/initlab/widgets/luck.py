"""The same correct initialisation, drawn again and again: how far apart the results lie."""

import numpy as np

from initlab import network
from initlab.picture import Bars, Mark, Panel, Picture, power_of_ten
from initlab.widgets.parts import Explorer, paired

MOST = 5000


def luck_of_the_draw(K=50, D=80, sigma_sq_omega=None):
    """Return a histogram of std(h_K) / std(h_1) that grows with every seed drawn; variance 2/D unless given."""
    return Luck(K, D, sigma_sq_omega)


def last_over_first(K, D, sigma_sq_omega, seed):
    """Return log10 of std(h_K) / std(h_1) of init_params(K, D, sigma_sq_omega, default_rng(seed)).

    The input is standard normal; by h(x) = |x| h(sign x) two columns carry all of it.
    """
    all_weights, all_biases = network.init_params(K, D, sigma_sq_omega, np.random.default_rng(seed))
    all_h = network.forward(all_weights, all_biases, np.array([[1.0, -1.0]]))[2]
    stds = [np.sqrt(max(np.mean(h * h) - 2 / np.pi * np.mean(h) ** 2, 0.0)) for h in (all_h[1], all_h[K])]
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.log10(stds[1]) - np.log10(stds[0]))


class Luck(Explorer):
    """Buttons that draw 1, 10 or 100 more seeds, depth and width, and a button that starts again."""

    def __init__(self, K, D, sigma_sq_omega):
        import ipywidgets as w

        self.sigma_sq_omega = sigma_sq_omega
        self.ratios = []
        self.depth = w.IntSlider(value=K, min=2, max=100, readout=False)
        self.width = w.IntSlider(value=D, min=2, max=200, readout=False)
        self.draws = [w.Button(description=f"Draw {n} more") for n in (1, 10, 100)]
        self.again = w.Button(description="Start again")
        rows = [
            paired("depth K", self.depth, w.BoundedIntText(min=2, max=100)),
            paired("width D", self.width, w.BoundedIntText(min=2, max=200)),
            [*self.draws, self.again],
        ]
        self._draw(20)
        super().__init__(rows)
        for button, n in zip(self.draws, (1, 10, 100)):
            button.on_click(lambda button, n=n: (self._draw(n), self.redraw()))
        self.again.on_click(self._restart)
        self.depth.observe(self._restart, "value")
        self.width.observe(self._restart, "value")

    def _restart(self, change):
        self.ratios.clear()
        self._draw(20)
        self.redraw()

    def _draw(self, n):
        D = self.width.value
        sigma_sq = 2 / D if self.sigma_sq_omega is None else self.sigma_sq_omega
        for seed in range(len(self.ratios), min(len(self.ratios) + n, MOST)):
            self.ratios.append(last_over_first(self.depth.value, D, sigma_sq, seed))

    def picture(self):
        """Return the histogram of log10(last/first), the newest draw marked."""
        drawn = np.array(self.ratios)
        alive = drawn[np.isfinite(drawn)]
        low, high = min(-2.5, np.floor(alive.min(initial=0))), max(2.0, np.ceil(alive.max(initial=0)))
        edges = np.linspace(low, high, int(round((high - low) * 8)) + 1)
        heights = np.histogram(alive, edges)[0]
        K, D = self.depth.value, self.width.value
        middle = np.quantile(drawn, [0.025, 0.5, 0.975], method="inverted_cdf")
        words = (
            f"std(h_{K}) / std(h_1) over {len(drawn)} seeds, K={K}, D={D}. Median {power_of_ten(middle[1])}; "
            f"95% between {power_of_ten(middle[0])} and {power_of_ten(middle[2])}. "
            f"Seed {len(drawn) - 1}, the newest: {power_of_ten(drawn[-1])}."
        )
        panel = Panel(
            title=f"{len(drawn)} seeds: median {power_of_ten(middle[1])}, "
                  f"95% in {power_of_ten(middle[0])} to {power_of_ten(middle[2])}",
            x_label=f"std(h_{K}) / std(h_1)", y_label="seeds", legend=False, log_x=True,
            items=(Bars("seeds", edges, heights, 0), Mark(f"seed {len(drawn) - 1}", drawn[-1], 1)),
            x_range=(low, high), y_range=(0, max(heights.max() * 1.15, 5)),
        )
        return Picture(title="the luck of the draw", alt=words, panels=(panel,))
