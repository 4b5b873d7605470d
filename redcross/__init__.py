"""redcross: the portal of a Red Cross chapter."""
