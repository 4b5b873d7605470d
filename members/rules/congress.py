"""Seats of a congress shared out between branches by their members."""

from collections.abc import Mapping
from fractions import Fraction


def allot(seats: int, members: Mapping[int, int]) -> dict[int, int]:
    """Seats for each branch: one for each that has members, the rest by members, largest remainders first.

    With fewer seats than branches the largest branches have one each. They sum to `seats`, unless
    nobody has members.
    """
    branches = sorted((pk for pk, count in members.items() if count), key=lambda pk: (-members[pk], pk))
    found = dict.fromkeys(members, 0)
    for pk in branches[:seats]:
        found[pk] = 1
    rest = seats - sum(found.values())
    if rest <= 0 or not branches:
        return found
    total = sum(members[pk] for pk in branches)
    exact = {pk: Fraction(rest * members[pk], total) for pk in branches}
    for pk in branches:
        found[pk] += int(exact[pk])
    left = rest - sum(int(share) for share in exact.values())
    by_remainder = sorted(branches, key=lambda pk: (int(exact[pk]) - exact[pk], -members[pk], pk))
    for pk in by_remainder[:left]:
        found[pk] += 1
    return found
