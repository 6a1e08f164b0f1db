"""How long an interval join takes: Penstock, its peers, and the floor, in one run on one machine."""
