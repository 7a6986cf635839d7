"""Answers to predicted_ratio: 0.95 to the 49/2, by which last over first shrinks with 1.9/D in place of 2/D."""

# %% right: as a power
predicted_ratio = 0.95 ** (49 / 2)

# %% right: as a root of a power
predicted_ratio = np.sqrt(0.95) ** 49

# %% right: rounded to two digits
predicted_ratio = 0.28

# %% right: by logarithms
predicted_ratio = np.exp(49 * np.log(1.9 / 2) / 2)

# %% not_attempted common.blank_value: as handed out
predicted_ratio = ...

# %% wrong ratio.variance: the ratio of variances
predicted_ratio = 0.95**49

# %% wrong ratio.variance: of variances, and over 50 layers
predicted_ratio = (1.9 / 2) ** 50

# %% wrong ratio.layers_miscounted: over 50 layers
predicted_ratio = 0.95**25

# %% wrong ratio.layers_miscounted: over 48 layers
predicted_ratio = 0.95**24

# %% wrong ratio.layers_miscounted: over 51 layers
predicted_ratio = 0.95**25.5

# %% wrong ratio.upside_down: 2/D over 1.9/D
predicted_ratio = (2 / 1.9) ** 24.5

# %% wrong ratio.percent: in percent
predicted_ratio = 28.5

# %% wrong ratio.one_layer: the ratio of the variances as it stands
predicted_ratio = 1.9 / 2

# %% wrong ratio.one_layer: what one layer does
predicted_ratio = 0.95**0.5

# %% wrong ratio.no_change: 5 percent are nothing
predicted_ratio = 1

# %% wrong ratio.linear: times the number of layers
predicted_ratio = 0.95 * 49

# %% wrong ratio.logarithm: still the logarithm
predicted_ratio = 24.5 * np.log(0.95)

# %% wrong ratio.not_positive: 5 percent off, 49 times
predicted_ratio = 1 - 0.05 * 49

# %% wrong ratio.other: a guess
predicted_ratio = 0.5

# %% wrong common.function_for_number: the function, not called
def predicted_ratio(K=50):
    return 0.95 ** ((K - 1) / 2)

# %% wrong ratio.lost_part: how much it falls
predicted_ratio = 1 - 0.95 ** 24.5

# %% wrong ratio.percent: in whole percent
predicted_ratio = 28

# %% wrong ratio.linear: times 50
predicted_ratio = 50 * 0.95
