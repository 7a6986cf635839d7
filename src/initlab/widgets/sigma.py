"""Move sigma squared and watch every layer answer, forward and backward."""

from html import escape

import numpy as np

from initlab import svg
from initlab.activation import ACTIVATIONS
from initlab.cloud import cloud, quantiles, rescale
from initlab.picture import COLOURS, Band, Bars, Line, Panel, Picture, power_of_ten
from initlab.widgets.net import BINS, tier, trace
from initlab.widgets.parts import Explorer, paired

LOG_SIGMA_SQ = (-4.0, 1.0)
RULER = 34  # room above the panels for the scale of sigma squared


def sigma_explorer(K=50, D=80, sigma_sq_omega=1.0, seed=0):
    """Return an explorer of sigma squared over K hidden layers of D units, starting at sigma_sq_omega."""
    return SigmaExplorer(K, D, sigma_sq_omega, seed)


class SigmaExplorer(Explorer):
    """Sliders for variance, depth and width; a list of activations; a seed; the layer to open."""

    def __init__(self, K, D, sigma_sq_omega, seed):
        import ipywidgets as w

        low, high = LOG_SIGMA_SQ
        self.sigma_sq = w.FloatLogSlider(value=sigma_sq_omega, min=low, max=high, step=0.02, readout=False)
        self.depth = w.IntSlider(value=K, min=2, max=100, readout=False)
        self.width = w.IntSlider(value=D, min=2, max=200, readout=False)
        self.activation = w.Dropdown(options=list(ACTIVATIONS), value="ReLU", description="activation")
        self.seed = w.BoundedIntText(value=seed, min=0, max=2**31 - 1, description="seed")
        self.new_seed = w.Button(description="New seed")
        self.layer = w.BoundedIntText(value=min(10, K), min=1, max=K, description="layer")
        rows = [
            paired("σ² of weights", self.sigma_sq, w.BoundedFloatText(min=10**low, max=10**high)),
            paired("depth K", self.depth, w.BoundedIntText(min=2, max=100)),
            paired("width D", self.width, w.BoundedIntText(min=2, max=200)),
            [self.activation, self.layer, self.seed, self.new_seed],
        ]
        self._peeks = (None, "")
        super().__init__(rows)
        self.new_seed.on_click(lambda button: setattr(self.seed, "value", self.seed.value + 1))
        self.depth.observe(self._limit_layer, "value")
        for control in (self.sigma_sq, self.depth, self.width, self.activation, self.seed, self.layer):
            control.observe(self.redraw, "value")

    def _limit_layer(self, change):
        self.layer.max = self.depth.value

    def _traces(self):
        """Return the network's trace, the cloud around it, and the cloud at He's value."""
        K, D, name, sigma_sq = self.depth.value, self.width.value, self.activation.value, self.sigma_sq.value
        shape = ACTIVATIONS[name]
        flat = cloud(K, D, name)
        if shape.homogeneous:
            around = rescale(flat, np.full(K + 1, np.log10(sigma_sq * D / shape.gain)))
        else:
            around = cloud(K, D, name, sigma_sq)
        return trace(K, D, self.seed.value, name, sigma_sq), around, flat

    def picture(self):
        """Return the panels: activations, gradients mirrored beside them, and one layer's histogram."""
        K = self.depth.value
        shown, around, flat = self._traces()
        panels = []
        for name, symbol, layers, style, x_range in (
            ("activation", "h", np.arange(1, K + 1), 0, (0.5, K + 0.5)),
            ("gradient", "dl/df", np.arange(1, K), 1, (K + 0.5, 0.5)),
        ):
            line = getattr(shown.log_std, name)[0]
            low, high = quantiles(getattr(around, name))
            calm = np.median(getattr(flat, name), axis=0)
            panels.append(Panel(
                title="activations, forward" if name == "activation" else "gradients, backward",
                x_label=f"layer k, 1 to {K}" if name == "activation" else f"layer k, {K - 1} back to 1",
                y_label=f"std of {symbol} at layer k",
                items=(
                    Band("95% of 200 seeds", layers, low, high, style),
                    Line(self._flat_name(), layers, calm, 2, marker=False),
                    Line("this seed", layers, line, style),
                ),
                x_range=x_range,
                y_range=tier(line, low, high, calm),
                log_y=True,
            ))
        layer = self.layer.value
        panels.append(Panel(
            title=f"layer {layer}, units of its std",
            x_label="value / std (zeros left out)",
            y_label="",
            items=tuple(self._bars(shown, layer)),
            x_range=(BINS[0], BINS[-1]),
            y_range=(0, 1.05),
            width=0.62,
        ))
        return Picture(title="sigma squared explorer", alt=self._words(shown), panels=tuple(panels))

    def drawing(self):
        """Return the picture with the ruler above it and every layer's histogram waiting under the pointer."""
        picture = self.picture()
        frames = svg.frames(picture)
        return svg.draw(picture, extra=self._ruler() + self._pointer(frames), head=RULER)

    def _flat_name(self):
        return "He, 2/D" if self.activation.value == "ReLU" else f"flat, {self._gain():.3g}/D"

    def _gain(self):
        return ACTIVATIONS[self.activation.value].gain

    def _bars(self, shown, layer):
        yield Bars("h", BINS, _tall(shown.activation.shares[layer - 1]), 0)
        if layer < self.depth.value:
            yield Bars("dl/df", BINS, _tall(shown.gradient.shares[layer - 1]), 1)

    def _words(self, shown):
        K, D = self.depth.value, self.width.value
        h = [power_of_ten(v) for v in shown.log_std.activation[0][[0, -1]]]
        g = [power_of_ten(v) for v in shown.log_std.gradient[0][[0, -1]]]
        return (
            f"{K} layers of {D} {self.activation.value} units, sigma squared {self.sigma_sq.value:.4g}, "
            f"seed {self.seed.value}. Std of activations: {h[0]} at layer 1, {h[1]} at layer {K}. "
            f"Std of gradients: {g[1]} at layer {K - 1}, {g[0]} at layer 1. "
            f"He's value 2/D is {2 / D:.4g}."
        )

    def _ruler(self):
        low, high = LOG_SIGMA_SQ
        left, right = svg.LEFT, svg.WIDTH - 20

        def at(value):
            return left + (np.log10(value) - low) / (high - low) * (right - left)

        D, now = self.width.value, at(self.sigma_sq.value)
        marks = {f"He 2/D = {2 / D:.4g}": 2 / D}
        if self._gain() != 2:
            marks = {f"{self._gain():.3g}/D = {self._gain() / D:.4g}": self._gain() / D, **marks}
        ticks = "".join(
            f'<path d="M{at(10.0**p):.1f} -14v4" stroke="currentColor"/>'
            f'<text x="{at(10.0**p):.1f}" y="0" text-anchor="middle" font-size="10">{10.0**p:g}</text>'
            for p in range(int(low), int(high) + 1)
        )
        named = "".join(
            f'<path d="M{at(value):.1f} -20v12" stroke="{COLOURS[2]}" stroke-width="2.5"/>'
            f'<text x="{at(value) + (5 if i == 0 else -5):.1f}" y="-22" '
            f'text-anchor="{"start" if i == 0 else "end"}">{escape(name)}</text>'
            for i, (name, value) in enumerate(marks.items())
        )
        return (
            f'<text x="2" y="-10" font-size="12">σ²</text>'
            f'<path d="M{left} -14H{right}" stroke="currentColor"/>{ticks}{named}'
            f'<path class="now" d="M{now:.1f} -14l-6 -10h12z" fill="{COLOURS[1]}"/>'
        )

    def _pointer(self, frames):
        """Return one hidden histogram per layer, which the page's own style shows under the pointer."""
        state = (self.depth.value, self.width.value, self.activation.value, self.seed.value)
        if not ACTIVATIONS[self.activation.value].homogeneous:
            state += (self.sigma_sq.value,)
        shown = self._traces()[0]
        if self._peeks[0] != state:
            self._peeks = (state, [self._peek(frames, shown, k) for k in range(1, self.depth.value + 1)])
        h, g = shown.log_std.activation[0], shown.log_std.gradient[0]
        names = [f"layer {k + 1}: std h {power_of_ten(v)}" for k, v in enumerate(h)]
        names = [n + (f", dl/df {power_of_ten(g[k])}" if k < len(g) else "") for k, n in enumerate(names)]
        return (
            "<style>.initlab-peek>g{visibility:hidden;pointer-events:none}"
            ".initlab-peek:hover>g{visibility:visible}</style>"
            + "".join([f"{before}{name}{after}" for (before, after), name in zip(self._peeks[1], names)])
        )

    def _peek(self, frames, shown, k):
        K, histogram = self.depth.value, frames[2]
        hits, guides = [], []
        for frame in frames[:2]:
            half = abs(frame.x(1.0) - frame.x(0.0)) / 2
            x = float(frame.x(k))
            hits.append(
                f'<rect x="{x - half:.1f}" y="{frame.y1:.0f}" width="{2 * half:.1f}" '
                f'height="{frame.y0 - frame.y1:.0f}" fill="transparent"/>'
            )
            guides.append(f'<path d="M{x:.1f} {frame.y1:.0f}V{frame.y0:.0f}" stroke="currentColor"/>')
        bars = "".join(svg._DRAW[Bars](histogram, b) for b in self._bars(shown, k))
        left = histogram.x0 - 4
        before = (
            f'<g class="initlab-peek">{"".join(hits)}<g>{"".join(guides)}'
            f'<rect x="{left:.0f}" y="0" width="{svg.WIDTH - left:.0f}" height="16" fill="{svg.PAPER}"/>'
            f'<rect x="{histogram.x0 + 1:.0f}" y="{histogram.y1 + 1:.0f}" '
            f'width="{histogram.x1 - histogram.x0 - 2:.0f}" height="{histogram.y0 - histogram.y1 - 2:.0f}" '
            f'fill="{svg.PAPER}"/>{bars}<text x="{left:.0f}" y="14" font-size="10.5">'
        )
        return before, "</text></g></g>"


def _tall(shares):
    top = shares.max(initial=0.0)
    return shares / top if top > 0 else shares
