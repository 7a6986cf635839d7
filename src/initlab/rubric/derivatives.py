"""Judge a backward pass step by step, each step on what the student's own step before it gave.

Five steps, a fifth of the points each: dl_df at the output, dl_dh, dl_df behind a ReLU, dl_dweights, dl_dbiases.
A step is compared with what it should make of the student's own input to it, so that one mistake costs its step once;
where that input is missing, has a wrong shape or isn't finite, the true one takes its place.
A step that leaves most layers at 0 earns nothing, however well that follows from zeros before it.

Bias gradients that are not summed over the batch, shape (width, n), are what the notebook this project grew from
returns: the gradient of each data point by itself, exact for the one point per call that it is used with.
They earn full marks, with a remark that says what is missing for a batch; any other shape or value is wrong.
The derivative of ReLU at exactly 0 is 0 or 1 by convention, and no case has a preactivation there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from initlab import network
from initlab.rubric.slips import STEPS, Step, Work
from initlab.rubric.structure import shown
from initlab.rubric.verdict import Comparison, Finding, Outcome, Verdict, judged

EXERCISE = "backward_pass"
NAMES = ("dl_dweights", "dl_dbiases", "dl_dh", "dl_df")
# What is left of the marks when the function works for some networks only.
STOPPED = 0.5


@dataclass(frozen=True)
class Case:
    """A network and a batch to run a backward pass on, as initlab.network.backward takes them."""

    all_weights: list
    all_biases: list
    all_f: list
    all_h: list
    y: np.ndarray

    @property
    def arguments(self) -> tuple:
        """Return the arguments of a backward pass, in order."""
        return self.all_weights, self.all_biases, self.all_f, self.all_h, self.y

    @property
    def K(self) -> int:
        """Return the number of hidden layers."""
        return len(self.all_weights) - 1


@dataclass(frozen=True)
class Answer:
    """The four lists that a student's backward pass returned for a case, and the arguments that it changed."""

    case: Case
    dl_dweights: list
    dl_dbiases: list
    dl_dh: list
    dl_df: list
    damaged: tuple[str, ...] = ()

    @property
    def lists(self) -> tuple:
        """Return the four lists in the order of NAMES."""
        return self.dl_dweights, self.dl_dbiases, self.dl_dh, self.dl_df


@dataclass(frozen=True)
class Trials:
    """The answers to the cases in order, and the answer when the last case was asked a second time.

    broke: the exception that ended a case, after which no further one was asked; None where none did.
    """

    answers: Sequence[Answer]
    again: Answer | None = None
    broke: Finding | None = None


def judge(trials: Trials) -> Verdict:
    """Return the verdict on the trials of a backward pass."""
    answers, again, broke = trials.answers, trials.again, trials.broke
    if not answers:
        return Verdict(EXERCISE, Outcome.BROKE, 0.0, (broke,))
    if again is not None and not _same(answers[-1], again):
        return judged(EXERCISE, 0.0, [Finding("common.not_repeatable")])
    found, share, remarks = _whole(answers)
    if found is None:
        found, share, remarks = _by_step(answers)
    damaged = next((answer.damaged for answer in answers if answer.damaged), ())
    if damaged:
        # First, for what was changed went into the steps after it.
        found, share = [Finding("backward.arguments_changed", {"names": ", ".join(damaged)}), *found], share - 0.2
    picture = _picture(answers[0])
    if broke is not None or any(finding.code == "backward.global_k" for finding in found):
        share *= STOPPED
    if broke is not None and not found:
        return Verdict(EXERCISE, Outcome.BROKE, share, (broke,), tuple(remarks), picture)
    return judged(EXERCISE, share, found, remarks, picture)  # an exception follows from what was found before it


def _whole(answers) -> tuple[list | None, float, list]:
    """Return a finding on the lists as a whole, with the share left; None where they can be judged step by step."""
    for answer in answers:
        want = answer.case.K + 1
        lengths = {len(entries) for entries in answer.lists}
        if lengths == {want}:
            continue
        if len(lengths) == 1:
            got = lengths.pop()
            share = _by_step([_shortened(answer, got)])[1] if 1 < got < want else 0.0
            return [Finding("backward.global_k", {"K": want - 1, "want": want, "got": got})], share, []
        name, got = next((name, len(entries)) for name, entries in zip(NAMES, answer.lists) if len(entries) != want)
        return [Finding("backward.list_length", {"name": name, "got": got, "want": want})], 0.0, []
    right = _by_step(answers)
    if not right[0]:
        return right
    for code, share, arrange in _ARRANGEMENTS:
        arranged = [arrange(answer) for answer in answers]
        if not _by_step(arranged)[0]:
            return [Finding(code)], share, []
    # dl_dbiases that are dl_df are no such slip: they were not summed over the batch.
    for first, second in ((0, 1), (0, 2), (0, 3), (1, 2), (2, 3)):
        if all(_identical(answer.lists[first], answer.lists[second]) for answer in answers if answer.case.K > 1):
            names = {"first": NAMES[first], "second": NAMES[second]}
            return [Finding("backward.same_list", names)], _by_step(answers)[1], []
    return None, 0.0, []


# Slips in how the lists are filled or returned, each with the share that is left.
_ARRANGEMENTS = (
    ("backward.dh_shifted", 0.8, lambda a: replace(a, dl_dh=[None, *a.dl_dh[:-1]])),
    ("backward.lists_reversed", 0.6, lambda a: Answer(a.case, *(entries[::-1] for entries in a.lists))),
    ("backward.dh_and_df_swapped", 0.6, lambda a: replace(a, dl_dh=a.dl_df, dl_df=a.dl_dh)),
    ("backward.weights_and_biases_swapped", 0.6,
     lambda a: replace(a, dl_dweights=a.dl_dbiases, dl_dbiases=a.dl_dweights)),
)


