"""Explorers: something to drag, answered at once. Each is one call, the last line of its cell."""

from initlab.widgets.luck import luck_of_the_draw
from initlab.widgets.predict import predict_then_reveal
from initlab.widgets.sigma import sigma_explorer

__all__ = ["luck_of_the_draw", "predict_then_reveal", "sigma_explorer"]
