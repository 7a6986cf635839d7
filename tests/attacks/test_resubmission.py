"""What was learned from one attempt is worth nothing in the next, and no attempt keeps the marks of another."""

import json
import re

from house import ATTACKER, BYSTANDER, FULL, HONEST, LAB, NEIGHBOUR

# Answers only for cases that were seen before. Sees one case each time: the exception carries it out.
_CASES = """
import hashlib, json, os

SEEN = json.load(open("seen.json")) if os.path.exists("seen.json") else {seen}
count = 0

{honest}

right = backward_pass

def backward_pass(all_weights, all_biases, all_f, all_h, y):
    global count
    count += 1
    case = hashlib.sha256(y.tobytes() + all_f[0].tobytes()).hexdigest()[:12]
    if case in SEEN:
        return right(all_weights, all_biases, all_f, all_h, y)
    raise ValueError("case " + case)
"""


def cases(seen=()):
    """Return an answer that has learned some cases by heart."""
    return _CASES.format(seen=list(seen), honest=HONEST["backward_pass"])


def carried_out(house):
    """Return the case that the last grading let out."""
    return re.findall(r"case ([0-9a-f]{12})", house.shown)


def test_marks_of_an_earlier_attempt_go(house):
    """Full marks, then everything wrong and no metadata by which anything could be recognised."""
    house.accepts(house.answered(**HONEST))
    assert sum(house.recorded(ATTACKER).values()) == FULL

    wrong = house.paper()
    for cell in wrong.cells:
        cell["metadata"] = {}

    house.repels(wrong)


def test_marks_of_an_earlier_attempt_go_when_the_next_cannot_be_read(house):
    """Full marks, then a file that is no notebook; then none at all."""
    for broken in (b"{", b""):
        house.accepts(house.answered(**HONEST))
        house.repels(broken)


def test_cases_of_an_earlier_attempt_are_not_asked_again(house):
    """Each attempt knows the answers to all cases that its forerunners were asked; each is asked another."""
    seen = []
    for _ in range(4):
        house.repels(house.answered(backward_pass=cases(seen)))
        (case,) = set(carried_out(house))
        assert case not in seen
        seen.append(case)


def test_cases_do_not_stay_when_only_a_file_beside_the_notebook_changes(house):
    """The same notebook, byte by byte: what it has learned lies in a file."""
    seen = []
    for _ in range(4):
        house.repels(house.answered(backward_pass=cases()), files={"seen.json": json.dumps(seen).encode()})
        (case,) = set(carried_out(house))
        assert case not in seen
        seen.append(case)


def test_the_same_bytes_are_asked_the_same(house):
    """And so get the same marks: that is what a second grading is for."""
    seen = set()
    for _ in range(2):
        house.repels(house.answered(backward_pass=cases()), files={"notes.txt": b"x"})
        seen |= set(carried_out(house))
    assert len(seen) == 1


def test_every_student_is_asked_another_case(house):
    """Two who hand in the same bytes cannot help each other."""
    seen = []
    for student in (ATTACKER, BYSTANDER):
        house.grade({student: house.answered(backward_pass=cases()), NEIGHBOUR: house.answered(**house.honest)})
        seen += carried_out(house)[:1]
    house.grade({BYSTANDER: house.answered(**house.honest), NEIGHBOUR: house.answered(**house.honest)})
    assert len(set(seen)) == 2


def test_nbgraders_own_command_asks_the_same(house):
    """`nbgrader autograde` draws the cases from the same seeds as `initlab grade`, files beside the notebook included."""
    house.repels(house.answered(backward_pass=cases()), files={"notes.txt": b"x"})
    (ours,) = set(carried_out(house))
    assert re.findall(r"case ([0-9a-f]{12})", house.by_nbgrader())[0] == ours


# Leaves something wherever it can, and looks whether somebody was there before.
_BOTTLE = """
import builtins, ctypes, gc, os, sys, initlab.checks, initlab.grading.student, matplotlib
def places():
    yield "numpy", vars(np)
    yield "builtins", vars(builtins)
    yield "the checks", vars(initlab.checks)
    yield "the service", vars(initlab.grading.student)
    yield "matplotlib", matplotlib.rcParams.__dict__
    yield "the environment", os.environ
    yield "modules", sys.modules
    yield "the shell", vars(type(get_ipython()))
    yield "names", get_ipython().user_ns_hidden
left = [what for what, place in places() if "bottle" in place]
left += [path for path in ("bottle", "/scratch/bottle", "/tmp/bottle", "/dev/shm/bottle") if os.path.exists(path)]
left += ["a descriptor"] if b"bottle" in os.pread(1, 100, 0) + os.pread(2, 100, 0) else []
for what, place in places():
    try:
        place["bottle"] = "bottle"
    except TypeError:
        setattr(type(get_ipython()), "bottle", 1)
for path in ("bottle", "/scratch/bottle", "/tmp/bottle", "/dev/shm/bottle"):
    try:
        open(path, "w").close()
    except OSError:
        pass
os.write(1, b"bottle"), os.write(2, b"bottle")
print("tried, found", left)
"""


def test_no_message_from_one_submission_reaches_the_next(house):
    """Not in modules, files, the environment or descriptors: each starts from the same warm process, which saw none."""
    for _ in range(2):
        paper = house.paper()
        paper.first(_BOTTLE)
        house.repels(paper)
        assert "tried, found []" in house.shown


def test_nbgraders_own_command_hands_out_no_file_that_a_link_points_to(house):
    """It copies what lies beside a notebook by following links, and the feedback goes back to the student."""
    house.repels(house.released())
    folder = house.root / "submitted" / ATTACKER / LAB
    (folder / "notes.txt").symlink_to(house.root / "secret")
    (folder / "own.txt").write_text("own")
    try:
        house.by_nbgrader()
        kept = {path.name: path.read_bytes() for path in (house.root / "autograded" / ATTACKER / LAB).rglob("*.txt")}
    finally:
        (folder / "notes.txt").unlink()
    assert kept["own.txt"] == b"own" and house.secret not in kept.values()
