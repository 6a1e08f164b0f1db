# %% [markdown]
# # Plain script
#
# No header: the first marker is the first line.

# %%
import math

# %% The area tags=["parameters"]
radius: float = 1.5  # metres

# %%
print(math.pi * radius**2)