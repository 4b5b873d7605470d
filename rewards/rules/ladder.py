"""The tables of rewards, read by day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from foundation.dated import in_force, load_table


def first_rungs(on: date) -> tuple[Mapping[str, Any], ...]:
    """The rungs a policy is first drafted from, each with its own citation (QĐ 122/QĐ-BCĐQG)."""
    rungs: tuple[Mapping[str, Any], ...] = in_force(load_table("rewards", "ladder"), on).values["rungs"]
    return rungs


def dossier_values(on: date) -> Mapping[str, Any]:
    """Days and brakes of dossiers and runs; unconfirmed (dossiers.toml)."""
    return in_force(load_table("rewards", "dossiers"), on).values


def authorities(on: date) -> Mapping[str, Mapping[str, Any]]:
    """Granting authorities by code: addressee, working days, papers of the dossier."""
    found: Mapping[str, Mapping[str, Any]] = dossier_values(on)["authorities"]
    return found


def asked_papers(grantor: str, on: date) -> list[tuple[str, str]]:
    """(code, name) of each paper that goes to an authority; empty for one that gets no dossier."""
    found = authorities(on).get(grantor)
    return [(one["code"], one["name"]) for one in found["papers"]] if found else []
