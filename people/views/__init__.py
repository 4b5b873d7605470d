"""Pages of people, units and offices: load, ask, render."""
