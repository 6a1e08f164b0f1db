"""The ledger: scenario x transform, what came of each; as JSON, a page, JUnit, and the changes between two of them."""
