"""Answers to network_size: all_weights of a network with K = 50 hidden layers of D = 80 units."""

# %% right: as asked
K, D = 50, 80
all_weights, all_biases = init_params(K, D, 1.0, np.random.RandomState(0))

# %% right: a tuple of float32 arrays, another variance, a Generator
weights, all_biases = init_params(50, 80, 0.025, np.random.default_rng(3))
all_weights = tuple(w.astype(np.float32) for w in weights)

# %% right: lists of lists of numbers
all_weights = [w.tolist() for w in init_params(50, 80, 1.0, np.random.RandomState(0))[0]]

# %% not_attempted common.blank_value: the cell as it was handed out
all_weights, all_biases = ..., ...

# %% not_attempted size.small: the small network of the example is still there
all_weights, all_biases = init_params(5, 8, 1.0, np.random.RandomState(0))

# %% wrong size.swapped (share 0): arguments in the wrong order
K, D = 50, 80
all_weights, all_biases = init_params(D, K, 1.0, np.random.RandomState(0))

# %% wrong size.matrices_counted (share 0.5): counts matrices in place of hidden layers
all_weights, all_biases = init_params(49, 80, 1.0, np.random.RandomState(0))

# %% wrong size.depth (share 0.5): K left as it was
D = 80
all_weights, all_biases = init_params(5, D, 1.0, np.random.RandomState(0))

# %% wrong size.width (share 0.5): D left as it was
K = 50
all_weights, all_biases = init_params(K, 8, 1.0, np.random.RandomState(0))

# %% wrong size.depth, size.width (share 0): both off
all_weights, all_biases = init_params(10, 20, 1.0, np.random.RandomState(0))

# %% wrong size.not_unpacked: one name for both lists
all_weights = init_params(50, 80, 1.0, np.random.RandomState(0))

# %% wrong size.transposed: turned over, as in the PyTorch habit of thinking
weights, all_biases = init_params(50, 80, 1.0, np.random.RandomState(0))
all_weights = [w.T for w in weights]

# %% wrong size.shapes: the biases, handed in under the name of the weights
all_biases, all_weights = init_params(50, 80, 1.0, np.random.RandomState(0))

# %% wrong size.shapes: square matrices only
rng = np.random.default_rng(0)
all_weights = [rng.normal(size=(80, 80)) for _ in range(50)]

# %% wrong common.not_a_list: the number of layers
all_weights = 50

# %% wrong common.not_numbers: an object array
weights = init_params(50, 80, 1.0, np.random.RandomState(0))[0]
all_weights = np.empty(51, dtype=object)
all_weights[:] = weights

# %% wrong common.not_a_list: a generator expression
all_weights = (w for w in init_params(50, 80, 1.0, np.random.RandomState(0))[0])
