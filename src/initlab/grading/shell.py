"""The IPython shell of a student's kernel: made once in the warm process, its outputs caught as data."""

from __future__ import annotations

import base64
import builtins
import io
import json

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

from initlab.grading.limits import size

_TEXT_BYTES = 20_000  # of one error message, and of each line of its traceback
_SHELL_CELLS = ("bash", "sh", "script", "system", "sx", "perl", "ruby", "python2")
_INSTALLERS = ("pip", "conda", "mamba", "micromamba", "uv")


class Outputs:
    """The outputs of one cell as nbformat dicts, in order, bounded in bytes while they are produced."""

    def __init__(self, limit: int):
        self.limit = limit
        self.clear()

    def clear(self) -> None:
        """Forget what the cell has put out; what it may put out stays used up only by what is kept."""
        self.items: list[dict] = []
        self._used, self._full, self._clear_next = 0, False, False

    def clear_on_next(self) -> None:
        """Clear as soon as something new comes."""
        self._clear_next = True

    def write(self, name: str, text: str) -> None:
        """Append text to a stream; what does not fit any more is dropped, and said to be."""
        if self._clear_next:
            self.clear()
        if self._full or not text:
            return
        room = self.limit - self._used
        kept = text[:room]
        if not kept.isascii():
            encoded = kept.encode("utf-8", "replace")
            kept = encoded[:room].decode("utf-8", "ignore") if len(encoded) > room else encoded.decode()
        self._used += len(kept) if kept.isascii() else len(kept.encode())
        if self.items and self.items[-1].get("name") == name:
            self.items[-1]["text"].append(kept)
        else:
            self.items.append({"output_type": "stream", "name": name, "text": [kept]})
        if len(kept) < len(text):
            self._overflow()

    def add(self, output: dict) -> None:
        """Append a display, a result or an error, if it still fits."""
        if self._clear_next:
            self.clear()
        weight = len(json.dumps(output))
        if output["output_type"] == "error":
            weight = 0  # bounded on its own: how a cell ended is never dropped
        if self._full or self._used + weight > self.limit:
            self._overflow()
            return
        self._used += weight
        self.items.append(output)

    def done(self) -> list[dict]:
        """Return the outputs as nbformat wants them."""
        for item in self.items:
            if item["output_type"] == "stream":
                item["text"] = "".join(item["text"])
        return self.items

    def _overflow(self) -> None:
        if not self._full:
            self._full = True
            note = f"\n[output stopped here: more than {size(self.limit)} from one cell]\n"
            self.items.append({"output_type": "stream", "name": "stderr", "text": [note]})


class Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of a student: text goes to the outputs, bytes too."""

    encoding, errors = "utf-8", "replace"

    def __init__(self, shell, name: str, fd: int):
        self._shell, self.name, self._fd = shell, name, fd
        self.buffer = _Bytes(self)

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        outputs = self._shell.outputs
        if outputs is not None:
            outputs.write(self.name, text)
        return len(text)

    def writable(self):
        return True

    def fileno(self):
        return self._fd


class _Bytes(io.RawIOBase):
    def __init__(self, stream):
        self._stream = stream

    def writable(self):
        return True

    def write(self, data):
        self._stream.write(bytes(data).decode("utf-8", "replace"))
        return len(data)


class _Publisher(DisplayPublisher):
    def publish(self, data, metadata=None, *, transient=None, update=False, **_):
        outputs = self.shell.outputs
        if outputs is None:
            return
        name = (transient or {}).get("display_id")
        output = {"output_type": "display_data", "data": _plain(data), "metadata": _plain(metadata or {})}
        if name is None:
            outputs.add(output)
            return
        for place, shown in enumerate(outputs.items):
            if update and self.shell.displays.get(name) is shown:
                outputs.items[place] = self.shell.displays[name] = output
        if not update:
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


class StudentShell(InteractiveShell):
    """An interactive shell without terminal, history file or other programs."""

    displayhook_class = Type(_Result)
    display_pub_class = Type(_Publisher)
    outputs: Outputs | None = None

    def init_io(self):
        self.displays = {}

    def _showtraceback(self, etype, evalue, stb):
        self.outputs.add(error_output(etype, evalue, stb)) if self.outputs is not None else None

    def enable_gui(self, gui=None):
        pass

    def system(self, cmd):
        print(f"not run while grading: !{cmd}")

    system_piped = system_raw = system

    def getoutput(self, cmd, split=True, depth=0):
        self.system(cmd)
        return [] if split else ""


def make_shell() -> StudentShell:
    """Make the shell, with inline figures ready: matplotlib, its fonts and a first figure included."""
    import matplotlib

    matplotlib.use("module://matplotlib_inline.backend_inline")
    import comm
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
    comm.create_comm()
    figure, axes = plt.subplots()
    axes.plot([1, 2], label="x")
    axes.set(title="x", xlabel="$x$", ylabel="y", yscale="log")
    axes.legend()
    figure.savefig(io.BytesIO(), format="png")
    plt.close(figure)
    shell.run_cell("None", store_history=False, silent=True)
    return shell


def without_figures(shell: StudentShell) -> None:
    """Let figures be shown by their names only: rendering them takes longer than all the rest."""
    from IPython.core.pylabtools import select_figure_formats

    select_figure_formats(shell, [])


def error_output(etype, evalue, stb) -> dict:
    """Make an nbformat error output, bounded in size."""
    return {
        "output_type": "error",
        "ename": str(getattr(etype, "__name__", "Error"))[:100],
        "evalue": _said(evalue),
        "traceback": [str(line)[:_TEXT_BYTES] for line in list(stb)[:60]],
    }


def _said(error) -> str:
    try:
        return str(error)[:_TEXT_BYTES]
    except Exception:
        return "(its message could not be made)"


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
