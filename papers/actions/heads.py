"""A unit's head of papers, and series for its councils."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from foundation.refusal import Reason, Refused
from ledger.actor import Actor
from ledger.audit import record
from papers.enums import NUMBER
from papers.models import Letterhead, Series
from papers.rules import OutOfRange, measures
from people.models import Body, Unit
from people.permissions import acting


@transaction.atomic
def set_letterhead(
    *,
    by: Actor,
    unit: Unit,
    superior: str,
    issuer: str,
    place: str,
    address: str,
    sizes: Mapping[str, float],
) -> Letterhead:
    """What stands at the head of the unit's next papers; sizes within the decree's range only."""
    by = acting(by, NUMBER, unit.pk)
    try:
        measures(by.on, sizes)
    except (OutOfRange, KeyError) as error:
        raise Refused(
            [Reason(_("Outside the decree's range: %(what)s.") % {"what": error.args[0]})]
        ) from error
    head = Letterhead.objects.select_for_update().filter(unit=unit).first() or Letterhead(unit=unit)
    head.superior, head.issuer, head.place = superior.strip(), issuer.strip(), place.strip()
    head.address, head.sizes = address.strip(), dict(sizes)
    head.full_clean()
    head.save()
    record(
        by=by, act="papers.set_letterhead", subject=head, after={"issuer": head.issuer, "sizes": head.sizes}
    )
    return head


@transaction.atomic
def add_series(*, by: Actor, unit: Unit, code: str, name: str, sign: str, body: Body | None = None) -> Series:
    """A series of numbers with its own sign, for a council or committee of the unit."""
    by = acting(by, NUMBER, unit.pk)
    series = Series(unit=unit, code=code, name=name.strip(), sign=sign.strip(), body=body)
    series.full_clean()
    series.save()
    record(by=by, act="papers.add_series", subject=series, after={"code": code, "sign": series.sign})
    return series