def _by_step(answers) -> tuple[list, float, list]:
    """Return findings in the order of the steps, the share earned, and remarks."""
    works = [_work(answer) for answer in answers]
    found, remarks, share = [], [], 0.0
    for step in STEPS:
        codes, seen = _step(step, works)
        remark = codes == ["backward.bias_per_sample"]
        if not codes or remark:
            share += 1 / len(STEPS)
        (remarks if remark else found).extend(Finding(code, seen) for code in codes)
    first = {}
    for finding in found:  # one mistake can show in several steps; it is told once
        first.setdefault(finding.code, finding)
    return list(first.values()), share, remarks


def _shortened(answer: Answer, layers: int) -> Answer:
    """Return an answer as one to a case that ends after some layers, which a wrong K makes of a square network."""
    case = answer.case
    return replace(answer, case=Case(*(arrays[:layers] for arrays in case.arguments[:4]), case.y))


def _work(answer: Answer) -> Work:
    truth = dict(zip(NAMES, network.backward(*answer.case.arguments)))
    own = {}
    for name, entries in zip(NAMES, answer.lists):
        own[name] = [
            array if _usable(array, true) else true for array, true in zip(entries, truth[name])
        ]
    given = dict(zip(NAMES, answer.lists))
    return Work(answer.case, given, own, truth)


def _usable(array, true) -> bool:
    return array is not None and array.shape == true.shape and bool(np.all(np.isfinite(array)))


def _step(step: Step, works: list[Work]) -> tuple[list[str], dict]:
    """Return the codes for one step of all answers, none when it is right, and the figures to quote."""
    wrong = None
    for work in works:
        for k in step.layers(work):
            got, want = work.given[step.name][k], step.right(work, k)
            if got is None and step.name == "dl_dh" and k == 0:
                continue  # the derivative for the input is of no use to anyone who trains the network
            if got is None:
                return ["backward.layer_missing"], {"name": step.name, "k": k, "K": work.case.K}
            if not np.all(np.isfinite(got)):
                return ["common.layer_not_finite"], {"name": step.name, "k": k}
            if wrong is None and not step.agrees(work, k, got, want):
                wrong = (work, k, got, want)
    if wrong is None:
        wrong = _mostly_zero(step, works)
        if wrong is None:
            return [], {}
    work, k, got, want = wrong
    seen = {"name": step.name, "k": k, "K": work.case.K, "n": work.case.y.shape[1], "got": shown(got.shape),
            "want": shown(want.shape)}
    for codes, form in step.slips:
        if _explains(step, works, form):
            return list(codes), seen
    if not np.any(got) and np.any(want):
        return ["backward.left_at_zero"], seen
    if got.shape != want.shape:
        return ["backward.shape"], seen
    place = np.unravel_index(np.argmax(np.abs(got - want)), got.shape)
    return [f"backward.{step.code}_differs"], {**seen, "place": shown(place), "value": float(got[place])}


def _mostly_zero(step: Step, works: list[Work]):
    """Return the first layer that a step left at 0, with what is right there, when it did so to more than half."""
    zero, layers = [], 0
    for work in works:
        truth = work.truth[step.name]
        for k in step.layers(work):
            got = work.given[step.name][k]
            if got is not None and np.any(truth[k]):
                layers += 1
                if not np.any(got):
                    zero.append((work, k, got, truth[k]))
    return zero[0] if 2 * len(zero) > layers else None


def _explains(step: Step, works: list[Work], form) -> bool:
    """Tell whether a slip gives the student's arrays wherever it can be applied, and differs from what is right."""
    differs = False
    for work in works:
        for k in step.layers(work):
            got = work.given[step.name][k]
            try:
                slipped = form(work, k)
            except (ValueError, IndexError):  # shapes that this slip cannot multiply: the student's couldn't either
                slipped = None
            want = step.right(work, k)
            if got is None or slipped is None:
                if got is not None and not step.agrees(work, k, got, want):
                    return False
                continue
            if not step.agrees(work, k, got, slipped):
                return False
            differs = differs or not step.agrees(work, k, slipped, want)
    return differs


def _identical(first: list, second: list) -> bool:
    return all(a is not None and b is not None and a.shape == b.shape and np.array_equal(a, b)
               for a, b in zip(first, second))


def _same(one: Answer, other: Answer) -> bool:
    for first, second in zip(one.lists, other.lists):
        if len(first) != len(second):
            return False
        for a, b in zip(first, second):
            if (a is None) != (b is None):
                return False
            # Threads may add up in another order, so that a float32 product is not the same to the last bit.
            if a is not None and (a.shape != b.shape or not np.allclose(a, b, rtol=1e-3, atol=1e-5, equal_nan=True)):
                return False
    return True


def _picture(answer: Answer) -> Comparison | None:
    """Return the std of the student's dl_df by layer beside that of the right one, for the first case."""
    right = network.backward(*answer.case.arguments)[3]
    layers = [k for k, array in enumerate(answer.dl_df[:len(right)]) if array is not None and array.size]
    if not layers:
        return None
    yours = tuple(float(np.std(answer.dl_df[k])) for k in layers)
    truth = tuple(float(np.std(right[k])) for k in layers)
    return Comparison("picture.gradients", tuple(layers), yours, truth, truth)
