"""Reads about donors, donations and the rule in force."""
