"""How the actions on donors and donations are called, for the walk over actions."""

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from donors import actions as donors
from donors.actions import counting, lines, list_runs, lists
from donors.enums import Source
from donors.models import Deferral, DonationList, Family, FamilyMember, LocalRule
from foundation.dates import today
from ledger.actor import Actor
from people.actors import system_actor
from people.models import Person
from tests.factories import donors as make
from tests.factories import drives as make_drives
from tests.factories import news as make_news
from tests.factories import people as make_people
from tests.guarded import ANYBODY, SYSTEM, Guarded
from tests.world import World


def _recorded(w: World, by: Actor) -> Any:
    values = {"on": today(), "volume_ml": 250}
    return donors.record_donation(
        by=by, donor=w.donation.donor, unit=w.cast.ward, source=Source.OFFICER, values=values
    )


def _self(by: Actor) -> Person:
    return Person.objects.get(user=by.user)


def _declared(w: World, by: Actor) -> Any:
    photo = SimpleUploadedFile("gcn.jpg", make_news.jpeg(), "image/jpeg")
    values = {"on": date(2025, 1, 5), "volume_ml": 250}
    return donors.declare_donation(by=by, person=_self(by), unit=w.cast.ward, values=values, photo=photo)


def _certificate(w: World, by: Actor) -> Any:
    held = make.donation(w.donation.donor, w.cast.ward, date(2025, 2, 5), certificate_serial="GCN-1")
    return donors.use_certificate(by=by, donation=held, ml=50)


def _family(w: World) -> Family:
    return donors.found_family(by=system_actor(), unit=w.cast.ward, name="Gia đình (mẫu)")


def _member(w: World) -> FamilyMember:
    return donors.join_family(by=system_actor(), family=_family(w), donor=w.donation.donor, since=today())


def _deferral(w: World) -> Deferral:
    until_on = today() + timedelta(days=9)
    return donors.defer_donor(by=system_actor(), donor=w.donation.donor, until_on=until_on)


def _rule(w: World, by: Actor) -> LocalRule:
    return donors.set_local_rule(
        by=by,
        subject="least_kg_female",
        value=45,
        effective_from=today(),
        citation="Quyết định (mẫu)",
        confirmed=False,
    )


def _booking(w: World, by: Actor) -> Any:
    return donors.set_booking(
        by=by,
        name="Nơi đặt lịch",
        url="https://example.org/",
        effective_from=today(),
        citation="Thông báo",
        confirmed=False,
    )


def _sender(w: World) -> Actor:
    return make_people.actor(w.cast.unit_officer)


def _list(w: World, by: Actor) -> DonationList:
    rows = "Họ tên;Năm sinh;Ngày hiến\nTrần Văn Danh;1980;01/02/2026\n"
    file = ContentFile(rows.encode(), "danh-sach.csv")
    return lists.take_in_gifts(by=by, unit=w.cast.ward, file=file, source="Sổ", is_facilitys=False)


def _tried(w: World) -> DonationList:
    batch = _list(w, _sender(w))
    lists.ask_list_try(by=_sender(w), batch=batch, columns=batch.columns)
    list_runs.work_list(by=_sender(w), pk=batch.pk)
    batch.refresh_from_db()
    return batch


def _written(w: World) -> DonationList:
    batch = lists.ask_list_run(by=_sender(w), batch=_tried(w))
    list_runs.work_list(by=_sender(w), pk=batch.pk)
    batch.refresh_from_db()
    return batch


def _line(w: World, by: Actor) -> Any:
    giver = make_people.person("Người Đến Hiến", w.cast.ward, with_user=False)
    drive = make_drives.opened(w.cast.ward, today())
    return lines.enter_line(by=by, drive=drive, giver=giver, values={"volume_ml": 350})


