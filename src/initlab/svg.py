"""A Picture as SVG text: 2 ms instead of matplotlib's 40, so that a slider is answered at once."""

from html import escape

import numpy as np

from initlab.picture import COLOURS, DASHES, Band, Bars, Line, Mark, ticks

HEIGHT = 270
WIDTH = 880
LEFT, RIGHT, TOP, BOTTOM = 58, 10, 40, 40

# JupyterLab's own colours where it sets them, else black on white: always both or neither, so that the
# text can be read on what lies behind it in a light and in a dark theme.
INK = "var(--jp-content-font-color1, #1a1a1a)"
PAPER = "var(--jp-layout-color0, #ffffff)"
FAINT = "var(--jp-border-color1, #9e9e9e)"


def draw(picture, *, extra="", head=0):
    """Return the picture as one <svg> element with role img and its alt text.

    extra: SVG elements drawn on top; head: room above the panels for them, at negative y.
    """
    parts = [frame.draw() for frame in frames(picture)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(picture.alt)}" '
        f'width="{WIDTH}" height="{HEIGHT + head}" viewBox="0 {-head} {WIDTH} {HEIGHT + head}" '
        f'style="display:block;width:100%;max-width:{WIDTH}px;height:auto;'
        f'background:{PAPER};color:{INK};font:11.5px system-ui,sans-serif" fill="currentColor">'
        f"{''.join(parts)}{extra}</svg>"
    )


def frames(picture):
    """Return one Frame per panel of the picture, from left to right."""
    share = (WIDTH - 4) / sum(panel.width for panel in picture.panels)
    lefts = np.cumsum([2.0] + [share * panel.width for panel in picture.panels])
    return [Frame(panel, float(left), share * panel.width) for panel, left in zip(picture.panels, lefts)]


class Frame:
    """Where a panel lies in the picture, and how its data become coordinates."""

    def __init__(self, panel, left, width):
        self.panel = panel
        self.x0, self.x1 = left + LEFT, left + width - RIGHT
        self.y0, self.y1 = HEIGHT - BOTTOM, TOP

    def x(self, value):
        """Return the horizontal coordinate of a value or an array of values."""
        low, high = self.panel.x_range
        return self.x0 + (value - low) / (high - low) * (self.x1 - self.x0)

    def y(self, value):
        """Return the vertical coordinate, clipped a little outside the frame; -inf lies at the bottom."""
        low, high = self.panel.y_range
        share = np.clip((np.asarray(value, dtype=float) - low) / (high - low), -0.02, 1.02)
        return self.y0 + share * (self.y1 - self.y0)

    def draw(self):
        """Return the panel's frame, ticks, items and legend as SVG elements."""
        panel, parts = self.panel, []
        middle = (self.x0 + self.x1) / 2
        parts.append(heading(self, panel.title, panel.detail))
        parts.append(
            f'<text x="{middle:.0f}" y="{HEIGHT - 6}" text-anchor="middle">{escape(panel.x_label)}</text>'
            f'<text transform="translate({self.x0 - 44:.0f} {(self.y0 + self.y1) / 2:.0f}) rotate(-90)" '
            f'text-anchor="middle">{escape(panel.y_label)}</text>'
        )
        for value, label in ticks(*panel.y_range, log=panel.log_y):
            y = float(self.y(value))
            parts.append(
                f'<path d="M{self.x0:.0f} {y:.1f}H{self.x1:.0f}" stroke="{FAINT}" stroke-opacity=".35"/>'
                f'<text x="{self.x0 - 5:.0f}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
            )
        for value, label in ticks(*panel.x_range, log=panel.log_x):
            parts.append(
                f'<text x="{self.x(value):.1f}" y="{self.y0 + 15:.0f}" text-anchor="middle">{label}</text>'
            )
        parts.append(
            f'<rect x="{self.x0:.0f}" y="{self.y1:.0f}" width="{self.x1 - self.x0:.0f}" '
            f'height="{self.y0 - self.y1:.0f}" fill="none" stroke="{FAINT}"/>'
        )
        parts.extend(draw_item(self, item) for item in panel.items)
        if panel.legend:
            parts.append(self._legend())
        return "".join(parts)

    def _legend(self):
        parts, x = [], self.x0
        for item in self.panel.items:
            if not item.label or isinstance(item, Mark):
                continue
            if isinstance(item, Line):
                sample = f'<path d="M{x:.0f} 27h18" {_stroke(item.style)}/>' + (
                    _marker(x + 9, 27, item.style) if item.marker else ""
                )
            else:
                sample = f'<rect x="{x:.0f}" y="22" width="18" height="10" {_fill(item.style)}/>'
            parts.append(f'{sample}<text x="{x + 22:.0f}" y="31">{escape(item.label)}</text>')
            x += 34 + 6.1 * len(item.label)
        return "".join(parts)

    def points(self, x, y):
        """Return coordinates as SVG path text, without the points whose y is not a number."""
        keep = ~np.isnan(y)
        xs, ys = np.broadcast_to(self.x(x), y.shape)[keep], self.y(y)[keep]
        return "L".join([f"{a:.1f} {b:.1f}" for a, b in zip(xs.tolist(), ys.tolist())])


