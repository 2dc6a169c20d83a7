"""Laboratory documents of invented laboratories, drawn with known truth."""
