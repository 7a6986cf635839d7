"""The figures of the labs, drawn by matplotlib, each with a text alternative that the page carries.

`plt.show()` and `IPython.display.Image(alt=...)` leave a picture without words for who cannot see it; an
<img alt> inside HTML does not. The figures belong to no pyplot state, so none is left open.
"""

import base64
from html import escape

import numpy as np

from initlab import svg
from initlab.picture import COLOURS, Band, Line, Panel, Picture, finite_range, power_of_ten
from initlab.raster import png
from initlab.words import words

_form = "png"


def draw_as(form):
    """Show every picture from now on as "png"; as "svg", ten times faster, on a page of ours; or by its "words".

    Notebooks are saved with PNGs, which every place that shows them can show.
    """
    global _form
    _form = form


def form():
    """Return how pictures are shown: "png", "svg" or "words"."""
    return _form


def still(picture, element_id=None):
    """Return a mimebundle of the picture, in the form that was chosen, and its text alternative.

    A PNG has HTML beside it that carries the words; an SVG carries them itself.
    """
    words_alone = {"text/plain": f"[picture] {picture.alt}"}
    if _form == "words":
        return words_alone
    if _form == "svg":
        return {"image/svg+xml": svg.draw(picture)} | words_alone
    data = base64.b64encode(png(picture)).decode("ascii")
    name = f' id="{element_id}"' if element_id else ""
    caption = f"<figcaption>{escape(picture.title)}</figcaption>" if picture.title else ""
    html = (
        f'<figure{name} style="margin:0"><img alt="{escape(picture.alt)}" '
        f'src="data:image/png;base64,{data}" style="max-width:100%">{caption}</figure>'
    )
    return {"text/html": html, "image/png": data} | words_alone


def show(picture):
    """Display the picture in the notebook; in a terminal, its words."""
    from IPython.display import display

    display(still(picture), raw=True)


def std_by_layer(curves, *, band=None, first_layer=1, ylabel="std of activations", title="std by layer"):
    """Draw standard deviations by layer on a log scale and display the picture.

    curves: {label: (L,)}, at most four; band: None or (low, high), each (L,), with first_layer the number of
    the first entry of all of them. Raise ValueError when lengths differ or there are more than four curves.
    """
    show(std_picture(curves, band=band, first_layer=first_layer, ylabel=ylabel, title=title))


def std_picture(curves, *, band=None, first_layer=1, ylabel="std of activations", title="std by layer",
                band_label="95% of 200 correct draws"):
    """Return what std_by_layer displays, as a Picture."""
    if not 1 <= len(curves) <= len(COLOURS):
        raise ValueError(f"curves must hold 1 to {len(COLOURS)} curves, got {len(curves)}")
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = {label: np.log10(np.asarray(values, dtype=float)) for label, values in curves.items()}
        edges = None if band is None else [np.log10(np.asarray(edge, dtype=float)) for edge in band]
    lengths = {label: len(values) for label, values in logs.items()}
    if edges is not None:
        lengths |= {"band low": len(edges[0]), "band high": len(edges[1])}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"curves and band must be equally long, got {lengths}")
    layers = np.arange(first_layer, first_layer + next(iter(lengths.values())))
    items = [Line(label, layers, values, style) for style, (label, values) in enumerate(logs.items())]
    if edges is not None:
        items.insert(0, Band(band_label, layers, *edges, style=2))
    first, last = layers[0], layers[-1]
    said = [
        words("curve", label=label, at=first, value=power_of_ten(values[0]), then=last, last=power_of_ten(values[-1]))
        for label, values in logs.items()
    ]
    if edges is not None:
        low, high = (power_of_ten(edge[-1]) for edge in edges)
        said.append(words("band", label=band_label, at=last, low=low, high=high))
    panel = Panel(
        title=title, x_label="layer k", y_label=ylabel, items=tuple(items), log_y=True,
        x_range=(first - 0.5, last + 0.5),
        y_range=finite_range([*logs.values(), *(edges or [])], at_least=2.0),
    )
    # No title of the picture: a caption would say once more what stands above the axes.
    alt = words("by_layer", title=title, what=ylabel, said="; ".join(said))
    return Picture(title="", alt=alt, panels=(panel,))


def init_by_layer(init, *, K=50, D=80, pass_="forward", seed=0):
    """Run init(K, D, rng), or init(K, D), and draw its curve inside the band of 200 correct initialisations.

    pass_: "forward" draws std of h_1 .. h_K against fan-in He draws, "backward" std of dl/df_1 .. dl/df_{K-1}
    against fan-out draws. An init that returns nothing yet gives one plain line. Raise ValueError for another pass_.
    """
    from IPython.display import display

    from initlab import propagation
    from initlab.cloud import cloud, quantiles, rescale

    if pass_ not in ("forward", "backward"):
        raise ValueError(f'pass_ must be "forward" or "backward", got {pass_!r}')
    name = getattr(init, "__name__", "init")
    if _form == "words":
        display({"text/plain": f"[picture] {name}: {K} layers of {D}, {pass_}"}, raw=True)
        return
    params = _draw(init, K, D, seed)
    if params is None:
        said = words("not_written", name=name)
        display({"text/html": f"<p>{escape(said)}</p>", "text/plain": said}, raw=True)
        return
    data_in = np.random.default_rng([seed, 1]).standard_normal((1, 1000))
    ratios = np.zeros(K + 1)
    if pass_ == "forward":
        ratios[0] = np.log10(D)
        low, high = quantiles(rescale(cloud(K, D), ratios).activation)
        stds, ylabel = propagation.activation_std(*params, data_in)[1:], "std of activations h"
    else:
        ratios[-1] = np.log10(D)
        low, high = quantiles(rescale(cloud(K, D), ratios).gradient)
        stds, ylabel = propagation.gradient_std(*params, data_in)[1:K], "std of gradients dl/df"
    show(std_picture({name: stds}, band=(10**low, 10**high), ylabel=ylabel,
                     title=f"{name}: {K} layers of {D}, {pass_}"))


def _draw(init, K, D, seed):
    """Return what init gives, or None while it is not written."""
    from initlab.checks.calling import wants_random_state
    from initlab.tables import attempt

    try:
        return attempt(init, K, D, np.random.default_rng(seed))
    except AttributeError as error:
        if not wants_random_state("AttributeError", str(error)):
            raise
    return attempt(init, K, D, np.random.RandomState(seed))
