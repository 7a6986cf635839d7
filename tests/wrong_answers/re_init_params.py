"""Answers to re_init_params: weights with mean 0 and variance 2 / fan-out, biases 0."""

# %% right (says init.same_draws): the notebook's own function, global seed and all
def re_init_params(K, D):

  np.random.seed(0)

  D_i = 1
  D_o = 1

  all_weights = [None] * (K+1)
  all_biases = [None] * (K+1)

  all_weights[0] = np.random.normal(size=(D, D_i)) * np.sqrt(2 / D)
  all_weights[-1] = np.random.normal(size=(D_o, D)) * np.sqrt(2 / D_o)
  all_biases[0] = np.zeros((D,1))
  all_biases[-1]= np.zeros((D_o,1))

  for layer in range(1,K):
    all_weights[layer] = np.random.normal(size=(D,D)) * np.sqrt(2 / D)
    all_biases[layer] = np.zeros((D,1))

  return all_weights, all_biases

# %% right: with rng
def re_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / s[0]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% right: 1 over fan-out for the first layer, since no ReLU acts on the input
def re_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = [rng.normal(size=s) * np.sqrt(2 / s[0]) for s in shapes]
    weights[0] = weights[0] / np.sqrt(2)
    return weights, [np.zeros((s[0], 1)) for s in shapes]

# %% right: uniform, in float32
def re_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    weights = [rng.uniform(-1, 1, size=s).astype("float32") * np.sqrt(6 / s[0]) for s in shapes]
    return weights, [np.zeros((s[0], 1), "float32") for s in shapes]

# %% right: orthogonal hidden layers, signs fixed
def re_init_params(K, D, rng):
    def orthogonal(n):
        q, r = np.linalg.qr(rng.normal(size=(n, n)))
        return np.sqrt(2) * q * np.sign(np.diag(r))
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2 / D)]
    weights += [orthogonal(D) for _ in range(K - 1)]
    weights += [rng.normal(size=(1, D)) * np.sqrt(2)]
    return weights, [np.zeros((len(w), 1)) for w in weights]

# %% right: random signs, a RandomState's methods
def re_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [np.sign(rng.randn(*s)) * np.sqrt(2 / s[0]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% not_attempted common.blank_function: as handed out
def re_init_params(K, D, rng):
    ...

# %% broke common.broke (share 0): a typing error
def re_init_params(K, D, rng):
    return [rng.normal(size=(D, 1)) * np.sqr(2 / D)], []

# %% wrong init.needs_fan_out (share 0.6): he_init_params once more
def re_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / s[1]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.last_needs_fan_out (share 0.8): one variance everywhere
def re_init_params(K, D, rng):
    return init_params(K, D, 2 / D, rng)

# %% wrong init.first_needs_fan_out (share 0.8): the first layer left as it was for the forward pass
def re_init_params(K, D, rng):
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2)]
    weights += [rng.normal(size=(D, D)) * np.sqrt(2 / D) for k in range(K - 1)]
    weights += [rng.normal(size=(1, D)) * np.sqrt(2)]
    return weights, [np.zeros((len(w), 1)) for w in weights]

# %% wrong init.sqrt_forgotten: no root
def re_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * 2 / s[0] for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.xavier: 1 / fan-out
def re_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) / np.sqrt(s[0]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.glorot: the average of both fans, without the 2 of the ReLU
def re_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(2 / (s[0] + s[1])) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.he_average (share 0.6): the book's compromise
def re_init_params(K, D, rng):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [rng.normal(size=s) * np.sqrt(4 / (s[0] + s[1])) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.unscaled: never scaled
def re_init_params(K, D):
    return init_params(K, D, 1.0, np.random.default_rng())

# %% wrong init.all_positive: rand for randn
def re_init_params(K, D):
    shapes = [(D, 1)] + [(D, D)] * (K - 1) + [(1, D)]
    return [np.random.rand(*s) * np.sqrt(2 / s[0]) for s in shapes], [np.zeros((s[0], 1)) for s in shapes]

# %% wrong init.signal_backward (share 0.5): matrices that share one row pattern
def re_init_params(K, D, rng):
    weights = [rng.normal(size=(D, 1)) * np.sqrt(2 / D)]
    for k in range(K - 1):
        outer = np.outer(rng.choice([-1, 1], size=D), rng.choice([-1, 1], size=D))
        weights.append(outer * np.sqrt(2 / D))
    weights += [rng.normal(size=(1, D)) * np.sqrt(2)]
    return weights, [np.zeros((len(w), 1)) for w in weights]
