"""Reading rewards: one door for each kind of thing, and the set-based twin of the rungs' rule."""
