"""Looking names up and calling a student's functions across the border."""

import inspect
import types

import numpy as np
import pytest

from initlab.grading.border import BorderError, ModuleName
from initlab.grading.proxy import Proxy
from initlab.grading.remote_errors import RemoteError, StudentStopped


def test_values_and_functions_are_looked_up_by_name(student):
    """Data by value, a function as a proxy, a module by its name, and a NameError for nothing."""
    kernel = student("import numpy as np\nx = {'a': np.arange(3)}\ndef f(a, b=2, *rest, c, **more):\n    'Doc.'\n    return a * b")
    proxy = kernel.lookup("f")

    np.testing.assert_array_equal(kernel.lookup("x")["a"], [0, 1, 2])
    assert isinstance(proxy, Proxy) and proxy.__name__ == "f" and proxy.__doc__ == "Doc."
    assert str(inspect.signature(proxy)) == "(a, b=2, *rest, c, **more)"
    assert kernel.lookup("np") == ModuleName("numpy")
    with pytest.raises(NameError, match="'nothing'"):
        kernel.lookup("nothing")


@pytest.mark.parametrize("name", ["get_ipython", "In", "Out", "exit", "__builtins__", "print"])
def test_what_the_shell_brings_along_is_not_the_students(student, name):
    """A name that the notebook does not bind is not there, whatever IPython keeps under it."""
    with pytest.raises(NameError):
        student("1").lookup(name)


@pytest.mark.parametrize(
    ("source", "arguments", "result"),
    [("f = lambda x: x + 1", (1,), 2), ("import functools\nf = functools.partial(pow, 2)", (5,), 32)]
    + [("class F:\n    def __call__(self, x): return -x\nf = F()", (1,), -1), ("import numpy as np\nf = np.sqrt", (4.0,), 2.0)]
    + [("class C:\n    def m(self, x): return x * 2\nf = C().m", (2,), 4), ("f = max", ([1, 3, 2],), 3)]
    + [("import functools\n@functools.cache\ndef f(x): return x", (7,), 7), ("class S:\n    @staticmethod\n    def f(x): return x\nf = S.f", (1,), 1)],
)
def test_whatever_can_be_called_is_a_function(student, source, arguments, result):
    """Lambdas, partials, bound methods, callable objects, builtins and ufuncs."""
    proxy = student(source).lookup("f")

    assert proxy(*arguments) == result
    assert proxy.__name__ and inspect.signature(proxy)


@pytest.mark.parametrize(
    ("source", "named"),
    [("x = {1}", "set"), ("class A: pass\nx = A()", "type A"), ("class A: pass\nx = A", "class"), ("x = open('f', 'w')", "Text")]
    + [("x = (i for i in [])", "generator"), ("import numpy as np\nx = [np]", "module"), ("x = 3j, {1}", "set")],
)
def test_other_values_are_refused_by_type(student, source, named):
    """The message names the type, not the value."""
    with pytest.raises(BorderError, match=named):
        student(source).lookup("x")


@pytest.mark.parametrize("source", ["def f():\n    yield 1", "async def f(): return 1", "f = lambda: iter([])", "f = lambda: print"])
def test_what_a_function_returns_is_looked_at_like_any_value(student, source):
    """A generator or coroutine is an error naming it; a function is a function."""
    proxy = student(source).lookup("f")
    if "print" in source:
        assert isinstance(proxy(), Proxy)
    else:
        with pytest.raises(BorderError, match="generator|coroutine|iterator"):
            proxy()


def test_arguments_cross_by_value_both_ways_and_calls_print_nothing(student):
    """Arrays, keywords and nested lists; what the function prints is dropped, also by C's way."""
    kernel = student("def f(a, *, k):\n    import os\n    print('noise')\n    os.write(1, b'noise')\n    return [a @ k, {'shape': a.shape}]")
    a, k = np.arange(6.0).reshape(2, 3).T[:, ::-1], np.ones((2, 2))
    product, more = kernel.lookup("f")(a, k=k)

    np.testing.assert_array_equal(product, a @ k)
    assert more == {"shape": (3, 2)}
    assert kernel.run("1").outputs == [{"output_type": "execute_result", "data": {"text/plain": "1"}, "metadata": {}, "execution_count": 2}]


