"""The parts of the page on which one document is reviewed."""
