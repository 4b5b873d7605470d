"""Request text becomes values."""
