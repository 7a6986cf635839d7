"""Answers to backward_pass: the derivatives of the sum of squares, for all data points at once."""

# %% right (says backward.bias_per_sample): the notebook's own function, with K from its arguments
def indicator_function(x):
  x_in = np.array(x)
  x_in[x_in>=0] = 1
  x_in[x_in<0] = 0
  return x_in

def backward_pass(all_weights, all_biases, all_f, all_h, y):
  K = len(all_weights)-1
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
  return all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df

# %% right: vectorised
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k] = df[k] @ all_h[k].T
        db[k] = df[k].sum(axis=1, keepdims=True)
        dh[k] = all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% right: the indicator of the h that comes out of the ReLU, with > 0
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = d_loss_d_output(all_f[K], y)
    for k in range(K, -1, -1):
        dW[k] = df[k] @ all_h[k].T
        db[k] = df[k].sum(axis=1, keepdims=True)
        dh[k] = all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_h[k] > 0)
    return dW, db, dh, df

# %% right: in float32
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    weights, f, h = ([a.astype(np.float32) for a in arrays] for arrays in (all_weights, all_f, all_h))
    K = len(weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = np.float32(2) * (f[K] - y.astype(np.float32))
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ h[k].T, df[k].sum(1, keepdims=True), weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = np.where(f[k - 1] > 0, dh[k], np.float32(0))
    return dW, db, dh, df

# %% right: loops over units and data, lists of lists
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    n = len(y[0])
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = [[2 * (all_f[K][i][c] - y[i][c]) for c in range(n)] for i in range(len(y))]
    for k in range(K, -1, -1):
        rows, columns = all_weights[k].shape
        dW[k] = [[sum(df[k][i][c] * all_h[k][j][c] for c in range(n)) for j in range(columns)] for i in range(rows)]
        db[k] = [[sum(df[k][i])] for i in range(rows)]
        dh[k] = [[sum(all_weights[k][i][j] * df[k][i][c] for i in range(rows)) for c in range(n)] for j in range(columns)]
        if k > 0:
            df[k - 1] = [[dh[k][j][c] if all_f[k - 1][j][c] > 0 else 0.0 for c in range(n)] for j in range(columns)]
    return tuple(dW), tuple(db), tuple(dh), tuple(df)

# %% right: one data point after the other, added up
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    n = y.shape[1]
    dW = [np.zeros_like(w) for w in all_weights]
    db = [np.zeros_like(b) for b in all_biases]
    dh = [np.zeros_like(h) for h in all_h]
    df = [np.zeros_like(f) for f in all_f]
    for c in range(n):
        delta = 2 * (all_f[K][:, c] - y[:, c])
        for k in range(K, -1, -1):
            df[k][:, c] = delta
            dW[k] += np.outer(delta, all_h[k][:, c])
            db[k][:, 0] += delta
            dh[k][:, c] = delta @ all_weights[k]
            if k > 0:
                delta = np.where(all_f[k - 1][:, c] > 0, dh[k][:, c], 0)
    return dW, db, dh, df

# %% right: lists built from the end and turned over
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    gradient = 2 * (all_f[-1] - y)
    dW, db, dh, df = [], [], [], []
    for k in reversed(range(len(all_weights))):
        df.append(gradient)
        dW.append(gradient @ all_h[k].T)
        db.append(gradient @ np.ones((y.shape[1], 1)))
        dh.append(all_weights[k].T @ gradient)
        gradient = dh[-1] * np.heaviside(all_f[k - 1], 0) if k else None
    return dW[::-1], db[::-1], dh[::-1], df[::-1]

# %% right: einsum, arguments by other names, no derivative for the input
def backward_pass(weights, biases, preactivations, activations, target):
    K = len(weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * preactivations[K] - 2 * target
    for k in range(K, -1, -1):
        dW[k] = np.einsum("in,jn->ij", df[k], activations[k])
        db[k] = np.einsum("in->i", df[k])[:, None]
        if k > 0:
            dh[k] = np.einsum("ij,in->jn", weights[k], df[k])
            df[k - 1] = np.where(preactivations[k - 1] > 0, dh[k], 0)
    return dW, db, dh, df

# %% right: recursion
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    def back(k):
        if k == len(all_weights) - 1:
            gradient, rest = 2 * (all_f[k] - y), ([], [], [], [])
        else:
            rest = back(k + 1)
            gradient = rest[2][0] * (all_f[k] > 0)
        here = (gradient @ all_h[k].T, gradient.sum(1, keepdims=True), all_weights[k].T @ gradient, gradient)
        return tuple([new] + old for new, old in zip(here, rest))
    return back(0)

# %% right: the bias as one more weight
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        both = df[k] @ np.vstack([all_h[k], np.ones((1, y.shape[1]))]).T
        dW[k], db[k] = both[:, :-1], both[:, -1:]
        dh[k] = (df[k].T @ all_weights[k]).T
        if k > 0:
            df[k - 1] = dh[k] * np.sign(np.maximum(all_f[k - 1], 0))
    return dW, db, dh, df

# %% not_attempted common.blank_function: as handed out
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    ...

# %% not_attempted common.blank_layers: lists made and not filled
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    all_dl_dweights = [None] * (K + 1)
    all_dl_dbiases = [None] * (K + 1)
    all_dl_dh = [None] * (K + 1)
    all_dl_df = [None] * (K + 1)
    return all_dl_dweights, all_dl_dbiases, all_dl_dh, all_dl_df

# %% broke common.broke (share 0): one matrix product too many
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    return [w @ w @ "x" for w in all_weights], [], [], []

# %% broke common.broke (share 0.5): the transpose left out where shapes happen to allow it, h the same
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    width = all_weights[0].shape[0]
    for k in range(K, -1, -1):
        dW[k] = df[k] @ all_h[k].T
        db[k] = df[k].sum(axis=1, keepdims=True)
        dh[k] = all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = (dh[k] * (all_f[k - 1] > 0)).reshape(width, width)
    return dW, db, dh, df

# %% broke backward.k_unknown (share 0): K of the large network, from outside
K = 50
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% broke backward.k_unknown (share 0): K from outside, where it isn't
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    all_dl_df = [None] * (K+1)
    return all_dl_df, all_dl_df, all_dl_df, all_dl_df

# %% wrong backward.global_k (share 0.5): K of the small network, from outside
K = 5
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong common.signature: three arguments
def backward_pass(all_weights, all_f, y):
    return [], [], [], []

# %% wrong backward.not_four_lists: a dictionary
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    return {"dl_dweights": all_weights, "dl_dbiases": all_biases}

# %% wrong backward.list_count: gradients of the parameters only
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db = [None] * (K + 1), [None] * (K + 1)
    df = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k] = df @ all_h[k].T, df.sum(axis=1, keepdims=True)
        if k > 0:
            df = all_weights[k].T @ df * (all_f[k - 1] > 0)
    return dW, db

# %% wrong backward.list_length: dl_dh without the input
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh[1:], df

# %% wrong backward.lists_reversed (share 0.6): append, from the output to the input
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    gradient = 2 * (all_f[-1] - y)
    dW, db, dh, df = [], [], [], []
    for k in reversed(range(len(all_weights))):
        df.append(gradient)
        dW.append(gradient @ all_h[k].T)
        db.append(gradient.sum(axis=1, keepdims=True))
        dh.append(all_weights[k].T @ gradient)
        if k > 0:
            gradient = dh[-1] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.dh_and_df_swapped (share 0.6): returned in another order
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, df, dh

# %% wrong backward.weights_and_biases_swapped (share 0.6): biases first
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return db, dW, dh, df

# %% wrong backward.same_list: two names for one list
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dh, df = [None] * (K + 1), [None] * (K + 1)
    dW = db = [None] * (K + 1)
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        db[k] = df[k].sum(axis=1, keepdims=True)
        dW[k] = df[k] @ all_h[k].T
        dh[k] = all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.arguments_changed (share 0.8): the indicator written into f
def indicator_function(x):
    x[x > 0] = 1
    x[x <= 0] = 0
    return x
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * indicator_function(all_f[k - 1])
    return dW, db, dh, df

# %% wrong backward.arguments_changed (share 0.8): the gradient built in the output's own array
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = all_f[K]
    df[K] -= y
    df[K] *= 2
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong common.not_repeatable: counts its calls
count = []
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    count.append(1)
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = (2 if len(count) < 4 else 3) * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.layer_missing: the loop ends at layer 1
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, 0, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.left_at_zero: the loop ends at layer 1, over arrays of zeros
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW = [np.zeros(w.shape) for w in all_weights]
    db = [np.zeros(b.shape) for b in all_biases]
    dh = [np.zeros(h.shape) for h in all_h]
    df = [np.zeros(f.shape) for f in all_f]
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, 0, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.left_at_zero (share 0): nothing but zeros
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    return tuple([np.zeros(a.shape) for a in arrays] for arrays in (all_weights, all_biases, all_h, all_f))

# %% wrong backward.factor_two (share 0.8): the factor 2 missing
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = all_f[K] - y
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.sign (share 0.8): y - f
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (y - all_f[K])
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.sign, backward.factor_two (share 0.8): y - f without the 2
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = y - all_f[K]
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.target_ignored: y is 0 in the lab anyway
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * all_f[K]
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.loss_itself: the squares in place of their derivative
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = (all_f[K] - y) ** 2
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.relu_at_output: the indicator at the output as well
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    gradient = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        df[k] = gradient * (all_f[k] > 0)
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        gradient = dh[k]
    return dW, db, dh, df

# %% wrong backward.output_differs: the absolute value's derivative
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = np.sign(all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.mean_not_sum (share 0.8): the mean squared error
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y) / y.size
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.mean_not_sum (share 0.6): means for the parameters only
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    n = y.shape[1]
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T / n, df[k].mean(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.one_sample: the first column alone
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    all_f, all_h, y = [f[:, :1] for f in all_f], [h[:, :1] for h in all_h], y[:, :1]
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k], all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.one_sample (share 0.6): a loop over the data that keeps its last round
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        for c in range(y.shape[1]):
            dW[k] = np.outer(df[k][:, c], all_h[k][:, c])
            db[k] = df[k][:, [c]]
        dh[k] = all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.shape: one axis for each data point's gradient
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return [w.ravel() for w in dW], db, dh, df

# %% wrong backward.transpose_forgotten (share 0.4): weights not transposed
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k] @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.factor_two, backward.transpose_forgotten (share 0.3): two slips at once
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = all_f[K] - y
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k] @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.dh_is_df (share 0.8): the indicator applied to dl_dh itself
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            dh[k] *= all_f[k - 1] > 0
            df[k - 1] = dh[k]
    return dW, db, dh, df

