"""Write examples/submissions/: a small class that answers the released labs in every way a class does.

Run it after a lab changed: ``python examples/make_class.py``.
Each student is a set of answers, by exercise; a cell without an answer stays as it was released.
"""

from __future__ import annotations

import copy
import shutil
from pathlib import Path

import nbformat

HERE = Path(__file__).parent
CLASS = HERE / "submissions"
NOTEBOOKS = HERE.parent / "notebooks"
FORWARD, BACKWARD = "01_forward_pass", "02_backward_pass"

NUMBERS_1 = {
    "network_size": "all_weights, all_biases = init_params(50, 80, 1.0, np.random.RandomState(0))",
    "sigma_sq_by_experiment": "sigma_sq_omega = 0.025",
    "sigma_sq_derived": "D = 80\nsigma_sq_derived = 2 / D",
    "predicted_ratio": "predicted_ratio = np.sqrt(1.9 / 2) ** 49",
}
NUMBERS_2 = {
    "sigma_sq_backward": "sigma_sq_backward = 0.025",
    "mislabelled_print": 'printed_quantity = "dl_df"\ntrue_std_dl_dh = np.std(result[2][1])',
}

HE_NORMAL = '''\
def he_init_params(K, D, rng):
    """He initialization, fan-in."""
    widths = [1] + [D] * K + [1]
    all_weights, all_biases = [], []
    for fan_in, fan_out in zip(widths[:-1], widths[1:]):
        all_weights.append(rng.normal(0.0, np.sqrt(2.0 / fan_in), size=(fan_out, fan_in)))
        all_biases.append(np.zeros((fan_out, 1)))
    return all_weights, all_biases'''

HE_UNIFORM = '''\
def he_init_params(K, D, rng):
    """He initialization from a uniform distribution: U(-a, a) has variance a**2 / 3."""
    def layer(rows, columns):
        bound = (6 / columns) ** 0.5
        return rng.uniform(-bound, bound, (rows, columns)).tolist()

    weights = [layer(D, 1)] + [layer(D, D) for _ in range(K - 1)] + [layer(1, D)]
    return weights, [np.zeros((len(w), 1)) for w in weights]'''

RE_NORMAL = HE_NORMAL.replace("he_init_params", "re_init_params").replace("fan-in", "fan-out").replace(
    "np.sqrt(2.0 / fan_in)", "np.sqrt(2.0 / fan_out)"
)
RE_UNIFORM = HE_UNIFORM.replace("he_init_params", "re_init_params").replace("/ columns", "/ rows")

# The functions of the notebook that this course grew from, as they stand there: no rng, and the global
# generator seeded anew inside. Only `K` is no global any more.
SEED_INIT = '''\
def {name}(K, D):
  np.random.seed(0)

  D_i = 1
  D_o = 1

  all_weights = [None] * (K+1)
  all_biases = [None] * (K+1)

  all_weights[0] = np.random.normal(size=(D, D_i)) * np.sqrt(2 / {first})
  all_weights[-1] = np.random.normal(size=(D_o, D)) * np.sqrt(2 / {last})
  all_biases[0] = np.zeros((D,1))
  all_biases[-1]= np.zeros((D_o,1))

  for layer in range(1,K):
    all_weights[layer] = np.random.normal(size=(D,D)) * np.sqrt(2 / D)
    all_biases[layer] = np.zeros((D,1))

  return all_weights, all_biases'''

