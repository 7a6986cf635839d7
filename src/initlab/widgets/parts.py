"""What every explorer is built from: controls in pairs, a picture that is only text, and a still of it.

Only core widgets with traits that ipywidgets 7.7.1 and 8 share, so that one notebook runs on Colab too.
"""

from html import escape

from initlab import plots, svg


class Explorer:
    """A column of controls over a picture; subclasses build the controls and say what the picture is.

    `picture()` returns the Picture of the present state; `redraw()` shows it.
    """

    def __init__(self, rows):
        import ipywidgets

        self.screen = ipywidgets.HTML(layout=ipywidgets.Layout(width="100%", max_width="900px"))
        self.hider = ipywidgets.HTML(layout=ipywidgets.Layout(display="none"))
        rows = [ipywidgets.HBox(row, layout=ipywidgets.Layout(flex_flow="row wrap")) for row in rows]
        self.box = ipywidgets.VBox([*rows, self.screen, self.hider])
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

    def _ipython_display_(self):
        from IPython.display import display

        # Two outputs: the live explorer, and a still picture for places without a kernel. While the explorer
        # is alive, a style inside it hides the still, so that nothing is seen twice.
        still = f"initlab-still-{self.box.model_id}"
        self.hider.value = f"<style>#{still}{{display:none}}</style>"
        display(
            {"application/vnd.jupyter.widget-view+json":
                {"version_major": 2, "version_minor": 0, "model_id": self.box.model_id}},
            raw=True,
        )
        display(plots.still(self.picture(), element_id=still), raw=True)


def paired(label, slider, box):
    """Return slider and box as widgets that show one value; the box names it and rounds to four digits.

    The link is made in Python, not in the page, so that it holds for a logarithmic slider in both versions.
    """
    slider.description = label
    box.description = label

    def to_box(change):
        box.value = type(box.value)(f"{slider.value:.4g}")

    def to_slider(change):
        if box.value != type(box.value)(f"{slider.value:.4g}"):
            slider.value = box.value

    to_box(None)
    slider.observe(to_box, "value")
    box.observe(to_slider, "value")
    return [slider, box]


def sentence(text):
    """Return text as a paragraph of HTML."""
    return f"<p style='margin:2px 0'>{escape(text)}</p>"
