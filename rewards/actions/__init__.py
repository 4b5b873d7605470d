"""Every write of rewards."""
