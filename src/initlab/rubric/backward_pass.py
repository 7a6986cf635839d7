"""The exercises of lab 2: the backward pass."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from initlab import network, propagation, stats
from initlab.rubric import derivatives, initialisation
from initlab.rubric.forward_pass import judge_tuned, tuned_bounds
from initlab.rubric.numbers import near, slip
from initlab.rubric.verdict import Comparison, Finding, Verdict, exercise, judged

# The network and data of the print in question, as the lab draws them from RandomState(0).
PRINT_K, PRINT_D, PRINT_DATA = 5, 8, 100
# The print shows three decimals; dividing by n - 1 in place of n changes the 800 entries' std by 0.06 percent.
PRINT_TOLERANCE = 0.001
# The four derivatives by the letters of their names, each with what it means to have named it.
_DERIVATIVES = {"dldf": "", "dldh": "print.label_believed", "dldw": "print.parameters", "dldb": "print.parameters"}


@exercise(points=5, answers={"backward_pass": "derivatives"})
def backward_pass(trials) -> Verdict:
    """Judge the derivatives that a student's backward pass returned: derivatives.Trials."""
    return derivatives.judge(trials)


@exercise(points=2, answers={"sigma_sq_backward": "number"})
def sigma_sq_backward(sigma_sq: float) -> Verdict:
    """Judge a variance found by trying on the gradients: right where a draw can look level with it."""
    return judge_tuned("sigma_sq_backward", sigma_sq, tuned_bounds("backward"))


@exercise(points=4, answers={"re_init_params": "draws"})
def re_init_params(draws) -> Verdict:
    """Judge an initialisation for the backward pass: initialisation.Draws, variances 2 / fan-out."""
    return initialisation.judge("re_init_params", draws, "out")


@exercise(points=3, answers={"printed_quantity": "text", "true_std_dl_dh": "number"})
def mislabelled_print(quantity: str | Finding | None, std: float | Finding | None) -> Verdict:
    """Judge which quantity the print really shows, and the standard deviation of the real dl/dh at layer 1.

    One third of the points for the name, two thirds for the number.
    None stands for a part left blank, a finding for one that is no text or no number.
    """
    found, share = [], 0.0
    printed, real = printed_stds()
    if quantity is None or isinstance(quantity, Finding):
        found.append(quantity or Finding("print.name_blank"))
    else:
        name = _name(quantity)
        if name == "dldf":
            share += 1 / 3
        else:
            code = _DERIVATIVES.get(name, "print.name_unknown")
            found.append(Finding(code, {"name": quantity[:40]}))
    if std is None or isinstance(std, Finding):
        found.append(std or Finding("print.std_blank"))
    elif near(std, real[1], PRINT_TOLERANCE):
        share += 2 / 3
    else:
        slips = [("print.same_number", printed[1]), ("print.variance", real[1] ** 2)]
        slips += [("print.other_layer", value) for value in (real[0], *real[2:], *printed[2:])]
        fields = {"got": std, "shown": float(printed[1])}
        found.append(slip(std, slips, PRINT_TOLERANCE, fields) or Finding("print.other_number", fields))
    picture = None
    if isinstance(std, float) and std > 0:
        layers = tuple(range(1, PRINT_K))
        picture = Comparison("picture.print", layers, (std,), tuple(map(float, printed[1:PRINT_K])))
    return judged("mislabelled_print", share, found, picture=picture)


def _name(quantity: str) -> str:
    """Return which derivative a text names, however it is written: "dldf" for "all_dl_df[1]", "dL/df", "std of dl_df".

    A text that names none of them, or more than one, is returned as its letters.
    """
    letters = "".join(letter for letter in quantity.casefold().replace("∂", "d") if letter.isalnum())
    named = [name for name in _DERIVATIVES if name in letters]
    return named[0] if len(named) == 1 else letters


@lru_cache(maxsize=1)
def printed_stds() -> tuple[np.ndarray, np.ndarray]:
    """Return the std of dl/df and of dl/dh by layer, 0 … K, for the network, data and seed of the print in question."""
    rng = np.random.RandomState(0)
    all_weights, all_biases = network.init_params(PRINT_K, PRINT_D, 1.0, rng)
    data = rng.normal(size=(1, PRINT_DATA))  # the same numbers as one at a time
    _, _, dl_dh, dl_df = propagation.derivatives(all_weights, all_biases, data)
    return stats.layer_std(dl_df), stats.layer_std(dl_dh)