def test_damage_to_arguments_is_seen_by_the_caller(student):
    """Arrays in any layout, lists and dicts change as they would in one process."""
    proxy = student(
        "def f(a, b, c, d):\n    a *= 2\n    b[0, 0] = 9\n    c.append(a)\n    c[0] = 'new'\n    d['x'] = c\n    del d['y']\n"
        "    d['z'][0] += 1"
    ).lookup("f")
    a, b, c, d = np.arange(6.0)[::2], np.zeros((2, 2), order="F"), [1], {"y": 1, "z": np.zeros(1)}
    z = d["z"]
    proxy(a, b, c, d)

    np.testing.assert_array_equal(a, [0, 4, 8])
    assert b[0, 0] == 9
    assert c[0] == "new" and c[1] is a
    assert sorted(d) == ["x", "z"] and d["x"][0] == "new" and d["z"] is z and z[0] == 1


def test_what_was_not_touched_stays_the_same_object(student):
    """Nothing is written to where nothing was changed, and an argument that is returned is itself."""
    array, items = np.arange(3.0), [1]
    array.flags.writeable = False
    first, second = student("def f(a, b): return b, a").lookup("f")(array, items)

    assert first is items and second is array


def test_arguments_cannot_be_made_endless(student):
    """Rows that hold the next row twice: 2**40 entries for whoever walks through them, in forty short lists."""
    kernel = student("def f(rows):\n    for a, b in zip(rows, rows[1:]):\n        a[:] = [b, b]\n    return rows[-20:]")
    rows = [[float(i)] for i in range(40)]

    with pytest.raises(BorderError, match="more of its arguments"):
        kernel.lookup("f")(rows)
    assert rows == [[float(i)] for i in range(40)]


def test_one_argument_twice_is_one_argument(student):
    """A matrix whose rows are one list is that in the function too."""
    row = [0, 0]
    student("def f(m): m[0][1] = 7").lookup("f")([row, row])

    assert row == [0, 7]


def test_two_names_of_one_list_are_that(student):
    """What a test does to one it sees in the other."""
    kernel = student("a = [1]; b = a; c = [1]")
    a = kernel.lookup("a")

    assert kernel.lookup("b", {"a": a}) is a
    assert kernel.lookup("c", {"a": a}) is not a


def test_a_read_only_argument_is_read_only_over_there(student):
    """As it would be in one process."""
    array = np.zeros(2)
    array.flags.writeable = False

    with pytest.raises(ValueError, match="read-only"):
        student("def f(a): a[0] = 1").lookup("f")(array)


@pytest.mark.parametrize("make", [np.random.default_rng, np.random.RandomState, lambda s: np.random.Generator(np.random.Philox(s))])
def test_a_random_generator_moves_on_as_in_one_process(student, make):
    """It draws the same numbers over there, and the caller's goes on behind them."""
    proxy = student("def f(rng): return rng.normal(size=5)").lookup("f")
    here, there = make(3), make(3)

    for _ in range(2):
        np.testing.assert_array_equal(proxy(there), here.normal(size=5))
    assert here.normal() == there.normal()


@pytest.mark.parametrize(
    ("statement", "caught", "name", "message"),
    [("raise ValueError('σ²')", ValueError, "ValueError", "σ²"), ("{}['key']", KeyError, "KeyError", "'key'")]
    + [("1 / 0", ZeroDivisionError, "ZeroDivisionError", "division by zero"), ("raise Own('mine')", RemoteError, "Own", "mine")]
    + [("raise Own('mine')", LookupError, "Own", "mine"), ("np.linalg.inv(np.zeros((2, 2)))", np.linalg.LinAlgError, "LinAlgError", "Sing")]
    + [("raise SystemExit(3)", RemoteError, "SystemExit", "3"), ("raise KeyboardInterrupt", RemoteError, "KeyboardInterrupt", "")]
    + [("b'\\xff'.decode()", ValueError, "UnicodeDecodeError", "can't decode"), ("f()", RecursionError, "RecursionError", "maxim")]
    + [("import os; os.stat('/nowhere')", FileNotFoundError, "FileNotFoundError", "nowhere")]
    + [("raise ExceptionGroup('g', [ValueError()])", RemoteError, "ExceptionGroup", "g"), ("raise Rude", RemoteError, "Rude", "")],
)
def test_exceptions_arrive_with_type_message_and_lines(student, statement, caught, name, message):
    """Builtin types as themselves; others as RemoteError, also of the nearest builtin type; none ends the grader."""
    kernel = student(
        "import numpy as np\nclass Own(LookupError): pass\nclass Rude(Exception):\n    def __str__(self): raise SystemExit",
        f"def f():\n    {statement}",
    )
    with pytest.raises(caught) as error:
        kernel.lookup("f")()

    assert isinstance(error.value, Exception)
    assert error.value.student_type == name
    assert message in str(error.value)
    assert f"line 2: {statement}" in error.value.student_lines


