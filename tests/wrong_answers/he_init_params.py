"""Answers to he_init_params: weights with mean 0 and variance 2 / fan-in, biases 0."""

# %% right (says init.same_draws): the notebook's own function, global seed and all
def he_init_params(K, D):
  np.random.seed(0)

  D_i = 1
  D_o = 1

  all_weights = [None] * (K+1)
  all_biases = [None] * (K+1)

  all_weights[0] = np.random.normal(size=(D, D_i)) * np.sqrt(2 / D_i)
  all_weights[-1] = np.random.normal(size=(D_o, D)) * np.sqrt(2 / D)
  all_biases[0] = np.zeros((D,1))
  all_biases[-1]= np.zeros((D_o,1))

  for layer in range(1,K):
    all_weights[layer] = np.random.normal(size=(D,D)) * np.sqrt(2 / D)
    all_biases[layer] = np.zeros((D,1))

  return all_weights, all_biases

# %% right: with rng
def he_init_params(K, D, rng):
    all_weights, all_biases = [], []
    fan_in = 1
    for k in range(K + 1):
        fan_out = D if k < K else 1
        all_weights.append(rng.normal(size=(fan_out, fan_in)) * np.sqrt(2 / fan_in))
        all_biases.append(np.zeros((fan_out, 1)))
        fan_in = fan_out
    return all_weights, all_biases

# %% right: 1 over fan-in for the first layer, which has no ReLU before it
def he_init_params(K, D, rng):
    widths = [1] + [D] * K + [1]
    all_weights = [rng.normal(0, np.sqrt((1 if i == 0 else 2) / widths[i]), (widths[i + 1], widths[i]))
                   for i in range(K + 1)]
    return all_weights, [np.zeros((n, 1)) for n in widths[1:]]

# %% right: uniform with the right variance
def he_init_params(K, D, rng):
    widths = [1] + [D] * K + [1]
    all_weights = []
    for n_in, n_out in zip(widths[:-1], widths[1:]):
        bound = np.sqrt(6 / n_in)
        all_weights.append(rng.uniform(-bound, bound, size=(n_out, n_in)))
    return all_weights, [np.zeros((n, 1)) for n in widths[1:]]

# %% right: truncated normal with the correction
def he_init_params(K, D, rng):
    def truncated(n_out, n_in):
        z = rng.standard_normal((n_out, n_in))
        while np.any(np.abs(z) > 2):
            outside = np.abs(z) > 2
            z[outside] = rng.standard_normal(int(outside.sum()))
        return z * np.sqrt(2 / n_in) / 0.87962566103423978
    widths = [1] + [D] * K + [1]
    all_weights = [truncated(n_out, n_in) for n_in, n_out in zip(widths[:-1], widths[1:])]
    return all_weights, [np.zeros((n, 1)) for n in widths[1:]]

# %% right: random signs
def he_init_params(K, D, rng):
    widths = [1] + [D] * K + [1]
    all_weights = [rng.choice([-1.0, 1.0], size=(n_out, n_in)) * np.sqrt(2 / n_in)
                   for n_in, n_out in zip(widths[:-1], widths[1:])]
    return all_weights, [np.zeros((n, 1)) for n in widths[1:]]

# %% right: orthogonal hidden layers, with the signs fixed
def he_init_params(K, D, rng):
    def orthogonal(n):
        q, r = np.linalg.qr(rng.normal(size=(n, n)))
        return np.sqrt(2) * q * np.sign(np.diag(r))
    all_weights = [rng.normal(size=(D, 1)) * np.sqrt(2)]
    all_weights += [orthogonal(D) for _ in range(K - 1)]
    all_weights += [rng.normal(size=(1, D)) * np.sqrt(2 / D)]
    return all_weights, [np.zeros((len(w), 1)) for w in all_weights]

# %% right: orthogonal hidden layers as qr gives them
def he_init_params(K, D, rng):
    all_weights = [rng.normal(size=(D, 1)) * np.sqrt(2)]
    for _ in range(K - 1):
        q, _ = np.linalg.qr(rng.normal(size=(D, D)))
        all_weights.append(np.sqrt(2) * q)
    all_weights.append(rng.normal(size=(1, D)) * np.sqrt(2 / D))
    return all_weights, [np.zeros((len(w), 1)) for w in all_weights]

