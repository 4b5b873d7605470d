"""Pages of papers: register, drafting, the paper with its steps, the public check."""
