"""From request text to values."""
