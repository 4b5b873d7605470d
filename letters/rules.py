"""When a letter may go out, and when it is tried again: facts and a table entry in, an answer out."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from foundation.dated import Entry, in_force, load_table


@dataclass(frozen=True, slots=True)
class SendingRule:
    """What holds on a day: the quiet hours (local time) and the waits between tries."""

    quiet_from: time
    quiet_until: time
    waits: tuple[timedelta, ...]
    wait_for_channel: timedelta
    give_up_after: timedelta
    confirmed: bool


def sending_rule(entry: Entry) -> SendingRule:
    """The rule out of an entry of tables/sending.toml."""
    values = entry.values
    return SendingRule(
        time.fromisoformat(values["quiet_from"]),
        time.fromisoformat(values["quiet_until"]),
        tuple(timedelta(seconds=seconds) for seconds in values["wait_after_try_seconds"]),
        timedelta(seconds=values["wait_for_channel_seconds"]),
        timedelta(hours=values["give_up_after_hours"]),
        entry.confirmed,
    )


def sending_rule_on(on: date) -> SendingRule:
    """The rule in force on the day."""
    return sending_rule(in_force(load_table("letters", "sending"), on))


def is_quiet(at: time, rule: SendingRule) -> bool:
    """True from `quiet_from` (included) until `quiet_until` (not), over midnight if need be."""
    if rule.quiet_from <= rule.quiet_until:
        return rule.quiet_from <= at < rule.quiet_until
    return at >= rule.quiet_from or at < rule.quiet_until


def wait_after(tries: int, rule: SendingRule) -> timedelta | None:
    """How long to wait after so many tries (1 or more); None when there is no further one."""
    return rule.waits[tries - 1] if tries <= len(rule.waits) else None
