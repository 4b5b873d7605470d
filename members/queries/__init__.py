"""Reads of membership life; every list goes through what the actor's offices cover."""
