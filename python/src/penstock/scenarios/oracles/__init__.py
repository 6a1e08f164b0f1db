"""Oracles: how it is known that an answer is right. `oracle.py` is the contract, one file for each family."""