# What a donor says of oneself, and the papers of one's own count, are the donor's or an officer's.
CALLS: dict[str, Guarded] = {
    "donors.actions.confirm_donation": Guarded(
        "donor.confirm", lambda w, by: donors.confirm_donation(by=by, donation=w.donation)
    ),
    "donors.actions.record_donation": Guarded("donor.enter", _recorded),
    "donors.actions.void_donation": Guarded(
        "donor.confirm", lambda w, by: donors.void_donation(by=by, donation=w.donation, reason="Ghi nhầm")
    ),
    "donors.actions.use_certificate": Guarded("donor.enter", _certificate),
    # The donor alone.
    "donors.actions.declare_donation": Guarded(ANYBODY, _declared),
    "donors.actions.renew_share_code": Guarded(
        ANYBODY,
        lambda w, by: donors.renew_share_code(by=by, donor=make.donor(_self(by), w.cast.ward)),
    ),
    "donors.actions.set_willing": Guarded(
        "donor.enter",
        lambda w, by: donors.set_willing(
            by=by, donor=w.donation.donor, is_reserve=True, is_rare=False, is_available=True
        ),
    ),
    "donors.actions.set_group": Guarded(
        "donor.enter",
        lambda w, by: donors.set_group(by=by, donor=w.donation.donor, group="O", rhesus="+", known="card"),
    ),
    "donors.actions.defer_donor": Guarded(
        "donor.enter",
        lambda w, by: donors.defer_donor(by=by, donor=w.donation.donor, until_on=today() + timedelta(days=9)),
    ),
    "donors.actions.drop_deferral": Guarded(
        "donor.enter", lambda w, by: donors.drop_deferral(by=by, deferral=_deferral(w))
    ),
    "donors.actions.found_family": Guarded(
        "donor.enter", lambda w, by: donors.found_family(by=by, unit=w.cast.ward, name="Gia đình")
    ),
    "donors.actions.join_family": Guarded(
        "donor.enter",
        lambda w, by: donors.join_family(by=by, family=_family(w), donor=w.donation.donor, since=today()),
    ),
    "donors.actions.leave_family": Guarded(
        "donor.enter", lambda w, by: donors.leave_family(by=by, member=_member(w), last_on=today())
    ),
    "donors.actions.set_local_rule": Guarded("donor.rules", _rule),
    "donors.actions.end_local_rule": Guarded(
        "donor.rules",
        lambda w, by: donors.end_local_rule(by=by, rule=_rule(w, system_actor()), last_on=today()),
    ),
    "donors.actions.set_booking": Guarded("donor.rules", _booking),
    "donors.actions.issue_card": Guarded(
        "donor.enter", lambda w, by: donors.issue_card(by=by, donor=w.donation.donor)
    ),
    "donors.actions.confirm_turns": Guarded(
        "donor.enter",
        lambda w, by: donors.confirm_turns(
            by=by, donor=donors.confirm_donation(by=system_actor(), donation=w.donation).donor
        ),
    ),
    "donors.actions.lines.enter_line": Guarded("donor.enter", _line),
    "donors.actions.lines.note_look_up": Guarded(
        "donor.enter", lambda w, by: lines.note_look_up(by=by, drive=w.drive, found=0)
    ),
    "donors.actions.lists.take_in_gifts": Guarded("donor.enter", _list),
    "donors.actions.lists.choose_list_header": Guarded(
        "donor.enter",
        lambda w, by: lists.choose_list_header(by=by, batch=_list(w, _sender(w)), sheet="", row=1),
    ),
    "donors.actions.counting.count_year": Guarded(
        SYSTEM, lambda w, by: counting.count_year(by=by, year=by.on.year)
    ),
    # A sweep: it decides nothing about anybody.
    "donors.actions.lists.clear_old_list_rows": Guarded(
        ANYBODY, lambda w, by: lists.clear_old_list_rows(by=by)
    ),
    "donors.actions.lists.ask_list_try": Guarded(
        "donor.enter",
        lambda w, by: lists.ask_list_try(
            by=by, batch=_list(w, _sender(w)), columns={"full_name": 0, "given_on": 2}
        ),
    ),
    "donors.actions.lists.ask_list_run": Guarded(
        "donor.enter", lambda w, by: lists.ask_list_run(by=by, batch=_tried(w))
    ),
    "donors.actions.lists.cancel_list": Guarded(
        "donor.enter", lambda w, by: lists.cancel_list(by=by, batch=_list(w, _sender(w)))
    ),
    "donors.actions.lists.confirm_list": Guarded(
        "donor.confirm", lambda w, by: lists.confirm_list(by=by, batch=_written(w))
    ),
    "donors.actions.lists.decide_row": Guarded(
        "donor.enter",
        lambda w, by: lists.decide_row(by=by, row=_written(w).rows.get(verdict="doubtful"), decision="skip"),
    ),
}
