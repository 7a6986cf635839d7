"""`initlab grade` from its argument to its exit status, with a real gradebook and real student processes."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

from initlab import cli
from initlab.grading.batch import collect
from initlab.grading.build import release
from initlab.grading.course import Course
from initlab.grading.kernels import Setting
from initlab.grading.marks import clipped

LAB = '''\
# %% [markdown] tags=["en"]
# # A small lab
# %% [markdown] tags=["ko"]
# # 작은 실습
# %%
import numpy as np
# %% nbgrader={"grade": false, "grade_id": "sigma_sq_derived", "locked": false, "schema_version": 3, "solution": true, "task": false}
sigma_sq_derived = ...
### BEGIN SOLUTION
sigma_sq_derived = 2 / 80
### END SOLUTION
# %% nbgrader={"grade": true, "grade_id": "check_sigma_sq_derived", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
checks.sigma_sq_derived(sigma_sq_derived)
# %% nbgrader={"grade": false, "grade_id": "he_init_params", "locked": false, "schema_version": 3, "solution": true, "task": false}
def he_init_params(K, D, rng):
    ### BEGIN SOLUTION
    return None
    ### END SOLUTION
# %% nbgrader={"grade": true, "grade_id": "check_he_init_params", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
checks.he_init_params(he_init_params)
'''
NAME = "01_small"
HE = """\
def he_init_params(K, D, rng):
    widths = [1] + [D] * K + [1]
    weights = [rng.normal(size=(a, b)) * np.sqrt(2 / b) for a, b in zip(widths[1:], widths[:-1])]
    return weights, [np.zeros((a, 1)) for a in widths[1:]]
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course with one small lab, released."""
    root = tmp_path_factory.mktemp("course")
    (root / "pyproject.toml").write_text('[tool.initlab]\nrepository = "https://example.org/c"\ninstall = "initlab"\n')
    (root / "solutions").mkdir()
    (root / "solutions" / f"{NAME}.py").write_text(LAB, encoding="utf-8")
    made = Course.at(root)
    release(made)
    return made


def answered(course: Course, lang: str = "en", **answers: str) -> bytes:
    """Return the released notebook with answers in place of stubs."""
    notebook = nbformat.read(course.release(lang) / NAME / f"{NAME}.ipynb", as_version=4)
    for cell in notebook.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id", ""), cell.source)
    return nbformat.writes(notebook).encode()


@pytest.fixture(scope="module")
def class_folder(course: Course) -> Path:
    """A class of all kinds."""
    right = {"sigma_sq_derived": "sigma_sq_derived = 2 / 80", "he_init_params": HE}
    folder = course.root / "class"
    for student, data in {
        "amina": answered(course, **right),
        "bora 김": answered(course, "ko", **right),
        "chen": answered(course),
        "dora": answered(course, **right | {"sigma_sq_derived": "sigma_sq_derived = 1 / 80"}),
        "emil": answered(course, **right | {"he_init_params": "import os\nos._exit(0)"}),
        "fred": b"{",
    }.items():
        path = folder / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    stray = folder / "gina" / "09_other" / "09_other.ipynb"
    stray.parent.mkdir(parents=True)
    stray.write_bytes(b"{}")
    return folder


EXPECTED = {
    "amina": (7.0, ["right", "right"]),
    "bora 김": (7.0, ["right", "right"]),
    "chen": (0.0, ["not attempted", "not attempted"]),
    "dora": (5.0, ["wrong", "right"]),
    "emil": (2.0, ["right", "broke"]),
    "fred": (0.0, ["broke", "broke"]),
}


def scores(course: Course) -> dict[tuple, float]:
    """Return (student, grade cell) -> score from the gradebook's tables."""
    with sqlite3.connect(course.gradebook) as database:
        rows = database.execute(
            "select a.student_id, c.name, g.auto_score from grade g join base_cell c on g.cell_id = c.id"
            " join submitted_notebook n on g.notebook_id = n.id join submitted_assignment a on n.assignment_id = a.id"
        )
        return {(student, cell): score for student, cell, score in rows}


