"""Pages of donors: load, ask, render."""
