"""Request text becomes values: the steps of an application, the unit's desk, acts on a membership."""
