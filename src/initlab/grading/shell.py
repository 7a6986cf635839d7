"""The IPython shell of a student's kernel: made once in the warm process, its outputs caught as data."""

from __future__ import annotations

import base64
import builtins
import io
import json
import re
import warnings
from types import TracebackType

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Instance, Type
from traitlets.config import Config

from initlab.grading.capture import Outputs
from initlab.grading.limits import lend_reserve

_TEXT_BYTES = 20_000  # of one error message, and of each line of its traceback
_FRAMES = 6  # of a traceback, from either end
_CHAINED = 4  # exceptions that one was raised from
_SHELL_CELLS = ("bash", "sh", "script", "system", "sx", "perl", "ruby", "python2")
_INSTALLERS = ("pip", "conda", "mamba", "micromamba", "uv")


class _Publisher(DisplayPublisher):
    def publish(self, data, metadata=None, *, transient=None, update=False, **_):
        outputs = self.shell.outputs
        if outputs is None:
            return
        name = (transient or {}).get("display_id")
        output = {"output_type": "display_data", "data": _plain(data), "metadata": _plain(metadata or {})}
        if update:
            if name in self.shell.displays:
                outputs.replace(self.shell.displays[name], output)
                self.shell.displays[name] = output
            return
        if name is not None:
            self.shell.displays[name] = output
        outputs.add(output)

    def clear_output(self, wait=False):
        outputs = self.shell.outputs
        if outputs is not None:
            outputs.clear_on_next() if wait else outputs.clear()


class _Result(DisplayHook):
    def write_output_prompt(self):
        pass

    def write_format_data(self, format_dict, md_dict=None):
        if self.shell.outputs is not None:
            self.shell.outputs.add({"output_type": "execute_result", "data": _plain(format_dict),
                                    "metadata": _plain(md_dict or {}), "execution_count": self.prompt_count})

    def finish_displayhook(self):
        self._is_active = False


# What IPython's own syntax begins or ends with; a cell without any is Python, and need not be cut into tokens.
_MAYBE_MAGIC = re.compile(r"[?!]|(?:^|=)[\s\\]*%|^\s*[,;/]", re.MULTILINE)


class _Transformers(TransformerManager):
    def do_token_transforms(self, lines):
        return super().do_token_transforms(lines) if _MAYBE_MAGIC.search("".join(lines)) else lines


class StudentShell(InteractiveShell):
    """An interactive shell without terminal, history file or other programs."""

    input_transformer_manager = Instance(_Transformers, ())

    displayhook_class = Type(_Result)
    display_pub_class = Type(_Publisher)
    outputs: Outputs | None = None

    def init_io(self):
        """Leave sys.stdout and sys.stderr to whoever runs a cell."""
        self.displays: dict[str, dict] = {}

    def ask_exit(self):
        """Go on: the cells below exit() are graded as well."""

    def _get_exc_info(self, exc_tuple=None):
        lend_reserve()  # taken back before the next cell
        kind, error, place = super()._get_exc_info(exc_tuple)
        for one in _chain(error):
            one.__traceback__ = _own_frames(one.__traceback__)
        return kind, error, _own_frames(place)

    def _format_exception_for_storage(self, exception, filename=None, running_compiled_code=False):
        return {}  # a second traceback, for a history that nobody reads

    def _showtraceback(self, etype, evalue, stb):
        self.outputs.add(error_output(etype, evalue, stb)) if self.outputs is not None else None

    def enable_gui(self, gui=None):
        """Do without a window system."""

    def system(self, cmd):
        """Say that no other program is run."""
        print(f"not run while grading: !{cmd}")

    system_piped = system_raw = system

    def getoutput(self, cmd, split=True, depth=0):
        """Say that no other program is run, and give no output of it."""
        self.system(cmd)
        return [] if split else ""