def test_an_exception_still_shows_what_was_done_before(student):
    """In one process the damage would be there too."""
    array = np.zeros(1)
    with pytest.raises(ZeroDivisionError):
        student("def f(a):\n    a += 1\n    1 / 0").lookup("f")(array)

    assert array[0] == 1


def test_a_students_function_can_be_given_to_a_students_function(student):
    """It goes back as what it is over there; a function of the grader does not go at all."""
    kernel = student("def twice(f, x): return f(f(x))\ndef add(x): return x + 1")
    twice = kernel.lookup("twice")

    assert twice(kernel.lookup("add"), 1) == 3
    with pytest.raises(BorderError, match="gives twice a function of the grader .len., which cannot cross"):
        twice(len, 1)


def test_a_proxy_passes_for_a_function(student):
    """For isinstance and inspect; what it lacks is named, with what there is."""
    proxy = student("def f(a, b=1): return a").lookup("f")
    assert isinstance(proxy, types.FunctionType) and inspect.isfunction(proxy) and callable(proxy)
    assert inspect.getfullargspec(proxy).args == ["a", "b"]
    assert not hasattr(proxy, "calls")
    with pytest.raises(AttributeError, match="__code__ of f is not known to the grader, only name, docstring"):
        inspect.getsource(proxy)


def test_a_function_outlives_the_process_it_came_from(student):
    """A call that ends the process costs that call; the function is found again, behind the replayed cells."""
    kernel = student("calls = 5\ndef f(end):\n    import os\n    return os._exit(3) if end else calls")
    proxy = kernel.lookup("f")
    with pytest.raises(StudentStopped, match="ended its own process in a call of f .exit status 3"):
        proxy(True)

    assert proxy(False) == 5


FORGERIES = {
    "a list that holds itself": '{"value": 1, "changed": [[1, [{"t": "known", "v": 1}]]]}',
    "an argument that is none": '{"value": 1, "changed": [[9, []]]}',
    "arguments out of order": '{"value": 1, "changed": [[2, []], [1, []]]}',
    "another kind of argument": '{"value": 1, "changed": [[3, [1]]]}',
    "a wrong state": '{"value": 1, "changed": [[4, {"kind": "Generator", "name": "MT19937", "state": {}}]]}',
    "an exception that is none": '{"raised": {"type": ["x"], "kinds": 3, "message": {}, "lines": [1]}}',
    "an exception that ends": '{"raised": {"type": "SystemExit", "kinds": ["SystemExit", "BaseException"], "message": ""}}',
    "no value": "{}",
    "a function without number": '{"value": {"t": "function", "h": "__import__"}}',
    "a function with a strange signature": '{"value": {"t": "function", "h": 0, "s": [{"name": "a b", "kind": 9}]}}',
    "not an object": "[1]",
    "no number": '{"value": 1, "number": null}',
}


@pytest.mark.parametrize("reply", FORGERIES.values(), ids=FORGERIES.keys())
def test_forged_replies_to_a_call_are_errors_and_nothing_more(student, reply):
    """The student's code writes its own reply to the grader's connection: it gets no further than a value."""
    kernel = student(
        "import json, os, stat, struct\n"
        "def is_socket(fd):\n"
        "    try: return stat.S_ISSOCK(os.fstat(fd).st_mode)\n"
        "    except OSError: return False\n"
        "fd = next(filter(is_socket, range(3, 256)))\n"
        "def f(*args):\n"
        f"    reply = json.loads({reply!r})\n"
        "    if type(reply) is dict: reply = {'number': 3, 'sizes': [], **reply}\n"
        "    text = json.dumps(reply).encode()\n"
        "    os.write(fd, struct.pack('<QQ', len(text), 0) + text)\n"
        "    os._exit(0)"
    )
    proxy = kernel.lookup("f")
    items = [[1], [2], np.zeros(1), np.random.default_rng(0)]
    try:
        result = proxy(*items)
    except (BorderError, RemoteError, StudentStopped):
        result = None

    assert result is None or isinstance(result, Proxy)
    assert items[0] == [1] and items[1] == [2] and items[2][0] == 0
    assert kernel.run("1").error is None


def test_a_hidden_name_is_gone_for_every_function_until_it_is_given_back(student):
    """As after `del` in one process; what the student has bound meanwhile stays."""
    kernel = student("def f(): return 1\ndef g(): return f()\nx = 2")
    g = kernel.lookup("g")
    kernel.hide(["f", "x", "nothing"])
    with pytest.raises(NameError, match="'f' is not defined"):
        g()
    with pytest.raises(NameError):
        kernel.lookup("f")
    kernel.run("x = 3")
    kernel.hide([])

    assert (g(), kernel.lookup("x")) == (1, 3)