def test_a_class_is_graded_and_told(course, class_folder, capsys, monkeypatch):
    """Every submission ends with marks or a named reason, and the run with the places of everything."""
    monkeypatch.chdir(course.root)
    monkeypatch.setenv("COLUMNS", "140")
    assert cli.main(["grade", str(class_folder), "--no-figures"]) == 0
    told = capsys.readouterr().out
    lines = told.splitlines()
    assert any("amina" in line and "7/7" in line for line in lines)
    assert any("chen" in line and "nothing attempted" in line for line in lines)
    assert any("emil" in line and "ended its own process" in line for line in lines)
    assert "not graded: fred/01_small: the file is not JSON" in told
    assert "not graded: gina/09_other: there is no lab '09_other'; the labs are 01_small" in told
    assert [line.split(":")[0] for line in lines[-3:]] == ["gradebook", "feedback pages", "student notebooks"]
    assert lines[-3].endswith("build/gradebook.db")
    for student in EXPECTED:
        assert (course.build / "feedback" / student / NAME / f"{NAME}.html").is_file()
    found = scores(course)
    assert {student: sum(s for (who, _), s in found.items() if who == student) for student in EXPECTED} == {
        student: score for student, (score, _) in EXPECTED.items()
    }


def test_cards_speak_the_notebooks_language(course, class_folder, monkeypatch):
    """The card of a Korean notebook is Korean, on the page as in the notebook."""
    page = (course.build / "feedback" / "bora 김" / NAME / f"{NAME}.html").read_text(encoding="utf-8")
    assert "맞았습니다" in page or "정답" in page


def test_grading_again_gives_the_same_marks_in_any_number_of_workers(course, class_folder):
    """Outcomes, scores and the hidden cases' cards: in this process, in two, and in an executor of one's own."""
    config, secret = course.nbgrader_config(), b"s" * 32
    runs = [collect(class_folder, config, Setting(figures=False), secret, workers=workers) for workers in (1, 1, 2)]
    marks = [[(g.student, [(m.score, m.outcome, m.words) for m in g.marks]) for g in run.graded] for run in runs]
    assert marks[0] == marks[1] == marks[2]
    assert {student: (sum(s for s, _, _ in cells), [o for _, o, _ in cells]) for student, cells in marks[0]} == EXPECTED


def test_one_notebook_is_graded_where_it_lies(course, tmp_path, capsys, monkeypatch):
    """A file by its name alone; the second attempt replaces the first, whatever shape it has."""
    monkeypatch.chdir(course.root)
    path = tmp_path / f"{NAME}_Jo Li.ipynb"
    path.write_bytes(answered(course, sigma_sq_derived="sigma_sq_derived = 0.025"))
    assert cli.main(["grade", str(path), "--no-figures"]) == 0
    assert scores(course)["Jo Li", "check_sigma_sq_derived"] == 2.0
    path.write_bytes(b"broken")
    assert cli.main(["grade", str(path), "--no-figures"]) == 1
    assert scores(course)["Jo Li", "check_sigma_sq_derived"] == 0.0
    assert "not graded: Jo Li/01_small: the file is not JSON" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["."], "is the course itself; name the folder of the class, or a notebook"),
        (["--workers", "0", "class"], "argument --workers: expected a number of 1 or more, not '0'"),
    ],
)
def test_a_slip_on_the_command_line_is_told(course, capsys, monkeypatch, arguments, said):
    """Before anybody is graded: the course's own folders are no students."""
    monkeypatch.chdir(course.root)
    try:
        status = cli.main(["grade", *arguments])
    except SystemExit as left:
        status = left.code
    assert (status, said in capsys.readouterr().err) == (2, True)


