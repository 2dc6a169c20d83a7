"""Laboratory documents: received, read, kept."""
