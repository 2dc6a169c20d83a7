"""Retailers, the addresses they control, and their offers."""
