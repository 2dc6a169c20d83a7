"""How a laboratory lays out its report: six ways, one module each."""
