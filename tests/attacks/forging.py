"""Attacks on the border: code that finds the socket to the grader and writes there in the protocol's own words.

A frame is two little-endian 64-bit sizes, of JSON and of the arrays behind it, padded to 64 bytes each; the JSON
names the sizes of the arrays and repeats the number of the request that it answers.
"""

from paper import attack

# Finds the service that answers the grader, its socket, and gives means to answer in its place.
BORDER = """
import gc, json, socket, struct, sys, threading, time
import initlab.grading.student as student
service = next(one for one in gc.get_objects() if type(one) is student.Service)
wire = service.sock
real_send = student.send
def frame(message, buffers=()):
    sizes = [len(one) for one in buffers]
    text = message if isinstance(message, bytes) else json.dumps({**message, "sizes": sizes}).encode()
    body = b"".join(bytes(one) + bytes(-len(one) % 64) for one in buffers)
    return struct.pack("<QQ", len(text), len(body)) + text + body
def forge(answer):
    '''From now on answer look-ups and calls with what answer(reply) gives: a message, or a message and buffers.'''
    def send(sock, reply, buffers=(), seconds=None):
        if "outputs" in reply:
            return real_send(sock, reply, buffers)
        number = {"number": reply["number"], "cpu_used_up": False}
        made = answer(reply)
        message, made_buffers = made if type(made) is tuple else (made, ())
        sock.sendall(message if isinstance(message, bytes) else frame({**number, **message}, made_buffers))
    student.send = send
"""


@attack()
def forged_verdicts(paper):
    """Answers every request with marks, scores and verdicts in every form that a careless grader might read."""
    paper.first(BORDER + """
pay = {"score": 5.0, "points": 5.0, "marks": [5.0] * 9, "verdict": "right", "outcome": "right", "share": 1.0,
       "outputs": [{"output_type": "execute_result", "data": {"text/plain": "5.0"}, "execution_count": 1}],
       "value": {"t": "verdict", "v": 5.0}, "text/plain": "5.0", "status": "ok", "passed": True}
forge(lambda reply: pay)
print("tried")
""")


@attack(sees="in its own words|number")
def replies_before_requests(paper):
    """Sends a stack of replies for requests that have not been made yet, right answers of another exercise among them."""
    paper.first(BORDER + """
number = sys._getframe()
while "message" not in number.f_locals:
    number = number.f_back
number = number.f_locals["message"]["number"]
for ahead in range(1, 60):
    wire.sendall(frame({"number": number + ahead, "outputs": [], "value": 7.0, "cpu_used_up": False}))
""")


@attack(sees="in its own words|number")
def two_replies(paper):
    """Answers every request twice, the second time in advance of the next request."""
    paper.first(BORDER + """
def twice(reply):
    one = {"number": reply["number"], "value": 7.0}
    return frame(one) + frame({**one, "number": reply["number"] + 1, "value": 5.0})
forge(twice)
""")


@attack(sees="announces")
def enormous_sizes(paper):
    """Announces messages and arrays of exabytes, to have the grader set the memory aside."""
    paper.first(BORDER + """
sizes = iter([(2**63, 0), (2**64 - 1, 2**64 - 1), (0, 2**40), (1 << 34, 1 << 34)] * 20)
forge(lambda reply: struct.pack("<QQ", *next(sizes)) + b"x" * 100)
""")


@attack(sees="JSON")
def json_nested_deeply(paper):
    """Answers with JSON nested a hundred thousand levels, and with every depth around the limit of recursion."""
    paper.first(BORDER + """
depths = iter([100_000, 3_000, *range(900, 1000, 9)] * 10)
def deep(reply):
    depth = next(depths)
    value = b"[" * depth + b"]" * depth if depth % 2 else b'{"a":' * depth + b"1" + b"}" * depth
    return frame(b'{"number": %d, "sizes": [], "value": %s}' % (reply["number"], value))
forge(deep)
""")
    for depth in range(930, 1000, 10):
        # The outputs of a cell, nested to just before and just beyond what the grader can walk through.
        paper.last(BORDER + f"""
def send(sock, reply, buffers=(), seconds=None):
    nest = b"[" * {depth} + b"]" * {depth}
    data = b'{{"output_type": "display_data", "data": {{"text/plain": %s, "x/y": %s}}, "metadata": {{"a": %s}}}}' % (nest, nest, nest)
    error = b'{{"output_type": "error", "ename": %s, "evalue": %s, "traceback": [%s]}}' % (nest, nest, nest)
    sock.sendall(frame(b'{{"number": %d, "sizes": [], "outputs": [%s, %s]}}' % (reply["number"], data, error)))
    student.send = real_send
student.send = send
""")


