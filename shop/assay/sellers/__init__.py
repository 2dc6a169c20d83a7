"""Is the shop behind a link one that the brand names?"""
