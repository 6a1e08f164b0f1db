# %%
query = """
%s is no magic here
!nor is this
"""

# %% [markdown]
"""
A text in quotes,

in two paragraphs.
"""

# %% keep_output=true collapsed=false
print(query % 1)


# %%
def last():
    return 1
