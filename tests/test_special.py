"""The gamma function's logarithm and derivatives, against scipy."""

import numpy as np
import pytest
import scipy.special

from initlab import special

X = np.concatenate([np.geomspace(1e-6, 1, 200), np.linspace(0.25, 60, 500), [1e3, 156800.0, 1e8]])


@pytest.mark.parametrize(("ours", "theirs"), [
    (special.log_gamma, scipy.special.gammaln),
    (special.digamma, scipy.special.digamma),
    (special.trigamma, lambda x: scipy.special.polygamma(1, x)),
], ids=["log_gamma", "digamma", "trigamma"])
def test_agrees_with_scipy(ours, theirs):
    """From tiny to huge arguments the difference is rounding; any shape goes in and comes out."""
    np.testing.assert_allclose(ours(X), theirs(X), rtol=1e-13, atol=1e-13)
    assert ours(X[:6].reshape(2, 3)).shape == (2, 3)
    assert np.shape(ours(0.5)) == ()


def test_log_gamma_takes_complex_numbers():
    """Γ itself agrees with scipy off the real axis; its logarithm has many branches."""
    x = np.array([0.5, 3.0, 40.0])[:, None] + 1j * np.array([-30.0, -1.0, 0.5, 12.0])
    np.testing.assert_allclose(np.exp(special.log_gamma(x)), scipy.special.gamma(x), rtol=1e-11)