# %% right: float32
def he_init_params(K, D, rng):
    widths = [1] + [D] * K + [1]
    all_weights = [(rng.normal(size=(b, a)) * np.sqrt(2 / a)).astype(np.float32) for a, b in zip(widths, widths[1:])]
    return all_weights, [np.zeros((b, 1), dtype=np.float32) for b in widths[1:]]

# %% right: tuples of lists of lists
def he_init_params(K, D, rng):
    widths = [1] + [D] * K + [1]
    weights = tuple((rng.normal(size=(b, a)) * (2 / a) ** 0.5).tolist() for a, b in zip(widths, widths[1:]))
    return weights, tuple([[0]] * b for b in widths[1:])

# %% right: number by number
import random
def he_init_params(K, D, rng):
    def matrix(rows, columns):
        return [[random.gauss(0, (2 / columns) ** 0.5) for j in range(columns)] for i in range(rows)]
    weights = [matrix(D, 1)]
    for k in range(K - 1):
        weights.append(matrix(D, D))
    weights.append(matrix(1, D))
    biases = [np.zeros((D, 1)) for k in range(K)]
    biases.append(np.zeros((1, 1)))
    return weights, biases

# %% right: methods that only a RandomState has
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.randn(*s) * np.sqrt(2 / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% right: methods that only a Generator has
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = [rng.standard_normal(s, dtype=np.float32) * np.sqrt(2 / s[1]) for s in shapes]
    rng.integers(10)
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% right: rng by keyword, with defaults
def he_init_params(K=50, D=80, *, rng=None):
    rng = rng or np.random.default_rng()
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% right: a fourth parameter with a default before rng
def he_init_params(K, D, D_i=1, D_o=1, rng=None):
    widths = [D_i] + [D] * K + [D_o]
    weights = [rng.normal(size=(b, a)) * np.sqrt(2 / a) for a, b in zip(widths, widths[1:])]
    return weights, [np.zeros((b, 1)) for b in widths[1:]]

# %% right: the generator under another name
def he_init_params(K, D, r):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [r.normal(scale=(2 / s[1]) ** 0.5, size=s) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% right: np.matrix for the weights
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [np.matrix(rng.normal(size=s)) * np.sqrt(2 / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% right: scaled by the measured spread of each layer
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = []
    for shape in shapes:
        w = rng.normal(size=shape)
        w = (w - w.mean()) / w.std() if w.size > 1 else w
        weights.append(w * np.sqrt(2 / shape[1]))
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% right: through init_params of the lab and a rescaling
def he_init_params(K, D, rng):
    all_weights, all_biases = init_params(K, D, 2 / D, rng)
    all_weights[0] = all_weights[0] * np.sqrt(D)
    return all_weights, all_biases

# %% right: a class with __call__
class He:
    def __call__(self, K, D, rng):
        shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
        return [rng.normal(size=s) * np.sqrt(2 / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]
he_init_params = He()

# %% not_attempted common.blank_function: as handed out
def he_init_params(K, D, rng):
    ...

# %% not_attempted common.blank_function: pass
def he_init_params(K, D, rng):
    pass

# %% not_attempted common.blank_function: NotImplementedError
def he_init_params(K, D, rng):
    raise NotImplementedError

# %% not_attempted common.blank_function: return forgotten
def he_init_params(K, D, rng):
    all_weights = [rng.normal(size=(D, D)) * np.sqrt(2 / D) for k in range(K)]

# %% not_attempted common.blank_value: the name only
he_init_params = ...

# %% not_attempted common.blank_layers: the lists made and not filled
def he_init_params(K, D, rng):
    all_weights = [None] * (K + 1)
    all_biases = [None] * (K + 1)
    return all_weights, all_biases

# %% broke common.broke (share 0): a name that does not exist
def he_init_params(K, D, rng):
    return [rng.normal(size=(D, 1)) * np.sqrt(2 / fan_in)], []

# %% broke common.broke (share 0): a method that neither kind of generator has
def he_init_params(K, D, rng):
    return [rng.gaussian(size=(D, 1))], []

# %% broke common.broke (share 0): leaves Python
def he_init_params(K, D, rng):
    exit()

# %% broke common.stopped (share 0): ends as the grader ends what goes beyond a limit
def he_init_params(K, D, rng):
    raise type("StudentStopped", (Exception,), {})("stopped after 30 s in a call of he_init_params")

# %% broke common.broke (share 0): calls itself
def he_init_params(K, D, rng):
    return he_init_params(K, D, rng)

# %% broke common.broke (share 0): sizes for 80 units only
def he_init_params(K, D, rng):
    mask = np.ones((80, 80))
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2)]
    weights += [rng.normal(size=(D, D)) * np.sqrt(2 / D) * mask for _ in range(K - 1)] if K > 1 else []
    weights += [rng.normal(size=(1, D)) * np.sqrt(2 / D) * np.ones((1, 80))]
    return weights, [np.zeros((len(w), 1)) for w in weights]

# %% wrong common.signature: only the width
def he_init_params(D):
    return None

# %% wrong common.not_a_function: the result under the function's name
he_init_params = [np.zeros((80, 80))]

# %% wrong init.not_a_pair: one array
def he_init_params(K, D, rng):
    return rng.normal(size=(D, D)) * np.sqrt(2 / D)

# %% wrong common.not_data: a generator function
def he_init_params(K, D, rng):
    for k in range(K + 1):
        yield rng.normal(size=(D, D)) * np.sqrt(2 / D)

# %% wrong init.one_list: the weights only
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / s[1]) for s in shapes]

# %% wrong init.pair_length: K with them
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes], K