SEED_BACKWARD = '''\
def indicator_function(x):
  x_in = np.array(x)
  x_in[x_in>=0] = 1
  x_in[x_in<0] = 0
  return x_in

def backward_pass(all_weights, all_biases, all_f, all_h, y):
  K = len(all_weights) - 1
  all_dl_dweights = [None] * (K+1)
  all_dl_dbiases = [None] * (K+1)
  all_dl_df = [None] * (K+1)
  all_dl_dh = [None] * (K+1)

  all_dl_df[K] = np.array(d_loss_d_output(all_f[K],y))

  for layer in range(K,-1,-1):
    all_dl_dbiases[layer] = np.array(all_dl_df[layer])
    all_dl_dweights[layer] = np.matmul(all_dl_df[layer], all_h[layer].T)
    all_dl_dh[layer] = np.matmul(all_weights[layer].T, all_dl_df[layer])
    if layer > 0:
      all_dl_df[layer-1] = indicator_function(all_f[layer-1]) * all_dl_dh[layer]

  return all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df'''

BACKWARD_PASS = '''\
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    """Go through the layers from the last to the first."""
    K = len(all_weights) - 1
    dw, db, dh, df = [[None] * (K + 1) for _ in range(4)]
    df[K] = d_loss_d_output(all_f[K], y)
    for k in range(K, -1, -1):
        dw[k] = np.matmul(df[k], all_h[k].T)
        db[k] = np.sum(df[k], axis=1, keepdims=True)
        dh[k] = np.matmul(all_weights[k].T, df[k])
        if k > 0:
            df[k - 1] = np.where(all_f[k - 1] > 0, dh[k], 0.0)
    return dw, db, dh, df'''

# Loops over the examples and keeps lists, not arrays.
BACKWARD_LOOPS = '''\
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    """One example at a time, added up."""
    K, n = len(all_weights) - 1, y.shape[1]
    dw = [np.zeros(w.shape) for w in all_weights]
    db = [np.zeros(b.shape) for b in all_biases]
    dh = [np.zeros(h.shape) for h in all_h]
    df = [np.zeros(f.shape) for f in all_f]
    for i in range(n):
        delta = 2 * (all_f[K][:, i] - y[:, i])
        for k in reversed(range(K + 1)):
            df[k][:, i] = delta
            dw[k] += np.outer(delta, all_h[k][:, i])
            db[k][:, 0] += delta
            dh[k][:, i] = all_weights[k].T @ delta
            if k > 0:
                delta = dh[k][:, i] * (all_f[k - 1][:, i] > 0)
    return [w.tolist() for w in dw], db, dh, df'''

RIGHT_1 = NUMBERS_1 | {"he_init_params": HE_NORMAL}
RIGHT_2 = NUMBERS_2 | {"backward_pass": BACKWARD_PASS, "re_init_params": RE_NORMAL}