# %% wrong backward.dh_shifted (share 0.8): dl_dh put one entry too low
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    dh[K] = np.zeros_like(all_h[K])
    for k in range(K, -1, -1):
        dW[k], db[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True)
        if k > 0:
            dh[k - 1] = all_weights[k].T @ df[k]
            df[k - 1] = dh[k - 1] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.weights_off_by_one (share 0.4): the weights of the layer before
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k - 1].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.gradient_off_by_one: always the output's gradient
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True)
        dh[k] = all_weights[k].T @ df[min(k + 1, K)]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.dh_differs: weights squared
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), (all_weights[k] ** 2).T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.relu_ignored (share 0.8): no indicator
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k]
    return dW, db, dh, df

# %% wrong backward.relu_ignored: the notebook's indicator, with >= 0, applied to h
def indicator_function(x):
    x_in = np.array(x)
    x_in[x_in >= 0] = 1
    x_in[x_in < 0] = 0
    return x_in
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * indicator_function(all_h[k])
    return dW, db, dh, df

# %% wrong backward.indicator_on_h (share 0.4): the h that goes into the layer
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_h[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.indicator_wrong_layer (share 0.4): f of the layer above
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k] > 0)
    return dW, db, dh, df

# %% wrong backward.indicator_reversed: < 0
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] < 0)
    return dW, db, dh, df