# %% wrong init.pair_swapped: biases first
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [np.zeros((s[0], 1)) for s in shapes], [rng.normal(size=s) * np.sqrt(2 / s[1]) for s in shapes]

# %% wrong common.not_a_list: a dictionary of layers
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return {k: rng.normal(size=s) for k, s in enumerate(shapes)}, {k: np.zeros((s[0], 1)) for k, s in enumerate(shapes)}

# %% wrong common.not_numbers: texts
def he_init_params(K, D, rng):
    return ["N(0, 2/D)"] * (K + 1), [0] * (K + 1)

# %% wrong common.not_numbers: complex numbers
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * (2 / s[1] + 0j) ** 0.5 for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong common.ragged: rows that get longer
def he_init_params(K, D, rng):
    weights = [[rng.normal(size=j + 1).tolist() for j in range(D)] for k in range(K + 1)]
    return weights, [np.zeros((D, 1)) for k in range(K + 1)]

# %% wrong common.too_large: the whole network in every layer
def he_init_params(K, D, rng):
    weights = [np.broadcast_to(rng.normal(size=(D, D)), (D, D, D)) for k in range(K + 1)]
    return weights, [np.zeros((D, 1)) for k in range(K + 1)]

# %% wrong common.layer_not_finite: divides by the number of the layer
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / np.float64(k)) for k, s in enumerate(shapes)], [
        np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.layer_count: no last layer
def he_init_params(K, D, rng):
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2)]
    for k in range(1, K):
        weights.append(rng.normal(size=(D, D)) * np.sqrt(2 / D))
    return weights, [np.zeros((D, 1)) for w in weights]

# %% wrong init.layer_missing: the loop ends one too early
def he_init_params(K, D, rng):
    all_weights, all_biases = [None] * (K + 1), [np.zeros((D, 1)) for k in range(K)] + [np.zeros((1, 1))]
    all_weights[0] = rng.normal(size=(D, 1)) * np.sqrt(2)
    all_weights[K] = rng.normal(size=(1, D)) * np.sqrt(2 / D)
    for k in range(1, K - 1):
        all_weights[k] = rng.normal(size=(D, D)) * np.sqrt(2 / D)
    return all_weights, all_biases

# %% wrong init.transposed: shapes as (fan_in, fan_out)
def he_init_params(K, D, rng):
    shapes = [(1, D)] + [(D, D)] * (K - 1) + [(D, 1)]
    return [rng.normal(size=s) * np.sqrt(2 / s[0]) for s in shapes], [np.zeros((s[1], 1)) for s in shapes]

# %% wrong init.shape: all layers D x D
def he_init_params(K, D, rng):
    return [rng.normal(size=(D, D)) * np.sqrt(2 / D) for k in range(K + 1)], [np.zeros((D, 1)) for k in range(K + 1)]

