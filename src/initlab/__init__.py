"""Labs on neural-network weight initialization: networks, statistics, checks.

Data are columns everywhere, and names follow chapter 7 of Prince, *Understanding Deep Learning*:
K hidden layers of D units, f for preactivations, h for activations, omega for weights.
Submodules are imported by name (``from initlab import network``); this file imports none of them,
so that ``import initlab`` stays as cheap as ``import numpy``.
"""

__version__ = "0.1.0"
