"""How often the checks turn a correct initialisation away, and how often they let a wrong one through.

    python benchmarks/error_rates.py                    # a million draws, a quarter of an hour; writes to docs/
    python benchmarks/error_rates.py --draws 20000 --nets 20 --out /tmp

The bounds are the rubric's own; how they are sampled is in error_rates_sampling.py.
Needs the test group (scipy, matplotlib).
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import numpy as np
from error_rates_sampling import (
    BATCH, CURVE, ENTRIES, HE, MATRICES, MEANS, NARROW_D, NARROW_K, RE, SCALED, SQUARES, WIDE_D, D, K, Tally,
    brute_force, cross_check, signals, weights,
)
from scipy import stats as law

from initlab import network, propagation
from initlab.rubric import bounds
from initlab.rubric.forward_pass import TUNING_REJECT, tuned_bounds


def limits() -> list[str]:
    """Return, a sentence each, what the table of bounds says nothing of."""
    rng = np.random.RandomState(0)  # the labs' own draw
    drawn, data_in = network.init_params(K, D, 1.0, rng), rng.normal(size=(1, 1000))
    h, dl_df = propagation.activation_std(*drawn, data_in), propagation.gradient_std(*drawn, data_in)
    # One more layer multiplies the std by sqrt(sigma squared).
    level = {"forward": (h[1] / h[K]) ** (2 / (K - 1)), "backward": (dl_df[K - 1] / dl_df[1]) ** (2 / (K - 2))}
    tried = []
    for direction, value in level.items():
        low, high = tuned_bounds(direction)
        if not 1.1 * low < value < high / 1.1:
            raise ValueError(f"{direction}, the labs' draw is level at {value:.4f}, too near {low:.4f} or {high:.4f}")
        tried.append(f"{low:.4f} to {high:.4f} {direction} (level value {value:.4f})")
    return [
        "The law is the normal one.",
        "For uniform draws, random signs and rescaled truncated ones the bounds on mean squares and means hold by "
        "proof as well, and the others as far as the real matrices below show; "
        "nothing is promised for laws with longer tails than the normal one.",
        "The variances found by trying are no part of the sum: the labs' own draw is fixed, and its level value lies "
        f"well inside, {' and '.join(tried)}.",
        f"On a draw of one's own the level value lies outside with a probability of {TUNING_REJECT:g}.",
    ]


def exact_tails() -> dict:
    """Return the probability of a false rejection for the bounds whose law is known in closed form, normal weights."""
    tails = {}
    for bound, n in SQUARES.items():
        low, high = bounds.mean_square(HE, bound, n)
        tails[bound] = law.chi2.cdf(low * n, n) + law.chi2.sf(high * n, n)
    low, high = bounds.mean_square_of_each(HE, MATRICES, ENTRIES)
    one = law.chi2.cdf(low * ENTRIES, ENTRIES) + law.chi2.sf(high * ENTRIES, ENTRIES)
    tails["each layer"] = -np.expm1(MATRICES * np.log1p(-one))
    for bound, n in MEANS.items():
        share = bounds.mean(HE, bound, n)
        tails[bound] = 2 * law.t.sf(share * np.sqrt((n - 1) / (1 - share**2)), n - 1)
    r = bounds.correlation(HE, MATRICES, ENTRIES)
    one = 2 * law.t.sf(r * np.sqrt((ENTRIES - 2) / (1 - r**2)), ENTRIES - 2)
    tails["layers apart"] = MATRICES * (MATRICES - 1) // 2 * one
    return tails


def report(tally: Tally, accepted: dict, near: dict, nets: int, agreement: float) -> str:
    """Return the page with all tables."""
    exact, draws = exact_tails(), tally.draws
    most = 3 / draws  # 95 percent limit when none of n was seen: the rule of three
    lines = [
        "# Error rates of the checks",
        "",
        "Made by `python benchmarks/error_rates.py`; every bound is the rubric's own (`src/initlab/rubric/bounds.py`).",
        "A submission is both labs.",
        "All its bounds together reject a correct one with a probability of at most "
        f"{bounds.FALSE_REJECT:g} by theory.",
        f"In {draws:,} simulated submissions {sum(tally.rejected.values())} bounds were missed by a correct one "
        f"(none seen in n means less than {most:.1g} with 95 % confidence).",
        "",
        "![Probability of acceptance against the variance](error_rates.png)",
        "",
        "The probability that weights of variance c · 2/D pass, by what is looked at.",
        "Mean squares tell 1.9/D and 2.1/D (dotted lines) from 2/D every time.",
        "Standard deviations by layer cannot: a right network's own luck moves them as much.",
        "",
        "## Correct initialisations turned away",
        "",
        "*Allotted* is what theory guarantees (Chernoff bounds, `src/initlab/theory.py`); *exact* is the probability "
        "where the law has a closed form; *seen* are counts.",
        f"K = {K}, D = {D}; the narrow network has K = {NARROW_K}, D = {NARROW_D}, the wide one D = {WIDE_D}.",
        *limits(),
        "",
        "| bound | allotted | exact | seen, forward lab | seen, backward lab |",
        "|---|---|---|---|---|",
    ]
    for bound in bounds.STATISTICAL[HE]:
        shown = f"{exact[bound]:.1e}" if bound in exact else "–"
        counts = [tally.rejected.get((exercise, bound), "–") for exercise in (HE, RE)]
        lines.append(f"| {bound} | {bounds.allotted(HE, bound):.1e} | {shown} | {counts[0]} | {counts[1]} |")
    total = sum(bounds.allotted(exercise, bound) for exercise in (HE, RE) for bound in bounds.STATISTICAL[exercise])
    lines += [
        f"| **all, both labs** | **{total:.1e}** | | **{sum(tally.rejected.values())}** of {draws:,} | |",
        "",
        f"Real matrices through the whole rubric, both labs, {nets} nets each:",
        "",
        "| distribution with the right variance | full marks | the same at 1.9/fan | at 2.1/fan |",
        "|---|---|---|---|",
        *(f"| {name} | {count} of {nets} | {near[0.95][name]} of {nets} | {near[1.05][name]} of {nets} |"
          for name, count in accepted.items()),
        "",
        f"Cross-check of the simulation: forward slopes of {30 * nets:,} nets with real matrices against "
        f"{210 * nets:,} simulated ones, Kolmogorov–Smirnov p = {agreement:.2f}.",
        "",
        "## Wrong initialisations let through",
        "",
        f"Share of {draws:,} draws that a bound lets through; a mistake is found when one bound does not.",
        "Shapes other than the normal one (rand, truncation, one matrix for all layers, constants) are in "
        "`tests/wrong_answers/`.",
        "",
        "| initialisation | hidden | first | last | band | ratio | slope | backward ratio | backward slope | all |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for name, *_ in SCALED:
        shares = [tally.accepted[name, bound] / draws for bound in (
            "hidden", "first", "last", "band", "forward ratio", "forward slope", "backward ratio", "backward slope")]
        together = min(shares[:3])
        lines.append(f"| {name} | " + " | ".join(f"{share:.3g}" for share in shares) + f" | {together:.3g} |")
    return "\n".join([*lines, ""])


def picture(tally: Tally, path: Path) -> None:
    """Draw the probability of acceptance against the variance."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    from initlab.picture import COLOURS

    figure, axes = plt.subplots(figsize=(7.5, 4.2), layout="constrained")
    styles = {"mean square": ("o-", 0, "mean square of the hidden weights"),
              "forward signal": ("s--", 1, "std of h by layer: band, ratio, slope"),
              "backward signal": ("^:", 2, "std of dl/df by layer: ratio, slope")}
    for bound, (style, colour, label) in styles.items():
        shares = np.maximum(tally.curve[bound] / tally.draws, 0.3 / tally.draws)
        axes.plot(CURVE, shares, style, color=COLOURS[colour], label=label, markevery=6, markersize=5)
    for c in (0.95, 1.05):
        axes.axvline(c, color="black", linewidth=1, linestyle=(0, (1, 2)))
    axes.set(xscale="log", yscale="log", xlim=(0.28, 2.7),
             xlabel="variance of the hidden weights, as a multiple c of 2/D",
             ylabel="share of draws that pass", title=f"Who gets through? {tally.draws:,} draws, K = {K}, D = {D}")
    axes.set_xticks([0.4, 0.5, 0.7, 1, 1.5, 2, 2.5], ["0.4", "0.5", "0.7", "1", "1.5", "2", "2.5"])
    axes.minorticks_off()
    axes.axhline(1 / tally.draws, color="grey", linewidth=0.8)
    axes.annotate("one draw", (2.5, 1 / tally.draws), textcoords="offset points", xytext=(0, 3), ha="right", fontsize=8)
    axes.legend(loc="upper left", fontsize=9)
    figure.savefig(path, dpi=110)
    plt.close(figure)


def main() -> None:
    """Run the simulation and write the page and its picture."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=1_000_000, help="simulated submissions")
    parser.add_argument("--nets", type=int, default=200, help="nets with real matrices, per distribution")
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "docs")
    options = parser.parse_args()
    rng, tally, start = np.random.default_rng(2026), Tally(draws=options.draws), time.perf_counter()
    for done in range(0, options.draws, BATCH):
        size = min(BATCH, options.draws - done)
        weights(tally, size, rng)
        signals(tally, size, rng)
        if done // BATCH % 25 == 0:
            print(f"{done + size:>9,} draws, {time.perf_counter() - start:.0f} s", flush=True)
    accepted = brute_force(options.nets, rng)
    near = {factor: brute_force(options.nets, rng, factor) for factor in (0.95, 1.05)}
    agreement = cross_check(30 * options.nets)
    options.out.mkdir(parents=True, exist_ok=True)
    page = report(tally, accepted, near, options.nets, agreement)
    (options.out / "error_rates.md").write_text(page, encoding="utf-8")
    picture(tally, options.out / "error_rates.png")
    print(page)
    print(f"{time.perf_counter() - start:.0f} s; written to {options.out}")


if __name__ == "__main__":
    main()