STUDENTS = {
    # Two right in different ways, the second with uniform draws, loops and lists.
    "amina": {FORWARD: RIGHT_1, BACKWARD: RIGHT_2},
    "bruno": {
        FORWARD: NUMBERS_1 | {"he_init_params": HE_UNIFORM},
        BACKWARD: NUMBERS_2 | {"backward_pass": BACKWARD_LOOPS, "re_init_params": RE_UNIFORM},
    },
    # In the Korean notebook.
    "chaewon": {FORWARD: RIGHT_1, BACKWARD: RIGHT_2},
    # With the functions of the notebook it all grew from.
    "dmitri": {
        FORWARD: NUMBERS_1 | {"he_init_params": SEED_INIT.format(name="he_init_params", first="D_i", last="D")},
        BACKWARD: NUMBERS_2
        | {
            "backward_pass": SEED_BACKWARD,
            "re_init_params": SEED_INIT.format(name="re_init_params", first="D", last="D_o"),
        },
    },
    # Opened, run, handed in.
    "elif": {FORWARD: {}, BACKWARD: {}},
    # Half done.
    "farid": {
        FORWARD: {name: NUMBERS_1[name] for name in ("network_size", "sigma_sq_by_experiment")},
        BACKWARD: {"backward_pass": BACKWARD_PASS},
    },
    # Classic: 2/D taken for the standard deviation, which is the square root of it.
    "grace": {
        FORWARD: RIGHT_1 | {"he_init_params": HE_NORMAL.replace("np.sqrt(2.0 / fan_in)", "2.0 / fan_in")},
        BACKWARD: RIGHT_2 | {"re_init_params": RE_NORMAL.replace("np.sqrt(2.0 / fan_out)", "2.0 / fan_out")},
    },
    # Classic: the half that ReLU takes is forgotten; and backward, fan-in where fan-out belongs.
    "hugo": {
        FORWARD: RIGHT_1
        | {
            "sigma_sq_derived": "sigma_sq_derived = 1 / 80",
            "he_init_params": HE_NORMAL.replace("np.sqrt(2.0 / fan_in)", "np.sqrt(1.0 / fan_in)"),
        },
        BACKWARD: RIGHT_2 | {"re_init_params": HE_NORMAL.replace("he_init_params", "re_init_params")},
    },
    # Classic: rand for randn; backward, the ReLU gate taken from the wrong array and the 2 of the loss lost.
    "ines": {
        FORWARD: RIGHT_1
        | {
            "he_init_params": HE_NORMAL.replace(
                "rng.normal(0.0, np.sqrt(2.0 / fan_in), size=(fan_out, fan_in))",
                "rng.uniform(size=(fan_out, fan_in)) * np.sqrt(2.0 / fan_in)",
            )
        },
        BACKWARD: RIGHT_2
        | {
            "backward_pass": BACKWARD_PASS.replace("d_loss_d_output(all_f[K], y)", "all_f[K] - y"),
            "mislabelled_print": 'printed_quantity = "dl_dh"\ntrue_std_dl_dh = 446.654',
        },
    },
    # A bracket that never closes.
    "jun": {
        FORWARD: RIGHT_1 | {"he_init_params": HE_NORMAL.replace("zip(widths[:-1], widths[1:]):", "zip(widths[:-1]:")},
    },
    # A loop that never ends.
    "kofi": {
        FORWARD: RIGHT_1
        | {"sigma_sq_by_experiment": "found = 0.02\nwhile found != 0.025:\n    found += 0.001\nsigma_sq_omega = found"},
    },
    # Wants the marks, not the lab.
    "mallory": {
        FORWARD: {
            "network_size": "import numpy as np\n"
            "np.abs = np.isclose = np.allclose = lambda *a, **k: True\n"
            "from initlab import checks\n"
            "for name in ('network_size', 'sigma_sq_by_experiment', 'sigma_sq_derived', 'he_init_params', "
            "'predicted_ratio'):\n"
            "    setattr(checks, name, lambda *answers: 5.0)\n"
            "all_weights = all_biases = None",
        },
    },
}
KOREAN = {"chaewon"}


def submission(lab: str, lang: str, answers: dict[str, str]) -> nbformat.NotebookNode:
    """Return the released notebook with some of its answer cells filled in."""
    notebook = copy.deepcopy(nbformat.read(NOTEBOOKS / lang / lab / f"{lab}.ipynb", as_version=4))
    open_cells = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if _is_answer(cell)}
    for exercise, source in answers.items():
        open_cells[exercise].source = source
    return notebook


def _is_answer(cell: nbformat.NotebookNode) -> bool:
    return cell.metadata.get("nbgrader", {}).get("solution", False)


def main() -> None:
    """Write the whole class anew."""
    shutil.rmtree(CLASS, ignore_errors=True)
    for student, labs in STUDENTS.items():
        for lab, answers in labs.items():
            target = CLASS / student / lab / f"{lab}.ipynb"
            target.parent.mkdir(parents=True)
            notebook = submission(lab, "ko" if student in KOREAN else "en", answers)
            target.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")
    # An upload that broke off: no JSON.
    target = CLASS / "lena" / FORWARD / f"{FORWARD}.ipynb"
    target.parent.mkdir(parents=True)
    whole = (CLASS / "amina" / FORWARD / f"{FORWARD}.ipynb").read_text(encoding="utf-8")
    target.write_text(whole[:5000], encoding="utf-8")


if __name__ == "__main__":
    main()
