"""Manners that every door shares: who may enter, how a page is made, how an error is told."""
