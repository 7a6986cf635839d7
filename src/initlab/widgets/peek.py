"""Every layer's histogram, hidden in the picture until the pointer is over that layer.

The page's own style does the showing, so that it needs no script and no answer from the kernel.
"""

from initlab import svg

STYLE = (
    "<style>.initlab-peek>g{visibility:hidden;pointer-events:none}"
    ".initlab-peek:hover>g{visibility:visible}</style>"
)

HEADING = 170  # room for the longest title, to the left of the histogram


class Peeks:
    """Histograms ready for the pointer; their shapes are kept as long as the key stays the same."""

    def __init__(self):
        self._key = None
        self._shapes = []

    def draw(self, frames, key, bars, details):
        """Return SVG elements for all layers.

        frames: those of two curves over layers and of the histogram. bars(k): the Bars of layer k = 1 .. layers.
        details: the numbers above each of them. key: whatever the shapes depend on.
        """
        if key != self._key:
            self._key = key
            self._shapes = [_shape(frames, k, bars(k)) for k in range(1, len(details) + 1)]
        headings = [svg.heading(frames[-1], f"layer {k}", detail) for k, detail in enumerate(details, 1)]
        return STYLE + "".join([f"{shape}{above}</g></g>"
                                for shape, above in zip(self._shapes, headings, strict=True)])


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
        f"M{x0 - HEADING:.0f} 0H{svg.WIDTH}V17H{x0 - HEADING:.0f}z"
        f"M{x0 + 1:.0f} {y1 + 1:.0f}H{x1 - 1:.0f}V{y0 - 1:.0f}H{x0 + 1:.0f}z"
    )
    return (
        f'<g class="initlab-peek"><path d="{hits}" fill="transparent"/><g><path d="{guides}" stroke="currentColor"/>'
        f'<path d="{cover}" fill="{svg.PAPER}"/>{"".join([svg.draw_item(histogram, b) for b in bars])}'
    )