def heading(frame, title, detail=""):
    """Return what stands above a frame as an SVG element; with a detail it ends where the frame ends."""
    # A title with numbers is wider than a narrow panel, and to the left of it the row is empty.
    place = f'x="{frame.x1:.0f}" text-anchor="end"' if detail else f'x="{frame.x0:.0f}"'
    return f'<text {place} y="14" font-weight="600">{escape(f"{title}: {detail}" if detail else title)}</text>'


def draw_item(frame, item):
    """Return one Line, Band, Bars or Mark as SVG elements in a frame."""
    return _DRAW[type(item)](frame, item)


def _stroke(style):
    dash = f' stroke-dasharray="{",".join(map(str, DASHES[style]))}"' if DASHES[style] else ""
    return f'fill="none" stroke="{COLOURS[style]}" stroke-width="2"{dash}'


def _fill(style):
    # The edge is what stands out from a dark page; the faint inside lets curves be seen.
    return f'fill="{COLOURS[style]}" fill-opacity=".22" stroke="{COLOURS[style]}" stroke-opacity=".7"'


def _marker(x, y, style):
    colour = COLOURS[style]
    if style == 0:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
    outline = {1: "m-3-3h6v6h-6z", 2: "m-3.5 3 3.5-6 3.5 6z", 3: "m-3.5 0 3.5-3.5 3.5 3.5-3.5 3.5z"}[style]
    return f'<path d="M{x:.1f} {y:.1f}{outline}" fill="{colour}"/>'


def _line(frame, item):
    x, y = np.asarray(item.x, dtype=float), np.asarray(item.y, dtype=float)
    parts = [f'<path class="line" d="M{frame.points(x, y)}" {_stroke(item.style)}/>']
    if item.marker:
        every = max(len(x) // 8, 1)
        spots = zip(frame.x(x[::every]).tolist(), frame.y(y[::every]).tolist())
        parts.extend(_marker(a, b, item.style) for a, b in spots if b == b)
    return "".join(parts)


def _band(frame, item):
    there = frame.points(np.asarray(item.x, dtype=float), np.asarray(item.high, dtype=float))
    back = frame.points(np.asarray(item.x, dtype=float)[::-1], np.asarray(item.low, dtype=float)[::-1])
    return f'<path class="band" d="M{there}L{back}Z" {_fill(item.style)}/>'


def _bars(frame, item):
    return (
        f'<path class="bars" d="{bars_path(frame, item.edges, item.heights)}" fill="{COLOURS[item.style]}" '
        f'fill-opacity=".55" stroke="{COLOURS[item.style]}"/>'
    )


def bars_path(frame, edges, heights):
    """Return the outline of a histogram as the text of a path, in whole pixels of height to keep it short."""
    xs, ys = frame.x(np.asarray(edges, dtype=float)).tolist(), frame.y(heights).round().astype(int).tolist()
    bottom = int(frame.y0)
    steps, y = [], bottom
    for x, next_y in zip(xs, [*ys, bottom]):
        if next_y != y:
            steps.append(f"H{x:.1f}V{next_y}")
            y = next_y
    return f"M{xs[0]:.1f} {bottom}{''.join(steps)}H{xs[-1]:.1f}Z"


def _mark(frame, item):
    colour = "currentColor" if item.style is None else COLOURS[item.style]
    x = float(np.clip(frame.x(item.x), frame.x0, frame.x1))
    anchor, nudge = ("end", -4) if x > (frame.x0 + frame.x1) / 2 else ("start", 4)
    return (
        f'<path class="mark" d="M{x:.1f} {frame.y0:.0f}V{frame.y1:.0f}" stroke="{colour}" stroke-width="1.5" '
        f'stroke-dasharray="4,3"/>'
        f'<text x="{x + nudge:.1f}" y="{frame.y1 + 13:.0f}" text-anchor="{anchor}">{escape(item.label)}</text>'
    )


_DRAW = {Line: _line, Band: _band, Bars: _bars, Mark: _mark}