# %% wrong backward.activation_for_slope: ReLU itself for its derivative
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * relu(all_f[k - 1])
    return dW, db, dh, df

# %% wrong backward.indicator_of_gradient: ReLU of the gradient
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = relu(dh[k])
    return dW, db, dh, df

# %% wrong backward.df_differs: a leaky ReLU's derivative
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * np.where(all_f[k - 1] > 0, 1, 0.1)
    return dW, db, dh, df

# %% wrong backward.h_off_by_one: the h that comes out, not the one that goes in
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k - 1].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.f_for_h (share 0.8): f in place of h
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        below = all_f[k - 1] if k > 0 else all_h[0]
        dW[k], db[k], dh[k] = df[k] @ below.T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.dh_for_df, backward.bias_from_dh (share 0.6): parameters from dl_dh
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = gradient = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = gradient @ all_h[k].T, gradient.sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            gradient = dh[k]
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.weights_transposed (share 0.8): h @ df.T
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = all_h[k] @ df[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.h_not_transposed (share 0.4): df @ h
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k], df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.weights_differs: averaged over the units
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k] = df[k] @ all_h[k].T / len(df[k]), df[k].sum(axis=1, keepdims=True)
        dh[k] = all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.bias_flat (share 0.8): summed without keepdims
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.mean_not_sum, backward.bias_flat (share 0.8): np.mean for the bias, without keepdims
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, np.mean(df[k], axis=1), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.bias_over_units (share 0.8): the wrong axis
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=0, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.bias_over_all (share 0.8): np.sum without an axis
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, np.sum(df[k]), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.biases_differs (share 0.8): multiplied by the bias, as the weights' rule seems to say
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], dh[k] = df[k] @ all_h[k].T, all_weights[k].T @ df[k]
        db[k] = df[k].sum(axis=1, keepdims=True) * all_biases[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong common.layer_not_finite: divided by f where f is 0
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k], dh[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True), all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * all_h[k] / all_h[k]
    return dW, db, dh, df

