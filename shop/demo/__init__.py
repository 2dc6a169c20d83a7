"""The sample catalog: invented brands and laboratories, put through the real pipeline."""
