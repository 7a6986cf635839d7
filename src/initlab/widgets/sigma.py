"""Move sigma squared and watch every layer answer, forward and backward."""

import numpy as np

from initlab import svg
from initlab.activation import ACTIVATIONS
from initlab.cloud import cloud, quantiles, rescale
from initlab.picture import Band, Bars, Line, Panel, Picture, power_of_ten
from initlab.widgets import ruler
from initlab.widgets.net import BINS, tier, trace
from initlab.widgets.parts import Explorer, Pair, explorer, named, size_controls
from initlab.widgets.peek import Peeks
from initlab.words import words

LOG_SIGMA_SQ = (-4.0, 1.0)


@explorer
def sigma_explorer(K=50, D=80, sigma_sq_omega=1.0, *, seed=0, he=True):
    """Return an explorer of sigma squared over K hidden layers of D units, starting at sigma_sq_omega.

    Every weight has this variance, those of the first and the last layer too, as in the labs' init_params.
    he: whether He's value is marked from the start; the student can switch it on and off.
    """
    return SigmaExplorer(K, D, sigma_sq_omega, seed, he)


class SigmaExplorer(Explorer):
    """Sliders for variance, depth and width; a list of activations; a seed; the layer to open."""

    def __init__(self, K, D, sigma_sq_omega, seed, he):
        import ipywidgets as w

        low, high = LOG_SIGMA_SQ
        self.sigma_sq = Pair(
            words("variance"), "σ²",
            w.FloatLogSlider(value=sigma_sq_omega, min=low, max=high, step=0.02, readout=False),
            w.BoundedFloatText(value=sigma_sq_omega, min=10**low, max=10**high),
        )
        self.depth, self.width = size_controls(K, D)
        self.activation = named("activation_function", w.Dropdown(options=list(ACTIVATIONS), value="ReLU"))
        self.layer = named("layer", w.BoundedIntText(value=min(10, K), min=1, max=K))
        self.seed = named("seed", w.BoundedIntText(value=seed, min=0, max=2**31 - 1))
        self.new_seed = w.Button(description=words("new_seed"))
        self.he = w.Checkbox(value=he, description=words("he"), indent=False, layout=w.Layout(width="200px"))
        self._peeks = Peeks()
        self._settled = self._cloud_key()
        super().__init__([
            self.sigma_sq.row, self.depth.row, self.width.row,
            [self.activation, self.layer, self.he],
            [self.seed, self.new_seed],
        ])
        self.new_seed.on_click(self._take_new_seed)
        self.depth.observe(self._limit_layer)
        for pair in (self.sigma_sq, self.depth, self.width):
            pair.observe(self.redraw)
        for control in (self.activation, self.seed, self.layer, self.he):
            control.observe(self.redraw, "value")

    def _take_new_seed(self, button):
        self.seed.value += 1

    def _limit_layer(self, change):
        self.layer.max = self.depth.value

    @property
    def _net(self):
        return self.depth.value, self.width.value, self.activation.value

    @property
    def _homogeneous(self):
        return ACTIVATIONS[self.activation.value].homogeneous

    @property
    def _level(self):
        """Return the variance that keeps the second moment: He's 2/D for ReLU."""
        return ACTIVATIONS[self.activation.value].gain / self.width.value

    def _cloud_key(self):
        return (*self._net, None if self._homogeneous else self.sigma_sq.value)

    def _cloud(self):
        """Return the cloud at the present variance, or None while the controls still move and it would take long."""
        key = self._cloud_key()
        if key != self._settled:
            self.when_at_rest(self._settle)
        if key != self._settled:  # without an event loop, settled just now
            return None
        if not self._homogeneous:
            return cloud(*key)
        K = self.depth.value
        return rescale(cloud(*key), np.full(K + 1, np.log10(self.sigma_sq.value / self._level)))

    def _settle(self):
        self._settled = self._cloud_key()
        self.redraw()

    def _trace(self):
        return trace(*self._net[:2], self.seed.value, self.activation.value, self.sigma_sq.value)

    def picture(self):
        """Return the panels: activations, gradients mirrored beside them, and one layer's histogram."""
        K, shown, around = self.depth.value, self._trace(), self._cloud()
        forward = self._curves("activation", "h", shown, around, np.arange(1, K + 1), 0)
        backward = self._curves("gradient", "dl/df", shown, around, np.arange(1, K), 1)
        opened = Panel(
            title=f"layer {self.layer.value}", detail=_details(shown)[self.layer.value - 1],
            x_label="value / std, zeros left out", y_label="relative to the tallest",
            items=self._bars(shown, self.layer.value),
            x_range=(BINS[0], BINS[-1]), y_range=(0.0, 1.05), width=0.6,
        )
        return Picture(words("sigma_title"), self._alt(shown), (forward, backward, opened))

    def _curves(self, name, symbol, shown, around, layers, style):
        K, line = self.depth.value, getattr(shown.log_std, name)[0]
        items, extent = [Line("this seed", layers, line, style)], [line]
        if self.he.value and self._settled[:3] == self._net:
            # The typical network at the level variance: where the curve belongs.
            level = np.median(getattr(cloud(*self._net), name), axis=0)
            items.insert(0, Line(self._level_name, layers, level, 2, marker=False))
            extent.append(level)
        if around is not None:
            low, high = quantiles(getattr(around, name))
            items.insert(0, Band("95% of 200 seeds", layers, low, high, style))
            extent += [low, high]
        backward = name == "gradient"
        return Panel(
            title=f"std of {symbol}, {'backward' if backward else 'forward'}",
            x_label=f"layer k, from {K - 1} back to 1" if backward else f"layer k, from 1 to {K}", y_label="",
            items=tuple(items), x_range=(K + 0.5, 0.5) if backward else (0.5, K + 0.5),
            y_range=tier(*extent), log_y=True,
        )

    def _bars(self, shown, layer):
        bars = [Bars("h", BINS, _tall(shown.activation.shares[layer - 1]), 0)]
        if layer < self.depth.value:
            bars.append(Bars("dl/df", BINS, _tall(shown.gradient.shares[layer - 1]), 1))
        return tuple(bars)

    @property
    def _level_name(self):
        gain = ACTIVATIONS[self.activation.value].gain
        return "He, 2/D" if self.activation.value == "ReLU" else f"level, {gain:.3g}/D"

    def _alt(self, shown):
        K, D, name = self._net
        h = [power_of_ten(v) for v in shown.log_std.activation[0][[0, -1]]]
        g = [power_of_ten(v) for v in shown.log_std.gradient[0][[-1, 0]]]
        said = [words(
            "sigma", K=K, before=K - 1, D=D, activation=name, sigma_sq=f"{self.sigma_sq.value:.4g}",
            seed=self.seed.value, first_h=h[0], last_h=h[1], last_g=g[0], first_g=g[1],
        )]
        if self.he.value:
            said.append(f"{self._level_name} = {self._level:.4g}.")
        said.append(words("opened", layer=self.layer.value, details=_details(shown)[self.layer.value - 1]))
        return " ".join(said)

    def drawing(self):
        """Return the picture with the ruler above it and every layer's histogram waiting under the pointer."""
        picture, shown = self.picture(), self._trace()
        marks = {f"{self._level_name} = {self._level:.4g}": np.log10(self._level)} if self.he.value else {}
        key = (*self._net, self.seed.value, None if self._homogeneous else self.sigma_sq.value)
        peeks = ""
        if self._cloud_key() == self._settled:  # the pointer that drags a slider points at no layer
            peeks = self._peeks.draw(svg.frames(picture), key, lambda k: self._bars(shown, k), _details(shown))
        scale = ruler.draw(LOG_SIGMA_SQ, np.log10(self.sigma_sq.value), marks)
        return svg.draw(picture, extra=scale + peeks, head=ruler.HEIGHT)


def _details(shown):
    """Return the standard deviations of each layer in words."""
    h, g = shown.log_std.activation[0].tolist(), shown.log_std.gradient[0].tolist()
    said = [f"std h {power_of_ten(value)}" for value in h]
    return [f"{words_of_h}, dl/df {power_of_ten(g[k])}" if k < len(g) else words_of_h
            for k, words_of_h in enumerate(said)]


def _tall(shares):
    top = shares.max(initial=0.0)
    return shares / top if top > 0 else shares
