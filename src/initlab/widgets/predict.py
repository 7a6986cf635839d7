"""Say first what will happen, then see it: a prediction that can be wrong is remembered."""

import numpy as np

from initlab.cloud import cloud, quantiles, rescale
from initlab.activation import ACTIVATIONS
from initlab.picture import Band, Line, Panel, Picture, finite_range, power_of_ten
from initlab.widgets.net import trace
from initlab.widgets.parts import Explorer, paired, sentence


def predict_then_reveal(sigma_sq_omega=None, *, K=50, D=80, pass_="forward", seed=0):
    """Return an explorer that asks for the last layer's std over the first's, and shows it only when asked.

    sigma_sq_omega: variance of every weight, default 1/D. pass_: "forward" asks for std(h_K) / std(h_1),
    "backward" for std(dl/df_1) / std(dl/df_{K-1}). Raise ValueError for another pass_.
    """
    if pass_ not in ("forward", "backward"):
        raise ValueError(f'pass_ must be "forward" or "backward", got {pass_!r}')
    return Prediction(1 / D if sigma_sq_omega is None else sigma_sq_omega, K, D, pass_, seed)


class Prediction(Explorer):
    """A slider for the prediction, a button that reveals, a button that starts over."""

    def __init__(self, sigma_sq_omega, K, D, pass_, seed):
        import ipywidgets as w

        self.sigma_sq_omega, self.K, self.D, self.pass_, self.seed = sigma_sq_omega, K, D, pass_, seed
        self.revealed = False
        self.expected = w.FloatLogSlider(value=1.0, min=-45, max=45, step=0.05, readout=False)
        self.reveal = w.Button(description="Reveal")
        self.again = w.Button(description="Start again", disabled=True)
        self.answer = w.HTML()
        self.expected_box = w.BoundedFloatText(min=1e-45, max=1e45)
        rows = [paired("I expect", self.expected, self.expected_box), [self.reveal, self.again], [self.answer]]
        super().__init__(rows)
        self.expected.observe(self.redraw, "value")
        self.reveal.on_click(lambda button: self._turn(True))
        self.again.on_click(lambda button: self._turn(False))

    def _turn(self, revealed):
        self.revealed = revealed
        self.reveal.disabled = self.expected.disabled = self.expected_box.disabled = revealed
        self.again.disabled = not revealed
        self.redraw()

    @property
    def _ratio_name(self):
        if self.pass_ == "forward":
            return f"std(h_{self.K}) / std(h_1)"
        return f"std(dl/df_1) / std(dl/df_{self.K - 1})"

    def _measured(self):
        """Return layers from where the signal enters to where it ends, with log std relative to the first."""
        name = "activation" if self.pass_ == "forward" else "gradient"
        shown = getattr(trace(self.K, self.D, self.seed, "ReLU", self.sigma_sq_omega).log_std, name)
        ratio = np.log10(self.sigma_sq_omega * self.D / ACTIVATIONS["ReLU"].gain)
        around = getattr(rescale(cloud(self.K, self.D), np.full(self.K + 1, ratio)), name)
        if self.pass_ == "backward":
            shown, around = shown[:, ::-1], around[:, ::-1]
        return (shown - shown[:, :1])[0], around - around[:, :1]

    def picture(self):
        """Return the expected straight line and, once revealed, the measured curve and 200 other seeds."""
        count = self.K if self.pass_ == "forward" else self.K - 1
        layers = np.arange(1, count + 1) if self.pass_ == "forward" else np.arange(count, 0, -1)
        expected = np.log10(self.expected.value)
        line = np.linspace(0.0, expected, count)
        items, values = [Line("expected", layers, line, 1)], [line]
        words = f"Expected: {self._ratio_name} = {power_of_ten(expected)}."
        if self.revealed:
            shown, around = self._measured()
            low, high = quantiles(around)
            items = [Band("95% of 200 seeds", layers, low, high, 0), *items, Line("measured", layers, shown, 0)]
            values += [shown, low, high]
            words += " " + self._difference(expected, shown[-1], low[-1], high[-1])
        panel = Panel(
            title=f"K={self.K}, D={self.D}, sigma squared {self.sigma_sq_omega:.4g}, {self.pass_}",
            x_label="layer k", y_label="std / std where the signal enters", items=tuple(items), log_y=True,
            x_range=(layers[0] - 0.5, layers[-1] + 0.5) if self.pass_ == "forward" else (count + 0.5, 0.5),
            y_range=finite_range(values, at_least=4.0),
        )
        return Picture(title="predict, then reveal", alt=words, panels=(panel,))

    def _difference(self, expected, measured, low, high):
        apart = abs(expected - measured)
        return (
            f"Measured with seed {self.seed}: {power_of_ten(measured)}; "
            f"95% of 200 seeds lie between {power_of_ten(low)} and {power_of_ten(high)}. "
            f"The prediction is {power_of_ten(apart)} times too {'large' if expected > measured else 'small'}, "
            f"{apart:.2g} powers of ten."
        )

    def redraw(self, change=None):
        """Show the prediction, and the sentence with the difference once it is revealed."""
        super().redraw()
        question = f"What will {self._ratio_name} be when every weight has variance {self.sigma_sq_omega:.4g}?"
        self.answer.value = sentence(self.picture().alt if self.revealed else question)
