"""What a student installs loads numpy and nothing heavy; and this test can fail."""

import json
import pkgutil
import subprocess
import sys

import pytest

import initlab

HEAVY = {"matplotlib", "ipywidgets", "IPython", "nbgrader"}
# The teacher's side, and the door to both sides.
TEACHERS = {"initlab.grading", "initlab.cli"}
NUMERIC = {"initlab.network", "initlab.stats", "initlab.theory"}


def student_modules() -> list[str]:
    """Return the names of all modules on the student's side, found by walking the package's folders."""
    names, folders = ["initlab"], [(initlab.__path__, "initlab.")]
    while folders:
        for module in pkgutil.iter_modules(*folders.pop()):
            if module.name not in TEACHERS and not module.name.endswith("__main__"):
                names.append(module.name)
                if module.ispkg:
                    folder = f"{module.module_finder.path}/{module.name.rpartition('.')[2]}"
                    folders.append(([folder], module.name + "."))
    return sorted(names)


def loaded_by(names) -> dict[str, list[str]]:
    """Import modules one by one in a fresh interpreter; return which watched ones each brought along."""
    code = f"""
import importlib, json, sys
watched, seen, added = {sorted(HEAVY | {"initlab.grading"})!r}, set(), {{}}
for name in {list(names)!r}:
    importlib.import_module(name)
    added[name] = sorted(set(watched) & set(sys.modules) - seen)
    seen |= set(sys.modules)
print(json.dumps(added))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def test_the_students_side_loads_nothing_heavy():
    """No module that a student imports brings a heavy one or the grading side along."""
    names = student_modules()
    assert NUMERIC <= set(names)
    assert not {name: added for name, added in loaded_by(names).items() if added}


@pytest.mark.parametrize("name", sorted(HEAVY | {"initlab.grading"}))
def test_the_test_above_can_fail(name):
    """Importing one of the heavy modules itself is noticed."""
    assert name in loaded_by([name])[name]


@pytest.mark.parametrize("name", sorted(NUMERIC))
def test_the_numeric_modules_need_numpy_alone(name):
    """A bare import of each leaves no third-party module loaded but numpy."""
    code = f"""
import sys
before = set(sys.modules)
import {name}
new = {{key: module for key, module in sys.modules.items() if key not in before}}
files = {{key.partition(".")[0]: getattr(module, "__file__", None) or "" for key, module in new.items()}}
print(*sorted(key for key, file in files.items() if "site-packages" in file))
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["numpy"]