def make_shell() -> StudentShell:
    """Make the shell, with inline figures ready: matplotlib, its fonts and a first figure included."""
    import matplotlib

    matplotlib.use("module://matplotlib_inline.backend_inline")
    import matplotlib.pyplot as plt

    config = Config()
    config.HistoryManager.enabled = False
    # The tight bounding box that IPython asks for by default costs more than drawing the figure.
    config.InlineBackend.print_figure_kwargs = {"bbox_inches": None}
    shell = StudentShell.instance(config=config)
    shell.run_line_magic("matplotlib", "inline")
    for name in _INSTALLERS:
        shell.register_magic_function(_not_run(f"%{name}"), "line", name)
    for name in _SHELL_CELLS:
        shell.register_magic_function(_not_run(f"%%{name}"), "line_cell", name)
    builtins.input = _no_keyboard
    warnings.filterwarnings("ignore", message="To exit: use")  # IPython's, on every SystemExit
    figure, axes = plt.subplots()
    axes.plot([1, 2], label="x")
    axes.set(title="x", xlabel="x", ylabel="y")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png")
    plt.close(figure)
    return shell


def rehearse(shell: StudentShell) -> None:
    """Do what takes long the first time and only some submissions do: draw a formula, show a traceback."""
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots()
    axes.set(xlabel="$x$", yscale="log")
    figure.savefig(io.BytesIO(), format="png")
    plt.close(figure)
    shell.outputs = Outputs(0)
    shell.run_cell("1 / 0", store_history=False, silent=True)
    shell.outputs = None


def without_figures(shell: StudentShell) -> None:
    """Let figures be shown by their names only: rendering them takes longer than all the rest."""
    from IPython.core.pylabtools import select_figure_formats

    from initlab import plots

    select_figure_formats(shell, [])
    plots.draw_as("words")


def error_output(etype, evalue, stb) -> dict:
    """Make an nbformat error output, bounded in size."""
    return {
        "output_type": "error",
        "ename": str(getattr(etype, "__name__", "Error"))[:100],
        "evalue": _said(evalue),
        "traceback": [str(line)[:_TEXT_BYTES] for line in list(stb)[:60]],
    }


def plain_error(error: BaseException) -> dict:
    """Make an nbformat error output of an exception that IPython has shown none for."""
    return error_output(type(error), error, [f"{type(error).__name__}: {_said(error)}"])


def _said(error) -> str:
    try:
        return str(error)[:_TEXT_BYTES]
    except BaseException:  # it runs the student's code
        return "(its message could not be made)"


def _chain(error) -> list:
    """List what an exception was raised from, or while."""
    found: list = []
    while error is not None and error not in found and len(found) < _CHAINED:
        found.append(error)
        error = error.__cause__ or error.__context__
    return found[1:]


def _own_frames(place):
    """Give a traceback of the student's own frames alone, the first and the last of very many.

    Libraries' frames help no student, and their source takes longer to parse and colour than most cells run.
    """
    frames = []
    while place is not None:
        frames.append(place)
        place = place.tb_next
    own = [frame for frame in frames if is_cell(frame.tb_frame.f_code.co_filename)] or frames[-1:]
    if len(own) > 2 * _FRAMES:
        own = own[:_FRAMES] + own[-_FRAMES:]
    made = None
    for frame in reversed(own):
        made = TracebackType(made, frame.tb_frame, frame.tb_lasti, frame.tb_lineno)
    return made


def is_cell(filename: str) -> bool:
    """Tell whether code comes from a cell of the notebook, by the file name that IPython gives it."""
    return filename.startswith("<ipython-input-")


def _plain(data) -> dict:
    """Make a mime bundle JSON-able; bytes become base64, as notebooks keep pictures."""
    plain = {}
    for mime, value in dict(data).items():
        if isinstance(value, bytes):
            value = base64.b64encode(value).decode("ascii")
        plain[str(mime)] = json.loads(json.dumps(value, default=repr))
    return plain


def _not_run(name):
    def refuse(line="", cell=None):
        print(f"not run while grading: {name} {line}")

    return refuse


def _no_keyboard(prompt=""):
    raise EOFError("there is no keyboard while grading: input() cannot be answered")
