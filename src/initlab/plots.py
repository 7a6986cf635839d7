"""The figures of the labs, drawn by matplotlib, each with a text alternative that the page carries.

`plt.show()` and `IPython.display.Image(alt=...)` leave a picture without words for who cannot see it; an
<img alt> inside HTML does not. The figures belong to no pyplot state, so none is left open.
"""

import base64
from functools import lru_cache
from html import escape
from io import BytesIO

import numpy as np

from initlab.picture import COLOURS, DASHES, MARKERS, Band, Bars, Line, Mark, Panel, Picture, finite_range
from initlab.picture import power_of_ten, ticks
from initlab.words import words

DPI = 100
INCHES, WIDE_INCHES = (6.4, 3.6), (9.6, 3.0)


class Canvas:
    """One matplotlib figure for pictures of one layout; artists are kept and given new data.

    Making a figure costs several times what moving its lines does.
    """

    def __init__(self, n_panels, ratios, inches):
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.figure = Figure(figsize=inches, dpi=DPI)
        FigureCanvasAgg(self.figure)
        self.axes = list(self.figure.subplots(1, n_panels, squeeze=False, width_ratios=ratios)[0])
        width, height = inches
        # Fixed margins in inches: measuring text for a tight box costs more than drawing the lines.
        self.figure.subplots_adjust(
            left=0.75 / width, right=1 - 0.12 / width, bottom=0.55 / height, top=1 - 0.6 / height, wspace=0.32
        )
        self._kept = [{} for _ in self.axes]

    def png(self, picture):
        """Return the picture as PNG bytes, with 256 colours: a third of the size, on its way into a notebook."""
        from PIL import Image

        for axes, kept, panel in zip(self.axes, self._kept, picture.panels):
            _draw_panel(axes, kept, panel)
        self.figure.canvas.draw()
        image = Image.fromarray(np.asarray(self.figure.canvas.buffer_rgba())).convert("RGB")
        stream = BytesIO()
        image.quantize(256, dither=Image.Dither.NONE).save(stream, format="png", optimize=True)
        return stream.getvalue()


@lru_cache(maxsize=8)
def _canvas(n_panels, ratios, inches):
    return Canvas(n_panels, ratios, inches)


def png(picture):
    """Return a Picture as PNG bytes."""
    ratios = tuple(panel.width for panel in picture.panels)
    return _canvas(len(ratios), ratios, INCHES if len(ratios) == 1 else WIDE_INCHES).png(picture)


_drawing = True


def words_only():
    """Show every picture by its text alternative alone from now on, where nobody is going to look."""
    global _drawing
    _drawing = False


def still(picture, element_id=None):
    """Return a mimebundle of the picture: HTML with the text alternative, a PNG, and the text alone."""
    if not _drawing:
        return {"text/plain": f"[picture] {picture.alt}"}
    data = base64.b64encode(png(picture)).decode("ascii")
    name = f' id="{element_id}"' if element_id else ""
    caption = f"<figcaption>{escape(picture.title)}</figcaption>" if picture.title else ""
    return {
        "text/html": (
            f'<figure{name} style="margin:0"><img alt="{escape(picture.alt)}" '
            f'src="data:image/png;base64,{data}" style="max-width:100%">{caption}</figure>'
        ),
        "image/png": data,
        "text/plain": f"[picture] {picture.alt}",
    }


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
    summary = "; ".join(
        f"{label}: {power_of_ten(values[0])} at layer {layers[0]}, {power_of_ten(values[-1])} at layer {layers[-1]}"
        for label, values in logs.items()
    )
    if edges is not None:
        summary += (f"; {band_label}: {power_of_ten(edges[0][-1])} to {power_of_ten(edges[1][-1])} "
                  f"at layer {layers[-1]}")
    panel = Panel(
        title=title, x_label="layer k", y_label=ylabel, items=tuple(items), log_y=True,
        x_range=(layers[0] - 0.5, layers[-1] + 0.5),
        y_range=finite_range([*logs.values(), *(edges or [])], at_least=2.0),
    )
    # No title of the picture: a caption would say once more what stands above the axes.
    return Picture(title="", alt=f"{title}. {ylabel} by layer, log scale. {summary}.", panels=(panel,))


def init_by_layer(init, *, K=50, D=80, pass_="forward", seed=0):
    """Run init(K, D, rng), or init(K, D), and draw its curve inside the band of 200 correct initialisations.

    pass_: "forward" draws std of h_1 .. h_K against fan-in He draws, "backward" std of dl/df_1 .. dl/df_{K-1}
    against fan-out draws. An init that returns nothing yet gives one plain line. Raise ValueError for another pass_.
    """
    from IPython.display import display

    from initlab import network, stats
    from initlab.cloud import cloud, quantiles, rescale

    if pass_ not in ("forward", "backward"):
        raise ValueError(f'pass_ must be "forward" or "backward", got {pass_!r}')
    name = getattr(init, "__name__", "init")
    if not _drawing:
        display({"text/plain": f"[picture] {name}: {K} layers of {D}, {pass_}"}, raw=True)
        return
    params = _draw(init, K, D, seed)
    if params is None:
        said = words("not_written", name=name)
        display({"text/html": f"<p>{escape(said)}</p>", "text/plain": said}, raw=True)
        return
    all_weights, all_biases = params
    x = np.random.default_rng([seed, 1]).standard_normal((1, 1000))
    output, all_f, all_h = network.forward(all_weights, all_biases, x)
    ratios = np.zeros(K + 1)
    if pass_ == "forward":
        ratios[0] = np.log10(D)
        low, high = quantiles(rescale(cloud(K, D), ratios).activation)
        stds, ylabel = stats.layer_std(all_h[1:]), "std of activations h"
    else:
        ratios[-1] = np.log10(D)
        low, high = quantiles(rescale(cloud(K, D), ratios).gradient)
        all_dl_df = network.backward(all_weights, all_biases, all_f, all_h, np.zeros_like(output))[3]
        stds, ylabel = stats.layer_std(all_dl_df[1:K]), "std of gradients dl/df"
    show(std_picture({name: stds}, band=(10**low, 10**high), ylabel=ylabel,
                     title=f"{name}: {K} layers of {D}, {pass_}"))