# %% wrong init.arguments_ignored (share 0): K and D written into the function
def he_init_params(K, D, rng):
    K, D = 50, 80
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.bias_flat (share 0.9): biases without a second axis
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / s[1]) for s in shapes], [np.zeros(s[0]) for s in shapes]

# %% wrong init.bias_shape (share 0.9): the last bias as long as the hidden ones
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / s[1]) for s in shapes], [np.zeros((D, 1)) for s in shapes]

# %% wrong init.layer_missing (share 0.9): the last bias forgotten
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / s[1]) for s in shapes], [np.zeros((D, 1)) for k in range(K)] + [None]

# %% wrong init.biases_not_zero (share 0.9): biases drawn like weights
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = [rng.normal(size=s) * np.sqrt(2 / s[1]) for s in shapes]
    return weights, [rng.normal(size=(s[0], 1)) * np.sqrt(2 / s[1]) for s in shapes]

# %% wrong init.biases_not_zero (share 0.9): biases of one
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / s[1]) for s in shapes], [np.ones((s[0], 1)) for s in shapes]

# %% wrong init.zero (share 0): all zeros
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [np.zeros(s) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.constant (share 0): every weight the standard deviation itself
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [np.full(s, np.sqrt(2 / s[1])) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.constant: one random number per layer
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal() * np.ones(s) * np.sqrt(2 / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.units_alike: one column, broadcast
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = [rng.normal(size=(s[0], 1)) * np.ones(s) * np.sqrt(2 / s[1]) for s in shapes[:-1]]
    weights.append(rng.normal(size=(1, D)) * np.sqrt(2 / D))
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.units_alike: one row, tiled
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2)]
    weights += [np.tile(rng.normal(size=D) * np.sqrt(2 / D), (D, 1)) for k in range(K - 1)]
    weights.append(rng.normal(size=(1, D)) * np.sqrt(2 / D))
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.reused (share 0.5): one matrix for all hidden layers
def he_init_params(K, D, rng):
    hidden = rng.normal(size=(D, D)) * np.sqrt(2 / D)
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2)] + [hidden] * (K - 1) + [rng.normal(size=(1, D)) * np.sqrt(2 / D)]
    return weights, [np.zeros((len(w), 1)) for w in weights]

# %% wrong init.reused: the seed set anew in every layer
def he_init_params(K, D):
    weights, biases = [], []
    for k in range(K + 1):
        np.random.seed(0)
        shape = (D if k < K else 1, D if k > 0 else 1)
        weights.append(np.random.randn(*shape) * np.sqrt(2 / shape[1]))
        biases.append(np.zeros((shape[0], 1)))
    return weights, biases

# %% wrong init.layers_differ: the first hidden matrix not scaled
def he_init_params(K, D, rng):
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2), rng.normal(size=(D, D))][:K]
    for k in range(2, K):
        weights.append(rng.normal(size=(D, D)) * np.sqrt(2 / D))
    weights.append(rng.normal(size=(1, D)) * np.sqrt(2 / D))
    return weights, [np.zeros((len(w), 1)) for w in weights]

# %% wrong init.layers_differ: smaller with every layer
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = [rng.normal(size=s) * np.sqrt(2 / s[1] / (k + 1)) for k, s in enumerate(shapes)]
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.mean_off (share 0.5): hidden weights around 0.02
def he_init_params(K, D, rng):
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2)]
    weights += [rng.normal(0.02, np.sqrt(2 / D - 0.02**2), size=(D, D)) for k in range(K - 1)]
    weights += [rng.normal(size=(1, D)) * np.sqrt(2 / D)]
    return weights, [np.zeros((len(w), 1)) for w in weights]