@attack(sees="more than|JSON|announces|holds|stopped after")
def json_bombs(paper):
    """Answers with megabytes of empty lists, endless numbers and texts, each as big as the border lets through."""
    paper.first(BORDER + """
def body(number, value):
    return frame(b'{"number": %d, "sizes": [], "value": %s}' % (number, value))
values = iter([b"[" + b"[]," * 1_300_000 + b"1]", b"1" * 4_000_000, b"1." + b"1" * 4_000_000, b'"' + b"x" * 4_100_000 + b'"',
               b"{" + b",".join(b'"%d":{}' % i for i in range(300_000)) + b"}", b"[" + b"0," * 2_000_000 + b"0]",
               b'"' + b"\\\\u0000" * 600_000 + b'"', b"-" * 4_000_000, b"1e999999999", b"NaN"] * 4)
forge(lambda reply: body(reply["number"], next(values)))
""")


@attack(sees="stopped after")
def dripping(paper):
    """Sends its reply one byte at a time, for ever: the grader must not wait for ever."""
    paper.first(BORDER + """
def drip(sock, reply, buffers=(), seconds=None):
    if reply["number"] != 10**9 and "outputs" not in reply:
        for byte in frame({"number": reply["number"], "value": "x" * 10**6}):
            wire.sendall(bytes([byte]))
            try:
                time.sleep(0.05)
            except BaseException:
                pass
    return real_send(sock, reply, buffers)
student.send = drip
""")


@attack(sees="closed its connection|JSON|announces|in its own words")
def garbage(paper):
    """Writes noise to the connection, closes it, shuts it down, and passes descriptors through it."""
    paper.first(BORDER + """
import os
acts = iter([lambda: wire.sendall(b"\\0" * 16), lambda: wire.sendall(os.urandom(4096)), lambda: wire.sendall(frame(b"[]")),
             lambda: wire.sendall(frame(b'"5.0"')), lambda: wire.sendall(frame(b'{"sizes": {"0": 1}}')),
             lambda: wire.sendall(frame(b'{"sizes": [-1, 1e9, null]}')), lambda: wire.sendall(frame(b"\\xff\\xfe{}")),
             lambda: socket.send_fds(wire, [frame({"number": 1})], [0, 1, 2]), wire.close,
             lambda: wire.shutdown(socket.SHUT_WR), lambda: wire.shutdown(socket.SHUT_RDWR)] * 9)
def forged(sock, reply, buffers=(), seconds=None):
    return real_send(sock, reply, buffers) if "outputs" in reply else next(acts)()
student.send = forged
""")


@attack(sees="tried")
def pickles(paper):
    """Answers with pickles wherever bytes may stand: arrays of objects, structured arrays, npz and npy in an array."""
    paper.first(BORDER + """
import io, pickle
class Bomb:
    def __reduce__(self):
        return (exec, ("import os; os.system('touch REACHED'); open('/tmp/REACHED', 'w'); print('REACHED: unpickled')",))
    def __call__(self): return 5.0
bomb = np.array([Bomb()], dtype=object)
pickled = pickle.dumps(bomb)
file = io.BytesIO()
np.savez(file, all_weights=bomb)
npz = file.getvalue()
trees = [{"t": "array", "b": 0, "s": [1], "d": "|O", "f": 0}, {"t": "array", "b": 0, "s": [8], "d": "O", "f": 0},
         {"t": "array", "b": 0, "s": [1], "d": [["a", "O"]], "f": 0}, {"t": "pickle", "v": pickled.hex()},
         {"t": "npz", "b": 0}, {"t": "scalar", "d": "|O", "v": pickled.hex()}, {"t": "object", "v": pickled.hex()},
         {"t": "array", "b": 0, "s": [len(pickled)], "d": "|u1", "f": 0}, {"py/object": "os.system", "py/reduce": ["id"]},
         {"t": "array", "b": 0, "s": [1], "d": "|V8", "f": 0}, {"t": "module", "v": "os"}, {"t": "class", "v": "int"},
         {"t": "generator", "v": {"kind": "Generator", "name": "__import__", "state": {}}}]
turns = iter(trees * 9)
def forged(reply):
    tree = next(turns)
    return {"value": [tree]}, (pickled, npz)
""")
    paper.answer(network_size="all_weights = bomb", sigma_sq_by_experiment="sigma_sq_omega = bomb[0]\nprint('tried')")
    paper.cell("sigma_sq_derived")["source"] = "forge(forged)"


