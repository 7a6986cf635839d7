"""Say first what will happen, then see it: a prediction that turned out wrong is remembered."""

import numpy as np

from initlab.activation import ACTIVATIONS
from initlab.cloud import cloud, quantiles, rescale
from initlab.picture import Band, Line, Panel, Picture, finite_range, power_of_ten
from initlab.widgets.net import trace
from initlab.widgets.parts import Explorer, Pair, explorer, sentence
from initlab.words import words


@explorer
def predict_then_reveal(sigma_sq_omega=None, *, against=None, K=50, D=80, pass_="forward", seed=0):
    """Return an explorer that asks how much std grows from the first layer to the last, and then shows it.

    sigma_sq_omega: variance of every weight, default 1/D. against: None, or another variance; then the question is
    by which factor the growth changes between the two on the same draw. pass_: "forward" for std(h_K) / std(h_1),
    "backward" for std(dl/df_1) / std(dl/df_{K-1}). Raise ValueError for another pass_.
    """
    if pass_ not in ("forward", "backward"):
        raise ValueError(f'pass_ must be "forward" or "backward", got {pass_!r}')
    return Prediction(1 / D if sigma_sq_omega is None else sigma_sq_omega, against, K, D, pass_, seed)


class Prediction(Explorer):
    """A slider for the prediction, a button that reveals, a button that starts over."""

    def __init__(self, sigma_sq_omega, against, K, D, pass_, seed):
        import ipywidgets as w

        self.sigma_sq_omega, self.against = sigma_sq_omega, against
        self.K, self.D, self.pass_, self.seed = K, D, pass_, seed
        self.revealed = False
        reach, step = (45, 0.05) if against is None else (3, 0.01)
        self.expected = Pair(
            words("expect"), words("factor"),
            w.FloatLogSlider(value=1.0, min=-reach, max=reach, step=step, readout=False),
            w.BoundedFloatText(value=1.0, min=10.0**-reach, max=10.0**reach),
        )
        self.reveal = w.Button(description=words("reveal"))
        self.again = w.Button(description=words("again"), disabled=True)
        self.said = w.HTML()
        super().__init__([
            [self.said],
            self.expected.row,
            [self.reveal, self.again],
        ])
        self.expected.observe(self.redraw)
        self.reveal.on_click(lambda button: self._turn(True))
        self.again.on_click(lambda button: self._turn(False))

    def _turn(self, revealed):
        self.revealed = revealed
        self.expected.lock(revealed)
        self.reveal.disabled = revealed
        self.again.disabled = not revealed
        self.redraw()

    @property
    def _ratio(self):
        return f"std(h_{self.K}) / std(h_1)" if self.pass_ == "forward" else f"std(dl/df_1) / std(dl/df_{self.K - 1})"

    def _growth(self, sigma_sq):
        """Return log10 std over that of the layer where the signal enters: (layers,), and of 200 seeds."""
        name = "activation" if self.pass_ == "forward" else "gradient"
        one = getattr(trace(self.K, self.D, self.seed, "ReLU", sigma_sq).log_std, name)
        ratio = np.log10(sigma_sq * self.D / ACTIVATIONS["ReLU"].gain)
        many = getattr(rescale(cloud(self.K, self.D), np.full(self.K + 1, ratio)), name)
        if self.pass_ == "backward":
            one, many = one[:, ::-1], many[:, ::-1]
        return (one - one[:, :1])[0], many - many[:, :1]

    def picture(self):
        """Return the expected straight line and, once revealed, the measured curve."""
        forward = self.pass_ == "forward"
        layers = np.arange(1, self.K + 1) if forward else np.arange(self.K - 1, 0, -1)
        straight = np.linspace(0.0, np.log10(self.expected.value), len(layers))
        items, extent = [], []
        if self.against is not None:
            straight = straight + self._growth(self.against)[0]
            items.append(Line(f"variance {self.against:.4g}", layers, self._growth(self.against)[0], 2))
        items.append(Line("expected", layers, straight, 1))
        if self.revealed:
            one, many = self._growth(self.sigma_sq_omega)
            items.append(Line(f"measured, variance {self.sigma_sq_omega:.4g}", layers, one, 0))
            if self.against is None:
                low, high = quantiles(many)
                items.insert(0, Band("95% of 200 seeds", layers, low, high, 0))
                extent += [low, high]
        extent += [item.y for item in items if isinstance(item, Line)]
        panel = Panel(
            title=f"{self.K} layers of {self.D} ReLU units, {self.pass_}",
            x_label="layer k" if forward else f"layer k, from {self.K - 1} back to 1",
            y_label="std / std of the first layer" if forward else f"std / std of layer {self.K - 1}",
            items=tuple(items), log_y=True,
            x_range=(0.5, self.K + 0.5) if forward else (self.K - 0.5, 0.5),
            y_range=finite_range(extent, at_least=4.0 if self.against is None else 1.0),
        )
        return Picture(words("predict_title"), " ".join(self.sentences()), (panel,))

    def sentences(self):
        """Return what is said beside the picture: the question, or the answer with the difference in numbers."""
        expected = np.log10(self.expected.value)
        if not self.revealed:
            against = None if self.against is None else f"{self.against:.4g}"
            question = words("question" if against is None else "question_against", ratio=self._ratio,
                             sigma_sq=f"{self.sigma_sq_omega:.4g}", against=against)
            return [question, words("expected", expected=power_of_ten(expected, 3))]
        one, many = self._growth(self.sigma_sq_omega)
        measured = one[-1]
        if self.against is not None:
            measured = measured - self._growth(self.against)[0][-1]
        said = [words("answer", expected=power_of_ten(expected, 3), measured=power_of_ten(measured, 3),
                      seed=self.seed)]
        apart = abs(expected - measured)
        if apart < 5e-4:
            said.append(words("same"))
        else:
            which = "too_large" if expected > measured else "too_small"
            said.append(words(which, times=power_of_ten(apart, 3), decades=f"{apart:.2g}"))
        if self.against is None:
            low, high = quantiles(many)
            said.append(words("spread", low=power_of_ten(low[-1]), high=power_of_ten(high[-1])))
        return said

    def redraw(self, change=None):
        """Show the prediction, and the answer once it is revealed."""
        super().redraw()
        self.said.value = "".join(sentence(text) for text in self.sentences())
