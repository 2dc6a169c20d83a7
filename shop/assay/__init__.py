"""The thinking: facts in, findings out. Touches no clock, file, network or database."""
