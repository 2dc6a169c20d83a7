"""The register of claims: what is said, and what bears on it."""