def test_marks_by_hand_that_the_table_does_not_count_are_told(course, tmp_path):
    """The table has what the grader found; the gradebook counts what a person said, and asks for review."""
    from nbgrader.api import Gradebook

    path = tmp_path / f"{NAME}_mina.ipynb"
    path.write_bytes(answered(course, sigma_sq_derived="sigma_sq_derived = 1 / 80"))
    config = course.nbgrader_config()
    assert collect(path, config, Setting(figures=False), b"s" * 32).notes == []
    with Gradebook(config.CourseDirectory.db_url, "initlab") as gradebook:
        grade = gradebook.find_grade("check_sigma_sq_derived", NAME, NAME, "mina")
        grade.manual_score, grade.extra_credit = 1.5, 0.5
        gradebook.db.commit()
    assert collect(path, config, Setting(figures=False), b"s" * 32).notes == [
        "mina/01_small: the gradebook counts marks by hand, which the table does not: sigma_sq_derived 1.5 + 0.5; "
        "see in formgrader whether they still hold"
    ]


def test_lateness_and_its_penalty_are_nbgraders(course, tmp_path):
    """The time comes from timestamp.txt, the penalty from nbgrader's plugin; a time that is none is noted and not kept."""
    from nbgrader.api import Gradebook

    config = course.nbgrader_config()
    config.LateSubmissionPlugin.penalty_method = "zero"
    with Gradebook(config.CourseDirectory.db_url, "initlab") as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate="2026-01-01 00:00:00 UTC")
    for student, stamp in {"early": "2025-12-31 23:00:00 UTC", "late": "2026-01-02 00:00:00 UTC", "odd": "soon"}.items():
        path = tmp_path / student / NAME / f"{NAME}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(answered(course, sigma_sq_derived="sigma_sq_derived = 0.025"))
        (path.parent / "timestamp.txt").write_text(stamp)
    run = collect(tmp_path, config, Setting(figures=False), b"s" * 32)
    assert run.notes[0] == "late/01_small: handed in late, penalty 2"
    (note,) = run.notes[1:]
    assert note.startswith("odd/01_small: timestamp.txt holds no time: 'soon'; expected one such as '2030-")
    for step in ("submitted", "autograded"):  # formgrader reads it there, and shows nobody when it cannot
        kept = {path.parts[-3] for path in (course.build / step).glob(f"*/{NAME}/timestamp.txt")}
        assert {"early", "late"} <= kept and "odd" not in kept
    with Gradebook(config.CourseDirectory.db_url, "initlab") as gradebook:
        found = {s: gradebook.find_submission(NAME, s) for s in ("early", "late", "odd")}
        assert {s: one.late_submission_penalty for s, one in found.items()} == {"early": 0.0, "late": 2.0, "odd": 0.0}
        assert found["late"].total_seconds_late == 86400.0


CONFIGURED = """\
from pathlib import Path
from initlab.grading.course import Course
c = get_config()
c.merge(Course.at(Path(__file__).parent).nbgrader_config())
c.RunCells.limits = {"cell_seconds": 0.5}
c.AssignLatePenalties.plugin_class = "half_off.HalfOff"
"""
PLUGIN = """\
from nbgrader.plugins import BasePlugin
class HalfOff(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score / 2
"""


@pytest.fixture
def configured(course, monkeypatch):
    """The course with a configuration of the teacher's own."""
    files = {"nbgrader_config.py": CONFIGURED, "half_off.py": PLUGIN}
    for name, text in files.items():
        (course.root / name).write_text(text)
    monkeypatch.chdir(course.root)
    monkeypatch.setattr(sys, "path", list(sys.path))
    yield course
    for name in files:
        (course.root / name).unlink()


def test_what_nbgrader_is_told_holds_for_initlab_too(configured, tmp_path, capsys):
    """Limits and a plugin for lateness in nbgrader_config.py do not depend on the command that grades."""
    from nbgrader.api import Gradebook

    with Gradebook(configured.nbgrader_config().CourseDirectory.db_url, "initlab") as gradebook:
        gradebook.update_or_create_assignment(NAME, duedate="2026-01-01 00:00:00 UTC")
    path = tmp_path / "lou" / NAME / f"{NAME}.ipynb"
    path.parent.mkdir(parents=True)
    path.write_bytes(
        answered(configured, sigma_sq_derived="sigma_sq_derived = 0.025\nprint('x')", he_init_params="while True: pass")
    )
    (path.parent / "timestamp.txt").write_text("2026-01-02 00:00:00 UTC")

    assert cli.main(["grade", str(path), "--no-figures"]) == 0
    assert "stopped after 0.5 s in cell" in capsys.readouterr().out
    with Gradebook(configured.nbgrader_config().CourseDirectory.db_url, "initlab") as gradebook:
        assert gradebook.find_submission(NAME, "lou").late_submission_penalty == 1.0