@attack(sees="well formed|shape|adds? up|array")
def arrays_that_lie(paper):
    """Describes arrays whose shape, dtype, place and size do not fit the bytes that come with them."""
    paper.first(BORDER + """
shapes = [[2**62], [2**40], [-1], [1.5], ["8"], [0, 2**62], [2**32, 2**32, 0], [1] * 200, [8, None], {}, "8", None, [True]]
trees = [{"t": "array", "b": 0, "s": shape, "d": "<f8", "f": 0} for shape in shapes]
trees += [{"t": "array", "b": place, "s": [1], "d": "<f8", "f": 0} for place in (-1, 1, 10**9, None, "0", [0], True)]
trees += [{"t": "array", "b": 0, "s": [1], "d": name, "f": 0} for name in ("<f2", "<f99", "O", 5, None, "datetime64[ns]", "|S8")]
trees += [{"t": "array", "b": 0, "s": [1], "d": "<f8", "f": flags} for flags in (-1, 2**70, None, "1", [1])]
trees += [{"t": "array"}, {"t": "array", "b": 0}, {"t": []}, {"t": {}}, {}, {"x": 1}, {"t": None}]
turns = iter(trees * 9)
forge(lambda reply: ({"value": [next(turns) for _ in range(1)]}, (np.array([7.0]).tobytes(),)))
""")


@attack(sees="tried")
def colliding_keys(paper):
    """Answers with dicts whose keys all have the same hash: each look-up then walks through all of them."""
    paper.first(BORDER + """
same = [{"t": "int", "v": f"{k * (2**61 - 1):x}"} for k in range(1, 9_900)]
one = {"t": "dict", "k": same, "v": [0] * len(same)}
text = json.dumps([one] * 5).encode()
forge(lambda reply: frame(b'{"number": %d, "sizes": [], "value": %s}' % (reply["number"], text)))
print("tried")
""")


@attack(sees="tried")
def strange_numbers(paper):
    """Answers with numbers that no Python program holds: not normalised, malformed, endless, of other scripts."""
    paper.first(BORDER + """
scalars = [("<f16", "00000000000000000000000000000000"), ("<f16", "ffffffffffffffff7fff000000000000"),
           ("<f16", "0000000000000000ff3f000000000000"), ("<f16", "ff" * 16), ("|b1", "02"), ("<f2", "ffff"),
           ("<f8", ""), ("<f8", "zz"), ("<f8", "00" * 800), ("<c16", "ff" * 16), ("<i8", "00" * 8)]
trees = [{"t": "scalar", "d": name, "v": text} for name, text in scalars]
trees += [{"t": "int", "v": text} for text in ("f" * 1024, "-" * 9, "0x10", " 5", "5_0", "\\u0665", "", None, 5)]
trees += [{"t": "complex", "v": v} for v in ([1, 2, 3], "12", [None, 1], ["nan", "inf"], [1e999, 0])]
trees += [float("nan"), float("inf"), True, -0.0, {"t": "ellipsis"}, {"t": "tuple", "v": [0.025]}]
turns = iter(trees * 3)
forge(lambda reply: {"value": next(turns)})
print("tried")
""")


@attack(sees="tried")
def arguments_turned_against_the_grader(paper):
    """Reports changes to the grader's own arguments that would make zeros the right derivatives: all inputs zero."""
    paper.first(BORDER)
    paper.answer(
        backward_pass="""
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    result = [[np.zeros_like(x) for x in given] for given in (all_weights, all_biases, all_h, all_f)]
    for given in (all_weights, all_biases, all_f, all_h):
        for x in given:
            x[...] = 0
    y[...] = 0
    return result
"""
    )
    paper.last("print('tried')")


@attack(sees="tried")
def forged_changes(paper):
    """Reports changes that no call makes: arrays of other shapes, lists within themselves, random states that never were."""
    paper.first(BORDER + """
zero = {"t": "array", "b": 0, "s": [1], "d": "<f8", "f": 0}
bad = {"kind": "Generator", "name": "MT19937", "state": {"key": "ff" * 624 * 8, "pos": "fffffff"}, "beside": {}, "gauss": None}
lists = [[[0, [{"t": "known", "v": 0}]]], [[place, zero] for place in range(60)], [[-1, zero]], [[10**9, zero]], [[0]], [5],
         [["0", zero]], [[place, []] for place in range(6)], [[place, bad] for place in range(60)],
         [[1, [{"t": "known", "v": 2}]], [2, [{"t": "known", "v": 1}]]], [[1, [[[[]]]] * 1000]], {}, "changed", [[True, zero]]]
turns = iter(lists * 9)
def forged(reply):
    if "changed" not in reply:
        return {key: reply[key] for key in ("value", "missing", "raised") if key in reply}
    return {"value": {"t": "tuple", "v": [{"t": "known", "v": place} for place in (1, 1, 1, 1)]}, "changed": next(turns)}, (bytes(8),)
forge(forged)
print("tried")
""")


