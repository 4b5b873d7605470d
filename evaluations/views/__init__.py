"""Pages of evaluation and additional income."""
