"""PostgreSQL as Django speaks to it, with two things quicker: see base."""
