"""Answers to sigma_sq_backward: a variance that keeps the gradients of 50 layers of 80 units level."""

# %% right: what levels the draw of RandomState(0)
sigma_sq_backward = 0.0253

# %% right: the derived one
sigma_sq_backward = 2 / 80

# %% right: read off a coarse search
sigma_sq_backward = np.float64(0.027)

# %% not_attempted common.blank_value: as handed out
sigma_sq_backward = ...

# %% wrong tuned.unchanged: the first candidate
sigma_sq_backward = 1.0

# %% wrong tuned.std_given: as a standard deviation
sigma_sq_backward = 0.159

# %% wrong tuned.too_large: 2/50 for the 50 layers
sigma_sq_backward = 2 / 50

# %% wrong tuned.too_small: the other candidate
sigma_sq_backward = 0.0001

# %% wrong tuned.not_positive: sign lost
sigma_sq_backward = -1
