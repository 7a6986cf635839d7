"""Every layer's histogram, hidden in the picture until the pointer is over that layer.

The page's own style does the showing, so that it needs no script and no answer from the kernel.
"""

from html import escape

from initlab import svg

STYLE = (
    "<style>.initlab-peek>g{visibility:hidden;pointer-events:none}"
    ".initlab-peek:hover>g{visibility:visible}</style>"
)


class Peeks:
    """Histograms ready for the pointer; their shapes are kept as long as the key stays the same."""

    def __init__(self):
        self._key = None
        self._shapes = []

    def draw(self, frames, key, layers, bars, names):
        """Return SVG elements for all layers.

        frames: those of two curves over layers and of the histogram. layers: how many; bars(k) the Bars of layer
        k = 1 .. layers; names: the words above each. key: whatever the shapes depend on.
        """
        if key != self._key:
            self._key = key
            self._shapes = [_shape(frames, k, bars(k)) for k in range(1, layers + 1)]
        return STYLE + "".join([f"{before}{escape(name)}{after}"
                                for (before, after), name in zip(self._shapes, names, strict=True)])


def _shape(frames, k, bars):
    *curves, histogram = frames
    hits, guides = "", ""
    for frame in curves:
        half = abs(frame.x(1.0) - frame.x(0.0)) / 2
        x = float(frame.x(k))
        hits += f"M{x - half:.1f} {frame.y1:.0f}h{2 * half:.1f}V{frame.y0:.0f}h{-2 * half:.1f}z"
        guides += f"M{x:.1f} {frame.y1:.0f}V{frame.y0:.0f}"
    x0, x1, y0, y1 = histogram.x0, histogram.x1, histogram.y0, histogram.y1
    # Paper over the title and the inside of the panel, then this layer's own histogram.
    cover = (
        f"M{x0 - 20:.0f} 0H{svg.WIDTH}V17H{x0 - 20:.0f}z"
        f"M{x0 + 1:.0f} {y1 + 1:.0f}H{x1 - 1:.0f}V{y0 - 1:.0f}H{x0 + 1:.0f}z"
    )
    before = (
        f'<g class="initlab-peek"><path d="{hits}" fill="transparent"/><g><path d="{guides}" stroke="currentColor"/>'
        f'<path d="{cover}" fill="{svg.PAPER}"/>{"".join([svg.draw_item(histogram, b) for b in bars])}'
        f'<text x="{x0:.0f}" y="14" font-weight="600">'
    )
    return before, "</text></g></g>"