def _draw(init, K, D, seed):
    """Return what init gives, or None while it is not written."""
    from initlab.tables import attempt

    try:
        return attempt(init, K, D, np.random.default_rng(seed))
    except AttributeError:  # such as rng.randn, which only a RandomState has
        return attempt(init, K, D, np.random.RandomState(seed))


def _draw_panel(axes, kept, panel):
    from matplotlib.ticker import FixedFormatter, FixedLocator

    axes.set_title(panel.title, loc="left", fontsize=10, pad=24 if panel.legend else 6)
    axes.set_xlabel(panel.x_label)
    axes.set_ylabel(panel.y_label)
    axes.set_xlim(panel.x_range)
    axes.set_ylim(panel.y_range)
    for axis, limits, log in ((axes.xaxis, panel.x_range, panel.log_x), (axes.yaxis, panel.y_range, panel.log_y)):
        places = ticks(*limits, log=log)
        axis.set_major_locator(FixedLocator([place for place, _ in places]))
        axis.set_major_formatter(FixedFormatter([label for _, label in places]))
    axes.grid(axis="y", alpha=0.3)
    for artist in kept.values():
        artist.set_visible(False)
    shown = [_DRAW[type(item)](axes, kept, i, item, panel) for i, item in enumerate(panel.items)]
    named = [(artist, item.label) for artist, item in zip(shown, panel.items)
             if item.label and not isinstance(item, Mark)]
    if axes.get_legend():
        axes.get_legend().remove()
    if panel.legend and named:
        axes.legend(*zip(*named), loc="lower left", bbox_to_anchor=(-0.02, 0.99), ncols=4, fontsize=8 if panel.width == 1 and len(panel.items) < 3 else 7,
                    frameon=False, borderpad=0.2, columnspacing=0.8, handlelength=2.0, handletextpad=0.4)


def _keep(kept, key, make):
    if key not in kept:
        kept[key] = make()
    kept[key].set_visible(True)
    return kept[key]


def _floor(panel, y):
    """Return y with -inf, a dead layer, moved below the frame, where matplotlib can still draw to it."""
    low, high = panel.y_range
    return np.nan_to_num(np.asarray(y, dtype=float), nan=np.nan, neginf=low - (high - low), posinf=high + (high - low))


def _line(axes, kept, i, item, panel):
    line = _keep(kept, ("line", i), lambda: axes.plot([], [], linewidth=1.8, markersize=4)[0])
    line.set_data(item.x, _floor(panel, item.y))
    line.set_color(COLOURS[item.style])
    line.set_linestyle((0, DASHES[item.style]) if DASHES[item.style] else "-")
    line.set_marker(MARKERS[item.style] if item.marker else "")
    line.set_markevery(max(len(item.x) // 12, 1))
    return line


def _area(axes, kept, i, style, points, alpha):
    from matplotlib.patches import Polygon

    area = _keep(kept, ("area", i), lambda: axes.add_patch(Polygon(np.zeros((3, 2)))))
    area.set_xy(points)
    area.set(facecolor=COLOURS[style], edgecolor=COLOURS[style], alpha=alpha, linewidth=0.5)
    return area


def _band(axes, kept, i, item, panel):
    x, low, high = np.asarray(item.x, dtype=float), _floor(panel, item.low), _floor(panel, item.high)
    return _area(axes, kept, i, item.style, np.column_stack([np.r_[x, x[::-1]], np.r_[high, low[::-1]]]), 0.22)


def _bars(axes, kept, i, item, panel):
    edges, heights = np.repeat(item.edges, 2), np.r_[0.0, np.repeat(item.heights, 2), 0.0]
    return _area(axes, kept, i, item.style, np.column_stack([edges, heights]), 0.55)


def _mark(axes, kept, i, item, panel):
    colour = "black" if item.style is None else COLOURS[item.style]
    line = _keep(kept, ("mark", i), lambda: axes.axvline(0.0, linewidth=1.2, linestyle="--"))
    line.set_xdata([item.x, item.x])
    line.set_color(colour)
    text = _keep(kept, ("name", i), lambda: axes.text(0.0, 0.97, "", va="top", fontsize=8,
                                                      transform=axes.get_xaxis_transform()))
    text.set(x=item.x, text=f" {item.label} ")
    low, high = panel.x_range
    text.set_horizontalalignment("right" if (item.x - low) / (high - low) > 0.5 else "left")
    return line


_DRAW = {Line: _line, Band: _band, Bars: _bars, Mark: _mark}
