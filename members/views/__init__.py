"""Pages of membership life."""
