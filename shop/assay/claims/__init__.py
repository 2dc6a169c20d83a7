"""Is a statement one that may be made, and what supports it?"""