# %% wrong init.all_positive (share 0): rand for randn
def he_init_params(K, D):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [np.random.rand(*s) * np.sqrt(2 / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.all_positive: absolute values of a right draw
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [np.abs(rng.normal(size=s)) * np.sqrt(2 / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.all_positive, init.sqrt_forgotten: rand, and no root
def he_init_params(K, D):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [np.random.rand(*s) * 2 / s[1] for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.all_positive: uniform between 0 and the right bound
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.uniform(0, np.sqrt(6 / s[1]), size=s) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.sqrt_forgotten (share 0): the variance for the standard deviation
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(0, 2 / s[1], size=s) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.sqrt_forgotten, init.first_needs_fan_in: no root, and D in every layer
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * (2 / D) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.sqrt_forgotten: 1.5/D as the standard deviation
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * 1.5 / s[1] for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.precedence: **1/2
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * (2 / s[1])**1/2 for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.root_on_two_only: the bracket closed too early
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2) / s[1] for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.brackets: sqrt(2 / fan_in + fan_out)
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / s[1] + s[0]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.grows: the exponent with the wrong sign
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * 1 / s[1]**-.5 for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.grows: the exponent with the wrong sign, D in every layer
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * (1 / D)**-.5 for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.grows: the fraction upside down
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(s[1] / 2) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.xavier (share 0.3): 1 / fan-in, whose first layer is right all the same
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) / np.sqrt(s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.glorot: 2 / (fan_in + fan_out)
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / sum(s)) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.glorot: uniform within sqrt(6 / (fan_in + fan_out))
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = [rng.uniform(-1, 1, size=s) * np.sqrt(6 / sum(s)) for s in shapes]
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.four: a ReLU that halves the standard deviation
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * 2 / np.sqrt(s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.sqrt2_variance: √2/fan-in for the variance
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(np.sqrt(2) / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.root_of_root: the standard deviation for the variance
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = []
    for shape in shapes:
        sigma_sq = np.sqrt(2 / shape[1])
        weights.append(rng.normal(size=shape) * np.sqrt(sigma_sq))
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.depth_for_width: 2/K
def he_init_params(K, D, rng):
    return init_params(K, D, 2 / K, rng)

# %% wrong init.unscaled: np.random.randn and nothing else
def he_init_params(K, D, rng):
    return init_params(K, D, 1.0, rng)

# %% wrong init.input_fan: the fan of the first layer for all
def he_init_params(K, D, rng):
    D_i = 1
    shapes = [(D, D_i)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / D_i) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.width_ignored (share 0): times 0.01
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * 0.01 for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.width_ignored: the number in place of the formula
def he_init_params(K, D, rng):
    weights, biases = init_params(K, D, 0.025, rng)
    weights[0] = rng.normal(size=(D, 1)) * np.sqrt(2)
    return weights, biases

# %% wrong init.width_ignored: a constant that happens to fit the first layer's other fan
def he_init_params(K, D, rng):
    return init_params(K, D, 0.001, rng)

# %% wrong init.one_width_only (share 0.5): a special case for narrow layers
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    gain = 2 if D > 40 else 1
    weights = [rng.normal(size=s) * np.sqrt(gain / s[1]) for s in shapes]
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.uniform_bound: uniform within one standard deviation
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = []
    for shape in shapes:
        std = np.sqrt(2 / shape[1])
        weights.append(rng.uniform(-std, std, size=shape))
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.uniform_width: rand minus a half
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = [(rng.random(s) - 0.5) * np.sqrt(2 / s[1]) for s in shapes]
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.uniform_bound: 2 rand minus 1
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = [(2 * rng.random(s) - 1) * np.sqrt(2 / s[1]) for s in shapes]
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.xavier, init.first_needs_fan_in: 1/D in every layer
def he_init_params(K, D, rng):
    return init_params(K, D, 1 / D, rng)

# %% wrong init.reused, init.sqrt_forgotten (share 0): one matrix, and no root
def he_init_params(K, D, rng):
    hidden = rng.normal(0, 2 / D, size=(D, D))
    weights = [rng.normal(0, 2, size=(D, 1))] + [hidden] * (K - 1) + [rng.normal(0, 2 / D, size=(1, D))]
    return weights, [np.zeros((len(w), 1)) for w in weights]

# %% wrong init.four, init.biases_not_zero: twice the variance, and ones for the biases
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(4 / s[1]) for s in shapes], [np.ones((s[0], 1)) for s in shapes]

# %% wrong init.uniform_bound, init.xavier: what torch.nn.Linear does by default
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = [rng.uniform(-1 / np.sqrt(s[1]), 1 / np.sqrt(s[1]), size=s) for s in shapes]
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.uniform_bound, init.sqrt_forgotten: uniform within 2 / fan-in
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.uniform(-2 / s[1], 2 / s[1], size=s) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.uniform_gain: the gain in a bound that has it already
def he_init_params(K, D, rng):
    gain = np.sqrt(2)
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = [gain * rng.uniform(-1, 1, size=s) * np.sqrt(6 / s[1]) for s in shapes]
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.truncated: cut off at two standard deviations, not corrected
def he_init_params(K, D, rng):
    def truncated(shape):
        z = rng.standard_normal(shape)
        while np.any(np.abs(z) > 2):
            outside = np.abs(z) > 2
            z[outside] = rng.standard_normal(int(outside.sum()))
        return z * np.sqrt(2 / shape[1])
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [truncated(s) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.variance_off (share 0.5): 1.9
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(1.9 / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.variance_off, init.first_needs_fan_in: 1.9/D in every layer
def he_init_params(K, D, rng):
    return init_params(K, D, 1.9 / D, rng)

# %% wrong init.variance_off: 2.1, uniform
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = [rng.uniform(-1, 1, size=s) * np.sqrt(3 * 2.1 / s[1]) for s in shapes]
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.variance_off: 3 / fan-in
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(3 / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.variance_unknown: a logarithm of the width
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) / (1 + np.log(s[1])) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.variance_unknown: a logarithm in the hidden layers, which come first, and 2/D in the first
def he_init_params(K, D, rng):
    weights, biases = init_params(K, D, 2 / D, rng)
    return weights[:1] + [w / np.log(D) for w in weights[1:-1]] + weights[-1:], biases

# %% wrong init.first_needs_fan_in (share 0.8): one variance everywhere
def he_init_params(K, D, rng):
    return init_params(K, D, 2 / D, rng)

# %% wrong init.last_needs_fan_in (share 0.8): the last layer by its own single unit
def he_init_params(K, D, rng):
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2)]
    weights += [rng.normal(size=(D, D)) * np.sqrt(2 / D) for k in range(K - 1)]
    weights += [rng.normal(size=(1, D)) * np.sqrt(2 / 1)]
    return weights, [np.zeros((len(w), 1)) for w in weights]

# %% wrong init.needs_fan_in (share 0.6): fan-out, mode "fan_out" of the frameworks
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / s[0]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.he_average (share 0.6): 4 / (fan_in + fan_out)
def he_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(4 / sum(s)) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.outer_variance (share 0.8): the last layer by the depth
def he_init_params(K, D, rng):
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2)]
    weights += [rng.normal(size=(D, D)) * np.sqrt(2 / D) for k in range(K - 1)]
    weights += [rng.normal(size=(1, D)) * 0.1]
    return weights, [np.zeros((len(w), 1)) for w in weights]

# %% wrong init.outer_mean (share 0.8): the last layer positive
def he_init_params(K, D, rng):
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2)]
    weights += [rng.normal(size=(D, D)) * np.sqrt(2 / D) for k in range(K - 1)]
    weights += [np.abs(rng.normal(size=(1, D))) * np.sqrt(2 / D)]
    return weights, [np.zeros((len(w), 1)) for w in weights]

