"""The chapter's own settings of drives, reminders and calls, by date."""

from datetime import date
from typing import Any

from foundation.dated import in_force, load_table


def drive_settings(on: date) -> dict[str, Any]:
    """Values of tables/drives.toml in force on the day."""
    return dict(in_force(load_table("donors", "drives"), on).values)
