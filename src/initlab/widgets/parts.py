"""What every explorer is built from: controls in pairs, a picture that is only text, and a still of it.

Only core widgets with traits that ipywidgets 7.7.1 and 8 share, so that one notebook runs on Colab too.
"""

import asyncio
import functools
import inspect
import math
import os
from html import escape

from initlab import plots, svg
from initlab.checks.session import current
from initlab.words import words

REST = 0.15  # seconds without a change after which a drag counts as over

# The handles of sliders have a role but no name in the widgets' own page code. Where the page runs this,
# each takes the words beside it; where it does not, the number box beside it has a name and the same value.
_NAME_HANDLES = (
    "const box=this.closest('.initlab-explorer');"
    "const name=()=>box.querySelectorAll('[role=slider]:not([aria-label])').forEach(handle=>{"
    "const label=handle.closest('.widget-slider')?.querySelector('.widget-label');"
    "if(label?.textContent)handle.setAttribute('aria-label',label.textContent)});"
    "if(box){name();new MutationObserver(name).observe(box,{childList:true,subtree:true})}"
)


_hand = "NBGRADER_EXECUTION" not in os.environ  # nbgrader sets it where it runs a notebook


def no_hand():
    """Show every explorer as its still picture from now on, and all pictures as SVG: where a notebook is graded."""
    global _hand
    _hand = False
    plots.draw_as("svg")


def explorer(make):
    """Let a function that makes an explorer give only its still picture where no hand can move it."""

    @functools.wraps(make)
    def made(*arguments, **options):
        if _hand:
            return make(*arguments, **options)
        inspect.signature(make).bind(*arguments, **options)  # a wrong call stops its cell here too
        return Unmoved(make, arguments, options)

    return made


class Unmoved:
    """An explorer that no hand can move: shown as it is at first, and made only for code that asks it something.

    A notebook is graded many times, and its explorers take longer than all of its answers.
    So a value that only the explorer itself would refuse is refused where it is shown.
    """

    def __init__(self, make, arguments, options):
        self._make = functools.partial(make, *arguments, **options)
        self._key = make, arguments, tuple(options.items()), current().lang
        try:
            hash(self._key)
        except TypeError:  # an array for a number: nobody else asks for the same
            self._explorer  # noqa: B018  made at once

    @functools.cached_property
    def _explorer(self):
        return self._make()

    def __getattr__(self, name):
        if name.startswith("_"):  # what a notebook asks of whatever it may have to show
            raise AttributeError(name)
        return getattr(self._explorer, name)

    def still(self):
        """Return a mimebundle of the picture as it is now; of its words alone where nobody is going to look."""
        if plots.form() == "words":
            return {"text/plain": "[explorer] to be moved by hand: run this cell in a notebook"}
        if "_explorer" in vars(self):
            return plots.still(self._explorer.picture())
        return _first_still(*self._key)

    def _ipython_display_(self):
        from IPython.display import display

        display(self.still(), raw=True)


@functools.lru_cache(maxsize=32)
def _first_still(make, arguments, options, lang):
    return plots.still(make(*arguments, **dict(options)).picture())


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
        if _hand:  # elsewhere only the still is looked at, which is drawn another way
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


class Pair:
    """A slider, named by label, and a number box, named by symbol, that show one value.

    The box has the exact value, with four digits; the slider stands at the nearest of its steps. The page moves a
    slider to a step by itself and says so to the kernel, and that must not change a number that somebody typed.
    """

    def __init__(self, label, symbol, slider, box):
        import ipywidgets

        self.slider, self.box = slider, box
        slider.description, box.description = label, f"{symbol} ="
        slider.style, box.style = {"description_width": "110px"}, {"description_width": "60px"}
        slider.layout = ipywidgets.Layout(width="480px", max_width="100%")
        box.layout = ipywidgets.Layout(width="170px")
        slider.observe(self._to_box, "value")
        box.observe(self._to_slider, "value")

    @property
    def value(self):
        """Return the number in the box."""
        return self.box.value

    @property
    def row(self):
        """Return both controls, side by side."""
        return [self.slider, self.box]

    def observe(self, handler):
        """Call handler whenever the value changes."""
        self.box.observe(handler, "value")

    def lock(self, locked):
        """Keep the value as it is, or let it be changed again."""
        self.slider.disabled = self.box.disabled = locked

    def _to_box(self, change):
        if not self._in_step():
            self.box.value = type(self.box.value)(f"{self.slider.value:.4g}")

    def _to_slider(self, change):
        self.slider.value = self.box.value

    def _in_step(self):
        """Return whether the slider stands at the step that is nearest to the number in the box."""
        if not hasattr(self.slider, "base"):
            return self.slider.value == self.box.value
        apart = abs(math.log(self.slider.value / self.box.value, self.slider.base))
        return apart <= 0.501 * self.slider.step


def named(key, control):
    """Return control with the words for key before it, wide enough for both."""
    import ipywidgets

    control.description, control.style = words(key), {"description_width": "110px"}
    control.layout = ipywidgets.Layout(width="250px")
    return control


def size_controls(K, D):
    """Return two Pairs, for depth and for width."""
    import ipywidgets as w

    depth = w.IntSlider(value=K, min=2, max=100, readout=False)
    width = w.IntSlider(value=D, min=2, max=200, readout=False)
    return (
        Pair(words("depth"), "K", depth, w.BoundedIntText(value=K, min=2, max=100)),
        Pair(words("width"), "D", width, w.BoundedIntText(value=D, min=2, max=200)),
    )


def sentence(text):
    """Return text as a paragraph of HTML."""
    return f"<p style='margin:2px 0;line-height:1.5'>{escape(text)}</p>"
