"""Signing in."""

urlpatterns: list[object] = []
