"""The printed tables of the labs, as text: a standard deviation per layer, worded as in the original notebook.

A table of an answer that is still open is one plain line, so that a lab runs to its end without answers.
"""

from __future__ import annotations

import contextlib

import numpy as np

from initlab import propagation, stats

OPEN = {
    "en": "Nothing to print yet: the exercise above is still open.",
    "ko": "아직 출력할 것이 없습니다. 위의 문제가 비어 있습니다.",
}


def attempt(function, *arguments):
    """Return function(*arguments), or None while the function is not written.

    A random generator at the end is given in the way the function takes it, or not at all, as by the checks: the
    original's initialisations take none.  Whatever the function raises is the student's to see.
    """
    from initlab.checks.calling import taking_rng
    from initlab.rubric import Unusable

    if function is None or function is ...:
        return None
    if isinstance(arguments[-1], (np.random.Generator, np.random.RandomState)):
        with contextlib.suppress(Unusable):  # what cannot be called at all says so itself
            function = taking_rng(function, getattr(function, "__name__", "init"))
    try:
        result = function(*arguments)
    except NotImplementedError:
        return None
    return None if result is ... else result


def hidden_units(drawn, data_in, layers=None) -> str:
    """Return the table of the std of h[0], the input, to h[K], the last hidden layer.

    drawn: (all_weights, all_biases), or None while there are none.  data_in: (1, n).
    layers: which rows, default all.
    """
    if _open(drawn):
        return _open_line()
    stds = propagation.activation_std(*drawn, data_in)
    layers = list(range(len(stds)) if layers is None else layers)
    return _rows("hidden units", layers, stds[layers])


def derivatives(drawn, data_in, layers=None) -> str:
    """Return the table of the std of dl/df[1] … dl/df[K-1], least squares loss, target 0.

    drawn: (all_weights, all_biases), or None while there are none.  data_in: (1, n).
    layers: which rows, default all.
    The derivatives are the package's own, so that the table does not depend on anybody's backward pass.
    """
    if _open(drawn):
        return _open_line()
    stds = propagation.gradient_std(*drawn, data_in)
    layers = list(range(1, len(stds) - 1) if layers is None else layers)
    return _rows("derivatives", layers, stds[layers])


def original_print(result) -> str:
    """Return the original's table of layers 1 … K-1 under the name that it has there, which is wrong.

    result: what a backward pass returned, or None while it is not written.  The values are those of dl_df.
    """
    if _open(result):
        return _open_line()
    all_dl_df = result[3]
    layers = range(1, len(all_dl_df) - 1)
    return _rows("dl_dh", layers, stats.layer_std([all_dl_df[layer] for layer in layers]))


def _open(answer) -> bool:
    return answer is None or answer is ... or any(part is None or part is ... for part in answer)


def _open_line() -> str:
    from initlab.checks.session import current

    return OPEN[current().lang]


def _rows(what: str, layers, stds) -> str:
    # Three decimals as in the original; of an explosion they would show 39 digits, of what vanishes 0.000.
    plain = np.all((stds >= 1e-3) & (stds < 1e6))
    form = "%3.3f" if plain else "%.2e"
    return "\n".join(f"Layer %d, std of {what} = {form}" % row for row in zip(layers, stds))
