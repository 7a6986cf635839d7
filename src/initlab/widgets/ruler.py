"""The scale of sigma squared above a picture: where it stands, and where it would have to stand."""

from html import escape

from initlab import svg
from initlab.picture import COLOURS

HEIGHT = 36  # room above the panels, at negative y


def draw(log_range, log_value, marks):
    """Return SVG elements: an axis over log_range (powers of ten), a pointer at log_value, marks {name: log place}."""
    low, high = log_range
    left, right = svg.LEFT, svg.WIDTH - 24

    def at(log_place):
        return left + (min(max(log_place, low), high) - low) / (high - low) * (right - left)

    parts = [f'<text x="2" y="-12" font-size="13">σ²</text><path d="M{left} -16H{right}" stroke="currentColor"/>']
    for power in range(int(low), int(high) + 1):
        parts.append(
            f'<path d="M{at(power):.1f} -16v4" stroke="currentColor"/>'
            f'<text x="{at(power):.1f}" y="-2" text-anchor="middle" font-size="10">{10.0**power:g}</text>'
        )
    for name, place in marks.items():
        side, nudge = ("end", -8) if place < log_value else ("start", 8)
        parts.append(  # higher than the pointer, which may stand in front of it
            f'<path class="calm" d="M{at(place):.1f} -34v18" stroke="{COLOURS[2]}" stroke-width="3"/>'
            f'<text x="{at(place) + nudge:.1f}" y="-24" text-anchor="{side}">{escape(name)}</text>'
        )
    now = at(log_value)
    parts.append(f'<path class="now" d="M{now:.1f} -16l-6 -11h12z" fill="{COLOURS[1]}"/>')
    return "".join(parts)
