"""What every explorer is built from: controls in pairs, a picture that is only text, and a still of it.

Only core widgets with traits that ipywidgets 7.7.1 and 8 share, so that one notebook runs on Colab too.
"""

import asyncio
from html import escape

from initlab import plots, svg
from initlab.words import words

REST = 0.15  # seconds without a change after which a drag counts as over

# The handles of sliders have a role but no name in the widgets' own page code. Where the page runs this,
# each takes the words beside it; where it does not, the number box beside it has the same name and value.
_NAME_HANDLES = (
    "const box=this.closest('.initlab-explorer');"
    "const name=()=>box.querySelectorAll('[role=slider]:not([aria-label])').forEach(handle=>{"
    "const label=handle.closest('.widget-slider')?.querySelector('.widget-label');"
    "if(label?.textContent)handle.setAttribute('aria-label',label.textContent)});"
    "if(box){name();new MutationObserver(name).observe(box,{childList:true,subtree:true})}"
)


class Explorer:
    """A column of controls over a picture; subclasses build the controls and say what the picture is.

    `picture()` returns the Picture of the present state; `redraw()` shows it.
    """

    def __init__(self, rows):
        import ipywidgets

        self.screen = ipywidgets.HTML(layout=ipywidgets.Layout(width="100%", max_width=f"{svg.WIDTH}px"))
        self._page = ipywidgets.HTML(layout=ipywidgets.Layout(display="none"))
        rows = [ipywidgets.HBox(row, layout=ipywidgets.Layout(flex_flow="row wrap")) for row in rows]
        self.box = ipywidgets.VBox([*rows, self.screen, self._page])
        self.box.add_class("initlab-explorer")
        self._still = f"initlab-still-{self.box.model_id}"
        self._page.value = f'<style onload="{escape(_NAME_HANDLES)}">#{self._still}{{display:none}}</style>'
        self._timer = None
        self.redraw()

    def picture(self):
        """Return the Picture of the present state."""
        raise NotImplementedError

    def drawing(self):
        """Return the SVG text of the present state."""
        return svg.draw(self.picture())

    def redraw(self, change=None):
        """Show the present state; the argument lets widgets call this as an observer."""
        self.screen.value = self.drawing()

    def when_at_rest(self, action):
        """Call action once the controls have not asked for anything for a moment; at once without an event loop."""
        if self._timer is not None:
            self._timer.cancel()
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            action()
        else:
            self._timer = loop.call_later(REST, action)

    def _ipython_display_(self):
        from IPython.display import display

        # Two outputs: the live explorer, and a still picture for places without a kernel. While the explorer
        # is alive, a style inside it hides the still, so that nothing is seen twice.
        view = {"version_major": 2, "version_minor": 0, "model_id": self.box.model_id}
        # The empty page keeps converters from warning about an output that they cannot show.
        display({"application/vnd.jupyter.widget-view+json": view, "text/html": "", "text/plain": ""}, raw=True)
        display(plots.still(self.picture(), element_id=self._still), raw=True)


def paired(label, symbol, slider, box):
    """Return slider, named by label, and box, named by symbol, as widgets that show one value.

    The box shows four digits. The link is made in Python, not in the page, because the page would copy all
    sixteen digits of a logarithmic slider.
    """
    import ipywidgets

    slider.description, box.description = label, f"{symbol} ="
    slider.style = {"description_width": "110px"}
    box.style = {"description_width": "50px"}
    slider.layout = ipywidgets.Layout(width="480px", max_width="100%")
    box.layout = ipywidgets.Layout(width="160px")

    def shown():
        return type(box.value)(f"{slider.value:.4g}")

    def to_box(change):
        box.value = shown()

    def to_slider(change):
        if box.value != shown():
            slider.value = box.value

    to_box(None)
    slider.observe(to_box, "value")
    box.observe(to_slider, "value")
    return [slider, box]


def named(key, control):
    """Return control with the words for key before it, wide enough for both."""
    import ipywidgets

    control.description, control.style = words(key), {"description_width": "110px"}
    control.layout = ipywidgets.Layout(width="250px")
    return control


def size_controls(K, D):
    """Return sliders for depth and width, and the two rows that pair them with number boxes."""
    import ipywidgets as w

    depth = w.IntSlider(value=K, min=2, max=100, readout=False)
    width = w.IntSlider(value=D, min=2, max=200, readout=False)
    rows = [
        paired(words("depth"), "K", depth, w.BoundedIntText(value=K, min=2, max=100)),
        paired(words("width"), "D", width, w.BoundedIntText(value=D, min=2, max=200)),
    ]
    return depth, width, rows


def sentence(text):
    """Return text as a paragraph of HTML."""
    return f"<p style='margin:2px 0;line-height:1.5'>{escape(text)}</p>"
