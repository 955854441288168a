# ---
# jupyter:
#   jupytext:
#     formats: py:percent
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # One neuron

# %%
from course import lesson

ex = lesson("01_neuron")
ex

# %% tags=["needed"]
import numpy as np

# %% [markdown]
# **Exercise 1.** `weighted_sum(x, w, b)`

# %% exercise="weighted_sum"
def weighted_sum(x, w, b):
    """The weighted sum of one neuron."""
    ### BEGIN SOLUTION
    return np.dot(x, w) + b
    ### END SOLUTION

# %% check="weighted_sum"
ex.weighted_sum.check(weighted_sum)
