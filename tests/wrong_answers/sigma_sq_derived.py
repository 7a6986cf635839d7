"""Answers to sigma_sq_derived: the variance 2/D for D = 80."""

# %% right: as a fraction
sigma_sq_derived = 2 / 80

# %% right: as a number
sigma_sq_derived = 0.025

# %% right: in float16
sigma_sq_derived = np.float16(0.025)

# %% right: as a numpy scalar from a formula
D = 80
sigma_sq_derived = np.square(np.sqrt(2 / D))

# %% not_attempted common.blank_value: as handed out
sigma_sq_derived = ...

# %% wrong derived.relu_left_out: Xavier's 1/D, or Glorot's 2 / (D + D)
sigma_sq_derived = 2 / (80 + 80)

# %% wrong derived.std_given: the standard deviation
sigma_sq_derived = np.sqrt(2 / 80)

# %% wrong derived.std_of_xavier: the standard deviation without the 2
sigma_sq_derived = 1 / np.sqrt(80)

# %% wrong derived.D_left_out: the factor of the ReLU alone
sigma_sq_derived = 2

# %% wrong derived.K_for_D: the depth for the width
K = 50
sigma_sq_derived = 2 / K

# %% wrong derived.small_D: the width of the small network
D = 8
sigma_sq_derived = 2 / D

# %% wrong derived.std_halved: a ReLU that halves the standard deviation
sigma_sq_derived = 4 / 80

# %% wrong derived.variance_of_h: the variance of relu(z), not its mean square
var_h = 0.5 - 1 / (2 * np.pi)
sigma_sq_derived = 1 / (80 * var_h)

# %% wrong derived.root_of_two: √2/D
sigma_sq_derived = np.sqrt(2) / 80

# %% wrong derived.D_squared: 2/D²
sigma_sq_derived = 2 / 80**2

# %% wrong derived.upside_down: D/2
sigma_sq_derived = 80 / 2

# %% wrong derived.unchanged: the variance of the small network
sigma_sq_derived = 1

# %% wrong derived.tuned: the value from the experiment
sigma_sq_derived = 0.0254

# %% wrong derived.other: the variance of the mean of a uniform draw, from nowhere
sigma_sq_derived = 3 / 80

# %% wrong tuned.not_positive: a sign lost in the algebra
sigma_sq_derived = -2 / 80

# %% wrong common.text_for_number: the formula as a text
sigma_sq_derived = "2/D"

# %% wrong derived.tuned: one input too many, too near to 2/80 to be told from trying
sigma_sq_derived = 2 / 81

# %% wrong derived.other: the 2 on the wrong side
sigma_sq_derived = 1 / (2 * 80)
