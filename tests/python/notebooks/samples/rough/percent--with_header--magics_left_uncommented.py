# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#       format_version: '1.3'
#       jupytext_version: 1.19.6
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# ## Magics are comments here

# %%
%matplotlib inline
!ls -l
import os

# %% language="sql"
# SELECT *
# FROM orders
#
# WHERE day = '2024-01-31'

# %% language="bash"
# set -e
# echo $HOME

# %% magic_args="--limit 5" language="sql"
# SELECT 1

# %%
# %%time
total = sum(range(10))

# %% Deep [markdown] slideshow={"slide_type": "slide"} tags=["remark"]
# A slide.

# %% [raw]
# kept as it is

# %%
# # %time is how one measures
files = os.listdir()