# %% wrong init.first_needs_fan_in, init.biases_not_zero (share 0.7): two things apart
def he_init_params(K, D, rng):
    weights, _ = init_params(K, D, 2 / D, rng)
    return weights, [np.full((len(w), 1), 0.01) for w in weights]

# %% wrong init.signal_forward (share 0.5): every matrix a product of one column and one row
def he_init_params(K, D, rng):
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2)]
    for k in range(K - 1):
        outer = np.outer(rng.choice([-1, 1], size=D), rng.choice([-1, 1], size=D))
        weights.append(outer * np.sqrt(2 / D))
    weights += [rng.normal(size=(1, D)) * np.sqrt(2 / D)]
    return weights, [np.zeros((len(w), 1)) for w in weights]

# %% wrong common.not_repeatable: right in the first three calls
calls = []
def he_init_params(K, D, rng):
    calls.append(K)
    variance = 2 if len(calls) < 4 else 20
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(variance / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.layer_count: one hidden layer too many
def he_init_params(K, D, rng):
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2)]
    for k in range(K):
        weights.append(rng.normal(size=(D, D)) * np.sqrt(2 / D))
    weights.append(rng.normal(size=(1, D)) * np.sqrt(2 / D))
    return weights, [np.zeros((len(w), 1)) for w in weights]