def test_a_configuration_that_fails_is_named(configured, tmp_path, capsys):
    """One line with the file, not a traceback, and nobody's marks are touched."""
    (configured.root / "nbgrader_config.py").write_text("c.RunCells.limits = {")
    assert cli.main(["grade", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "nbgrader_config.py failed with SyntaxError" in said


def test_files_beside_a_notebook_are_there_and_links_are_not(course, tmp_path):
    """A submission reads its own data; a link to the course's secret carries nothing."""
    folder = tmp_path / "kim" / NAME
    folder.mkdir(parents=True)
    (folder / "data.csv").write_text("0.025")
    (folder / "leak.csv").symlink_to(course.gradebook)
    reads = "import os\nsigma_sq_derived = float(open('data.csv').read()) if os.listdir() == ['data.csv'] else 0"
    (folder / f"{NAME}.ipynb").write_bytes(answered(course, sigma_sq_derived=reads))
    run = collect(tmp_path, course.nbgrader_config(), Setting(figures=False), b"s" * 32)
    assert run.graded[0].score == 2.0
    kept = course.build / "autograded" / "kim" / NAME
    assert sorted(path.name for path in kept.iterdir()) == [f"{NAME}.ipynb", "data.csv"]


def test_without_isolation_every_run_warns(course, tmp_path, capsys, monkeypatch):
    """Bare grading is only ever asked for, and says so."""
    monkeypatch.chdir(course.root)
    path = tmp_path / f"{NAME}_kim.ipynb"
    path.write_bytes(answered(course, sigma_sq_derived="sigma_sq_derived = 0.025"))
    assert cli.main(["grade", str(path), "--no-figures", "--isolation", "none"]) == 0
    assert "warning: student code ran without isolation" in capsys.readouterr().out


def test_walls_that_do_not_stand_are_told(course, tmp_path):
    """Where a container forbids namespaces, the run says what isolates student code and what does not."""
    path = tmp_path / f"{NAME}_kim.ipynb"
    path.write_bytes(answered(course, sigma_sq_derived="sigma_sq_derived = 0.025"))
    grade = f"import sys\nfrom initlab.cli import main\nsys.exit(main(['grade', {str(path)!r}, '--no-figures']))"
    command = [sys.executable, str(Path(__file__).with_name("elsewhere.py")), "no-namespaces", "--", "-c", grade]
    done = subprocess.run(command, capture_output=True, text=True, cwd=course.root, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "warning: student code is isolated by files by Landlock" in done.stdout
    assert "; but not by namespaces (unshare: Operation not permitted)" in done.stdout


def test_a_course_that_was_not_built_is_refused(tmp_path, capsys, monkeypatch):
    """One sentence that says what to do, and status 2."""
    (tmp_path / "pyproject.toml").write_text('[tool.initlab]\nrepository = "https://example.org/c"\ninstall = "i"\n')
    monkeypatch.chdir(tmp_path)
    assert cli.main(["grade", "x.ipynb"]) == 2
    assert "run `initlab build` first" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["build"], ["grade", "class"]])
def test_a_damaged_gradebook_is_named(course, tmp_path, capsys, monkeypatch, command):
    """After a full disk or a bad copy: its path, what is wrong and what to do, no traceback."""
    (tmp_path / "solutions").symlink_to(course.solutions)
    (tmp_path / "pyproject.toml").write_text('[tool.initlab]\nrepository = "https://example.org/c"\ninstall = "i"\n')
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "gradebook.db").write_text("nothing that a database begins with")
    monkeypatch.chdir(tmp_path)

    assert cli.main(command) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and f"{tmp_path / 'build' / 'gradebook.db'} cannot be used (file is not a" in said