# %% wrong backward.sign, backward.mean_not_sum (share 0.8): target minus output, averaged
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (y - all_f[K]) / y.size
    for k in range(K, -1, -1):
        dW[k], db[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True)
        dh[k] = all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.factor_two, backward.mean_not_sum (share 0.8): averaged, and the 2 forgotten
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = (all_f[K] - y) / y.shape[1]
    for k in range(K, -1, -1):
        dW[k], db[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True)
        dh[k] = all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.factor_two, backward.mean_not_sum (share 0.6): the 2 forgotten, and the mean of the bias's gradients
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = all_f[K] - y
    for k in range(K, -1, -1):
        dW[k], db[k] = df[k] @ all_h[k].T, df[k].mean(axis=1, keepdims=True)
        dh[k] = all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.h_off_by_one, backward.bias_over_units (share 0.6): two slips in the parameters
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k] = df[k] @ all_h[k - 1].T, df[k].sum(axis=0)
        dh[k] = all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.df_differs (share 0.8): the slope of a sigmoid
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True)
        dh[k] = all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * all_h[k] * (1 - all_h[k])
    return dW, db, dh, df

# %% wrong backward.output_differs (share 0.8): twice too large
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 4 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True)
        dh[k] = all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df

# %% wrong backward.arguments_changed, backward.dh_differs (share 0.6): a step of training in the middle of it
def backward_pass(all_weights, all_biases, all_f, all_h, y):
    K = len(all_weights) - 1
    dW, db, dh, df = ([None] * (K + 1) for _ in range(4))
    df[K] = 2 * (all_f[K] - y)
    for k in range(K, -1, -1):
        dW[k], db[k] = df[k] @ all_h[k].T, df[k].sum(axis=1, keepdims=True)
        all_weights[k] -= 0.1 * dW[k]
        dh[k] = all_weights[k].T @ df[k]
        if k > 0:
            df[k - 1] = dh[k] * (all_f[k - 1] > 0)
    return dW, db, dh, df
