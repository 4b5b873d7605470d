"""Quiet hours and waits, to the minute."""

from datetime import date, time, timedelta

import pytest

from letters.queries import masked_address
from letters.rules import SendingRule, is_quiet, sending_rule_on, wait_after

OVER_MIDNIGHT = SendingRule(
    time(21), time(7), (timedelta(1), timedelta(2)), timedelta(0), timedelta(3), False
)
AT_NOON = SendingRule(time(12), time(13), (), timedelta(0), timedelta(0), True)


@pytest.mark.parametrize(
    ("rule", "at", "quiet"),
    [
        (OVER_MIDNIGHT, time(20, 59), False),
        (OVER_MIDNIGHT, time(21), True),
        (OVER_MIDNIGHT, time(0), True),
        (OVER_MIDNIGHT, time(6, 59), True),
        (OVER_MIDNIGHT, time(7), False),
        (AT_NOON, time(11, 59), False),
        (AT_NOON, time(12), True),
        (AT_NOON, time(13), False),
    ],
)
def test_quiet_hours(rule: SendingRule, at: time, quiet: bool) -> None:
    assert is_quiet(at, rule) is quiet


def test_waits_grow_until_there_is_none() -> None:
    assert [wait_after(tries, OVER_MIDNIGHT) for tries in (1, 2, 3)] == [timedelta(1), timedelta(2), None]


def test_the_table_is_a_first_setting() -> None:
    rule = sending_rule_on(date(2026, 11, 24))
    assert (rule.quiet_from, rule.quiet_until, rule.confirmed) == (time(21), time(7), False)
    assert list(rule.waits) == sorted(rule.waits)


@pytest.mark.parametrize(
    ("address", "masked"),
    [("an@example.org", "a…@example.org"), ("0901234567", "…567"), ("", "")],
)
def test_masked_addresses(address: str, masked: str) -> None:
    assert masked_address(address) == masked