def test_a_build_folder_that_cannot_be_made_is_named(course, tmp_path, capsys, monkeypatch):
    """A file where the build folder belongs gives its path and the system's reason, no traceback."""
    (tmp_path / "solutions").symlink_to(course.solutions)
    (tmp_path / "pyproject.toml").write_text('[tool.initlab]\nrepository = "https://example.org/c"\ninstall = "i"\n')
    (tmp_path / "build").write_text("in the way")
    monkeypatch.chdir(tmp_path)

    assert cli.main(["build"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and f"{tmp_path / 'build'}" in said and "see that you may read and write" in said


def test_an_interrupted_run_says_so_and_the_next_one_is_complete(course, class_folder):
    """Ctrl-C in a terminal reaches every process: one line, status 130, and a gradebook to go on with."""
    command = [str(Path(sys.executable).with_name("initlab")), "grade", str(class_folder), "--no-figures"]
    running = subprocess.Popen(
        command, cwd=course.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    graded, before = course.build / "autograded", time.time_ns()
    while running.poll() is None and all(path.stat().st_mtime_ns < before for path in graded.glob("*/*")):
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    out, err = running.communicate(timeout=60)

    assert running.returncode == 130, out + err
    assert err == "initlab: interrupted; what was done until now stands; run it again for all of it\n"
    again = subprocess.run(command, cwd=course.root, capture_output=True, text=True)
    assert again.returncode == 0 and "7 handed in, 5 graded in " in again.stdout


def test_a_grade_cell_that_takes_the_grader_down_costs_its_submissions_alone(course, class_folder, monkeypatch):
    """The coordinator lives, and says so; here a worker dies of what reaches it."""
    config = course.nbgrader_config()
    with sqlite3.connect(course.gradebook) as database:
        (source,) = database.execute("select source from source_cell where name = 'check_sigma_sq_derived'").fetchone()
        deadly = f"import os\nif sigma_sq_derived == 1 / 80: os._exit(1)\n{source}"
        database.execute("update source_cell set source = ? where name = 'check_sigma_sq_derived'", (deadly,))
    try:
        run = collect(class_folder, config, Setting(figures=False), b"s" * 32, workers=2)
    finally:
        with sqlite3.connect(course.gradebook) as database:
            database.execute("update source_cell set source = ? where name = 'check_sigma_sq_derived'", (source,))
    found = {graded.student: (graded.score, graded.trouble) for graded in run.graded}
    assert found["dora"] == (0.0, "a test of it took the grader's process down, or could not be interrupted")
    assert found["amina"] == (7.0, "")


def test_nothing_of_a_submissions_metadata_reaches_the_executed_notebook(course, tmp_path):
    """Titles, widgets, tags and names of editors could each hold script or a person's data."""
    notebook = json.loads(answered(course))
    notebook["metadata"] |= {"title": "<script>x</script>", "widgets": {"x": 1}, "language_info": {"name": "<b>"}}
    for cell in notebook["cells"]:
        cell["id"] = "<i>"
        cell["metadata"]["tags"] = ["<script>x</script>"]
        cell["execution_count"] = "<script>x</script>"
    path = tmp_path / f"{NAME}_kim.ipynb"
    path.write_text(json.dumps(notebook))
    collect(path, course.nbgrader_config(), Setting(figures=False), b"s" * 32)
    executed = (course.build / "autograded" / "kim" / NAME / f"{NAME}.ipynb").read_text()
    assert "<" not in json.dumps([[c["metadata"], c["id"], c.get("execution_count")] for c in json.loads(executed)["cells"]])
    assert json.loads(executed)["metadata"].keys() == {"initlab", "kernelspec", "language_info"}
    nbformat.validate(nbformat.reads(executed, as_version=4))


@pytest.mark.parametrize("score", ["2", b"2", None, [2], 2j, float("nan"), float("-inf"), object()])
def test_what_is_no_number_is_no_score(score):
    """Strings that read like numbers included."""
    assert clipped(score, 2.0) is None
