"""Answers to sigma_sq_by_experiment: a variance that keeps 50 layers of 80 units level on one draw."""

# %% right: what levels the draw of RandomState(0)
sigma_sq_omega = 0.0254

# %% right: a fraction
sigma_sq_omega = 2 / 80

# %% right: a numpy scalar of another precision
sigma_sq_omega = np.float32(0.026)

# %% right: an array without axes
sigma_sq_omega = np.array(0.0245)

# %% right: an array of one number, as an optimiser returns it
sigma_sq_omega = np.array([[0.0275]])

# %% right: near the lower end of what can look level
sigma_sq_omega = 0.0226

# %% right: near the upper end of what can look level
sigma_sq_omega = 0.0295

# %% not_attempted common.blank_value: as handed out
sigma_sq_omega = ...

# %% not_attempted common.blank_value: emptied
sigma_sq_omega = None

# %% wrong tuned.unchanged: the value that the small network started with
sigma_sq_omega = 1.0

# %% wrong tuned.std_given: found by the standard deviation
sigma_sq_omega = np.sqrt(0.0254)

# %% wrong tuned.too_large: twice too much
sigma_sq_omega = 0.05

# %% wrong tuned.too_large: a whole number
sigma_sq_omega = 2

# %% wrong tuned.too_small: rounded down to one digit
sigma_sq_omega = 0.02

# %% wrong tuned.too_small: Xavier
sigma_sq_omega = 1 / 80

# %% wrong tuned.not_positive: nothing moves any more, so nothing explodes
sigma_sq_omega = 0

# %% wrong tuned.not_positive: a negative number
sigma_sq_omega = -0.025

# %% wrong common.text_for_number: in quotation marks
sigma_sq_omega = "2/80"

# %% wrong common.not_a_number: True
sigma_sq_omega = True

# %% wrong common.not_a_number: all candidates
sigma_sq_omega = [0.024, 0.025, 0.026]

# %% wrong common.not_a_number: an array of two numbers
sigma_sq_omega = np.array([0.024, 0.025])

# %% wrong common.not_a_number: an exact fraction
from fractions import Fraction
sigma_sq_omega = Fraction(1, 40)

# %% wrong common.not_a_number: a complex number
sigma_sq_omega = 0.025 + 0j

# %% wrong common.not_a_number: a float of a class of its own
class Level(float):
    pass
sigma_sq_omega = Level(0.025)

# %% wrong common.function_for_number: a function
sigma_sq_omega = lambda D: 2 / D

# %% wrong common.not_finite: divided by 0
sigma_sq_omega = np.float64("inf")

# %% wrong common.not_finite: not a number
sigma_sq_omega = float("nan")

# %% wrong common.not_finite: too large for a float
sigma_sq_omega = 10**400

# %% wrong tuned.too_large: a number that no float can square
sigma_sq_omega = 1e300
