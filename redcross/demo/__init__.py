"""The demo chapter: plainly fictitious, dated relative to the day of loading."""