# %% wrong init.diagonal: the identity, so that the signal passes unchanged
def he_init_params(K, D, rng):
    sizes = [1] + [D] * K + [1]
    weights = [np.eye(n_out, n_in) for n_in, n_out in zip(sizes[:-1], sizes[1:])]
    return weights, [np.zeros((n, 1)) for n in sizes[1:]]

# %% wrong init.diagonal: random numbers on the diagonal only
def he_init_params(K, D, rng):
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2)]
    weights += [np.diag(rng.normal(size=D) * np.sqrt(2)) for k in range(K - 1)]
    weights += [rng.normal(size=(1, D)) * np.sqrt(2 / D)]
    return weights, [np.zeros((len(w), 1)) for w in weights]

# %% wrong init.fan_product: divided by the size of the matrix
def he_init_params(K, D, rng):
    sizes = [1] + [D] * K + [1]
    weights = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        W = rng.normal(size=(n_out, n_in))
        weights.append(W * np.sqrt(2 / W.size))
    return weights, [np.zeros((n, 1)) for n in sizes[1:]]

# %% wrong init.precedence (share 0.3): Xavier's variance for the standard deviation
def he_init_params(K, D, rng):
    sizes = [1] + [D] * K + [1]
    weights = [rng.normal(0, 1 / n_in, size=(n_out, n_in)) for n_in, n_out in zip(sizes[:-1], sizes[1:])]
    return weights, [np.zeros((n, 1)) for n in sizes[1:]]

# %% wrong init.variance_off: half of the weights switched off, the rest as they were
def he_init_params(K, D, rng):
    sizes = [1] + [D] * K + [1]
    weights = []
    for n_in, n_out in zip(sizes[:-1], sizes[1:]):
        kept = rng.uniform(size=(n_out, n_in)) < 0.5
        weights.append(rng.normal(size=(n_out, n_in)) * np.sqrt(2 / n_in) * kept)
    return weights, [np.zeros((n, 1)) for n in sizes[1:]]

# %% wrong init.variance_off: Laplace's law, whose scale is no standard deviation
def he_init_params(K, D, rng):
    sizes = [1] + [D] * K + [1]
    weights = [rng.laplace(0, np.sqrt(2 / n_in), (n_out, n_in)) for n_in, n_out in zip(sizes[:-1], sizes[1:])]
    return weights, [np.zeros((n, 1)) for n in sizes[1:]]

# %% wrong init.needs_fan_in, init.biases_not_zero (share 0.5): the other fan, and biases drawn too
def he_init_params(K, D, rng):
    sizes = [1] + [D] * K + [1]
    weights = [rng.normal(size=(b, a)) * np.sqrt(2 / b) for a, b in zip(sizes[:-1], sizes[1:])]
    return weights, [rng.normal(size=(n, 1)) * 0.01 for n in sizes[1:]]

# %% wrong init.sqrt_forgotten, init.first_needs_fan_in, init.last_needs_fan_in: no root, and the other fan
def he_init_params(K, D, rng):
    sizes = [1] + [D] * K + [1]
    weights = [rng.normal(size=(b, a)) * 2 / b for a, b in zip(sizes[:-1], sizes[1:])]
    return weights, [np.zeros((n, 1)) for n in sizes[1:]]

# %% wrong init.all_positive: on or off, with a coin
def he_init_params(K, D, rng):
    sizes = [1] + [D] * K + [1]
    weights = [rng.integers(0, 2, size=(b, a)) * np.sqrt(2 / a) for a, b in zip(sizes[:-1], sizes[1:])]
    return weights, [np.zeros((n, 1)) for n in sizes[1:]]

# %% wrong init.all_positive: a ReLU on the weights
def he_init_params(K, D, rng):
    sizes = [1] + [D] * K + [1]
    weights = [relu(rng.normal(size=(b, a))) * np.sqrt(2 / a) for a, b in zip(sizes[:-1], sizes[1:])]
    return weights, [np.zeros((n, 1)) for n in sizes[1:]]

# %% wrong init.all_positive, init.xavier: Xavier's variance, and no sign
def he_init_params(K, D, rng):
    sizes = [1] + [D] * K + [1]
    weights = [abs(rng.normal(size=(b, a))) * np.sqrt(1 / a) for a, b in zip(sizes[:-1], sizes[1:])]
    return weights, [np.zeros((n, 1)) for n in sizes[1:]]
