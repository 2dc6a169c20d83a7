"""Opens documents, in a process of its own for each, and says what is in them."""
