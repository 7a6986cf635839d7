"""A Picture drawn by matplotlib, as PNG: for figures of the labs and for stills of the explorers."""

from functools import lru_cache
from io import BytesIO

import numpy as np

from initlab.picture import COLOURS, DASHES, MARKERS, Band, Bars, Line, Mark, ticks

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
        """Return the picture as PNG bytes, with few colours: a third of the size, on its way into a notebook."""
        from PIL import Image

        for axes, kept, panel in zip(self.axes, self._kept, picture.panels):
            _draw_panel(axes, kept, panel)
        self.figure.canvas.draw()
        image = Image.fromarray(np.asarray(self.figure.canvas.buffer_rgba())).convert("RGB")
        # An octree finds the colours six times faster than PIL's default does, and the file is smaller.
        image = image.quantize(256, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
        stream = BytesIO()
        image.save(stream, format="png")
        return stream.getvalue()


@lru_cache(maxsize=8)
def _canvas(n_panels, ratios, inches):
    return Canvas(n_panels, ratios, inches)


def png(picture):
    """Return a Picture as PNG bytes."""
    ratios = tuple(panel.width for panel in picture.panels)
    return _canvas(len(ratios), ratios, INCHES if len(ratios) == 1 else WIDE_INCHES).png(picture)


def _draw_panel(axes, kept, panel):
    from matplotlib.ticker import FixedFormatter, FixedLocator

    # As in an explorer: with a detail the title ends where the frame ends. The other side is emptied, for the axes
    # may still hold the title of another picture.
    heads = ("", f"{panel.title}: {panel.detail}") if panel.detail else (panel.title, "")
    for side, text in zip(("left", "right"), heads):
        axes.set_title(text, loc=side, fontsize=10, pad=24 if panel.legend else 6)
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
        size = 8 if panel.width == 1 and len(panel.items) < 3 else 7
        axes.legend(*zip(*named), loc="lower left", bbox_to_anchor=(-0.02, 0.99), ncols=4, fontsize=size,
                    frameon=False, borderpad=0.2, columnspacing=0.8, handlelength=2.0, handletextpad=0.4)


def _keep(kept, key, make):
    if key not in kept:
        kept[key] = make()
    kept[key].set_visible(True)
    return kept[key]


def _floor(panel, y):
    """Return y with -inf, a dead layer, moved below the frame, where matplotlib can still draw to it."""
    low, high = panel.y_range
    outside = high - low
    return np.nan_to_num(np.asarray(y, dtype=float), nan=np.nan, neginf=low - outside, posinf=high + outside)


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
