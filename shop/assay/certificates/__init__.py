"""Does a laboratory's document hold together, and is it about this lot?"""
