"""A tamper-evident log: tree, proofs, signed checkpoints, canonical entries."""