@attack(sees="tried")
def forged_exceptions(paper):
    """Reports exceptions that would end the grader or its loops, with names, messages and lines of any size and kind."""
    paper.first(BORDER + """
kinds = ["SystemExit", "KeyboardInterrupt", "GeneratorExit", "StopIteration", "StopAsyncIteration", "TooLong", "NotDefined",
         "StudentStopped", "IsolationError", "MemoryError", "RecursionError", "BaseException", "ExceptionGroup",
         "UnicodeDecodeError", "OSError", "Warning", "Unusable", "__import__", "AssertionError", "NotImplementedError"]
raised = [{"type": kind, "kinds": [kind, "Exception"], "message": "5.0", "lines": ["5.0"]} for kind in kinds]
raised += [{"type": "x" * 10**6, "kinds": ["y"] * 10**5, "message": "z" * 10**6, "lines": ["l" * 10**6] * 3},
           {"type": None, "kinds": None, "message": None, "lines": None}, {"type": [], "kinds": [[]], "message": {}},
           {"type": "right", "kinds": ["ValueError"], "message": "\\x1b[2J 5.0 of 5 points", "lines": [{}, 5]}, {}]
turns = iter(raised * 9)
forge(lambda reply: {"raised": next(turns), "border": "5.0"})
print("tried")
""")


@attack(sees="tried")
def forged_functions(paper):
    """Sends functions in the place of numbers, with signatures of a hundred thousand parameters and names of markup."""
    paper.first(BORDER + """
def function(**more):
    return {"t": "function", "h": 0, "n": "<script>alert(1)</script>", "d": "x" * 10**6, "s": None, **more}
many = [{"name": f"rng{k}", "kind": 1} for k in range(100_000)]
trees = [function(), function(s=many), function(h=-1), function(h=2**70), function(h="0"), function(h=None), function(n=[]),
         function(s=[{"name": "rng", "kind": 3, "default": function()}]), function(s=[{"name": "a b", "kind": 9}]), function(s={"a": 1}),
         function(s=[{"name": "rng", "kind": 3}]), [function()] * 900, {"t": "function"}]
turns = iter(trees * 9)
forge(lambda reply: {"value": next(turns)})
print("tried")
""")


@attack(sees="tried")
def requests_of_its_own(paper):
    """Sends the grader requests as the grader does, and the words of the control connection: fork, end, signal."""
    paper.first(BORDER + """
words = [{"do": "fork", "name": 1, "limits": {}, "folder": "/"}, {"do": "end", "name": 1}, {"do": "signal", "name": 1, "signal": 9},
         {"do": "run", "source": "open('/tmp/REACHED', 'w')"}, {"do": "lookup", "name": "checks"}, {"do": "call", "handle": 0},
         {"problem": "5.0"}, {"missing": True}, {"module": "initlab.checks"}, {"module": "os"}, {"module": ["os"]},
         {"border": ["x"] * 10}, {"layers": []}, {"refused": "x"}]
turns = iter(words * 9)
forge(lambda reply: next(turns))
print("tried")
""")


@attack(sees="nested deeper|holds more|more than|well formed")
def values_beyond_bounds(paper):
    """Sends well-formed values just beyond every bound: depth, items, entries of a dict, bytes of arrays, generators."""
    paper.first(BORDER + """
deep = 1
for _ in range(40):
    deep = [deep]
state = None
from initlab.grading.generators import generator_state
rng = {"t": "generator", "v": generator_state(np.random.default_rng(0))}
values = [deep, [0] * 500_001, {"t": "dict", "k": list(range(10_001)), "v": [0] * 10_001}, [rng] * 101,
          [{"t": "array", "b": 0, "s": [1 << 20], "d": "<f8", "f": 0}] * 9]
turns = iter(values * 9)
forge(lambda reply: ({"value": next(turns)}, (bytes(8 << 20),)))
""")


@attack(sees="tried|NameError")
def errors_slow_to_read(paper):
    """Reports an error whose text takes the grader's own search for the line of a cell a time that grows with its square."""
    paper.first(BORDER + """
def send(sock, reply, buffers=(), seconds=None):
    if "outputs" in reply:
        reply["outputs"] = [{"output_type": "error", "ename": "NameError", "evalue": "(<ipython-input-" * 30_000, "traceback": []}]
    return real_send(sock, reply, buffers)
student.send = send
print("tried")
""")
    paper.answer(sigma_sq_derived="del sigma_sq_derived", predicted_ratio="1")
