"""The sandboxed kernel in other programs: nbclient, jupyter_client, and stock nbgrader's way of naming it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager
from jupyter_client.provisioning import KernelProvisionerFactory
from nbclient import NotebookClient

from initlab.grading import provisioner

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def kernel_name(warm, tmp_path_factory):
    """The name of the kernelspec, installed where only these tests find it."""
    prefix = tmp_path_factory.mktemp("prefix")
    before = os.environ.get("JUPYTER_PATH")
    os.environ["JUPYTER_PATH"] = str(prefix / "share" / "jupyter")
    provisioner.install(str(prefix))
    yield provisioner.NAME
    if before is None:
        del os.environ["JUPYTER_PATH"]
    else:
        os.environ["JUPYTER_PATH"] = before


def executed(cells, kernel_name, **options):
    """Run cells with nbclient and return the outputs of each."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    NotebookClient(notebook, kernel_name=kernel_name, allow_errors=True, timeout=60, **options).execute()
    return [cell.outputs for cell in notebook.cells]


def test_it_is_found_by_its_entry_point(kernel_name):
    """An installed package offers the provisioner, and its kernelspec names it."""
    spec = KernelSpecManager().get_kernel_spec(kernel_name)
    named = spec.metadata["kernel_provisioner"]["provisioner_name"]

    assert KernelProvisionerFactory.instance().is_provisioner_available(spec)
    assert named == provisioner.NAME == "initlab-sandbox"


def test_nbclient_runs_a_notebook_behind_the_walls(kernel_name, tmp_path):
    """Results, errors, figures and files as ever; nothing of the machine, and no limit passed."""
    (tmp_path / "points.csv").write_text("1,2")
    cells = [
        "1 + 1",
        "open('points.csv').read()",
        f"open({str(ROOT / 'pyproject.toml')!r})",
        "import socket\nsocket.socket()",
        "import os\nos.fork()",
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        "open('out', 'w').write('x')",
        "bytearray(10**10)",
        "1 / 0",
    ]
    outputs = executed(cells, kernel_name, resources={"metadata": {"path": str(tmp_path)}})

    assert outputs[0][0]["data"]["text/plain"] == "2" and outputs[1][0]["data"]["text/plain"] == "'1,2'"
    assert outputs[2][0]["ename"] in ("FileNotFoundError", "PermissionError")
    assert [outputs[n][0]["ename"] for n in (3, 4, 7, 8)] == ["PermissionError"] * 2 + ["MemoryError", "ZeroDivisionError"]
    assert "image/png" in outputs[5][0]["data"]
    assert not (tmp_path / "out").exists()


def test_without_a_folder_it_gets_no_files(kernel_name, monkeypatch, tmp_path):
    """The current folder is somebody's course, perhaps; only a folder that is named is the notebook's own."""
    (tmp_path / "solution.py").write_text("secret")
    monkeypatch.chdir(tmp_path)

    assert "solution.py" not in executed(["import os\nos.listdir('.')"], kernel_name)[0][0]["data"]["text/plain"]


def test_a_kernel_is_interrupted_restarted_and_ended(kernel_name):
    """The whole life that jupyter_client knows."""
    manager = KernelManager(kernel_name=kernel_name)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        # An error ends what was asked for right after it as well, unless this is said.
        client.execute("a = 1\nwhile True: pass", stop_on_error=False)
        deadline = time.monotonic() + 60
        while client.get_iopub_msg(timeout=60)["content"].get("execution_state") != "busy" and time.monotonic() < deadline:
            pass
        time.sleep(0.2)
        manager.interrupt_kernel()
        assert client.get_shell_msg(timeout=60)["content"]["ename"] == "KeyboardInterrupt"
        assert value(client, "a") == "1"

        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=60)
        assert value(client, "'a' in globals()") == "False"
        assert manager.is_alive()
    finally:
        client.stop_channels()
        folder = Path(manager.ip).parent
        manager.shutdown_kernel(now=True)

    assert not manager.is_alive() and not folder.exists()


def test_a_kernel_that_dies_is_seen_to_be_dead(kernel_name):
    """nbclient reports it, and goes on with the next notebook."""
    from nbclient.exceptions import DeadKernelError

    with pytest.raises(DeadKernelError):
        executed(["import os\nos._exit(3)"], kernel_name)
    assert executed(["1"], kernel_name)[0][0]["data"]["text/plain"] == "1"


def test_limits_are_those_of_the_kernelspec(kernel_name):
    """A course sets its own in kernel.json."""
    spec = KernelSpecManager().get_kernel_spec(kernel_name)
    file = Path(spec.resource_dir, "kernel.json")
    before = file.read_text()
    changed = json.loads(before)
    changed["metadata"]["kernel_provisioner"]["config"] = {"limits": {"memory": 300 << 20}}
    file.write_text(json.dumps(changed))
    try:
        assert executed(["x = bytearray(600 << 20)"], kernel_name)[0][0]["ename"] == "MemoryError"
    finally:
        file.write_text(before)


def value(client, expression):
    """Evaluate an expression in a running kernel."""
    reply = client.execute(expression, user_expressions={"x": expression}, reply=True, timeout=60)
    return reply["content"]["user_expressions"]["x"]["data"]["text/plain"]


def test_nbval_replays_a_notebook_in_it(kernel_name, tmp_path):
    """A third program that knows nothing of it but its name."""
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import os\nassert os.getuid() >= 0\n1 + 1")])
    notebook.cells[0].outputs = [nbformat.v4.new_output("execute_result", {"text/plain": "2"}, execution_count=1)]
    notebook.cells[0].execution_count = 1
    nbformat.write(notebook, tmp_path / "small.ipynb")
    command = [sys.executable, "-m", "pytest", "-q", "--nbval", "--nbval-kernel-name", kernel_name, "-p", "no:cacheprovider"]
    done = subprocess.run([*command, "-o", "addopts=", str(tmp_path / "small.ipynb")], capture_output=True, text=True, cwd=tmp_path)

    assert done.returncode == 0 and "1 passed" in done.stdout, done.stdout + done.stderr


def test_signals_that_end_end_it_for_good(kernel_name):
    """SIGTERM is not a matter of taste to a kernel that may not want to go."""
    manager = KernelManager(kernel_name=kernel_name)
    manager.start_kernel()
    manager.signal_kernel(signal.SIGTERM)

    assert not manager.is_alive()
    manager.shutdown_kernel(now=True)


def test_stock_nbgrader_executes_a_submission_in_it(kernel_name, tmp_path):
    """Its own preprocessor, with nothing changed but the name of the kernel."""
    from nbgrader.preprocessors import Execute

    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("open('/etc/passwd')"), nbformat.v4.new_code_cell("6 * 7")])
    executed, _ = Execute(kernel_name=kernel_name).preprocess(notebook, {"metadata": {"path": str(tmp_path)}})

    assert executed.cells[0].outputs[0].ename in ("FileNotFoundError", "PermissionError")
    assert executed.cells[1].outputs[0].data["text/plain"] == "42"
