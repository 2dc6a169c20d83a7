"""Gather, judge, roll up, publish: the same for every kind of subject."""
