# %% [markdown]
# # R

# %%
x <- c(1, 2, 3)

# %% tags=["parameters"]
alpha <- 0.05
