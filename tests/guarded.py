"""How every action is called, and which right it asks: the walk over actions reads this.

A right of ANYBODY means the action checks no office: why stands beside it. SYSTEM means
only jobs and commands may call it.
"""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any, NamedTuple

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from foundation.dates import today
from ledger.actor import Actor
from ledger.models import StoredFile
from letters import actions as letters
from news import actions as news
from people import actions as people
from people.actions import (
    accounts,
    consents,
    exports,
    files,
    forgetting,
    persons,
    requests,
    sightings,
)
from people.enums import OfficeCode, RequestKind, UnitKind
from people.models import DataRequest, Person
from people.queries.register import Wanted
from redcross.registry import forget_everywhere
from tests.factories import letters as make_letters
from tests.factories import news as make_news
from tests.factories import people as make_people
from tests.world import World

ANYBODY, SYSTEM = "anybody", "system"
# Asked of an office, on no unit in particular: elsewhere they find nobody (tests/people/test_visible.py).
NO_UNIT = {"people.actions.sightings.find_by_identity", "people.actions.imports.remind_units"}


class Guarded(NamedTuple):
    """The right an action asks, or the one office it is addressed to; a call right but for the actor."""

    right: str
    call: Callable[[World, Actor], Any]


def _found(w: World, by: Actor) -> Any:
    return people.found_unit(
        by=by,
        code="MOI",
        kind=UnitKind.BRANCH,
        name="Chi hội mới",
        founded_on=today(),
        parent=w.cast.ward,
    )


def _grant(w: World, by: Actor) -> Any:
    return people.grant_office(
        by=by,
        person=w.cast.nobody,
        office=OfficeCode.EDITOR,
        unit=w.cast.ward,
        from_on=today(),
        until_on=None,
        reason="QĐ 1/QĐ-CTĐ",
    )


def _self(by: Actor) -> Person:
    return Person.objects.get(user=by.user)


def _asked(w: World) -> DataRequest:
    kind = RequestKind.ERASE
    return requests.ask_about_data(by=make_people.actor(w.person), person=w.person, kind=kind, words="")


def _upload(w: World, by: Actor) -> Any:
    file = SimpleUploadedFile("a.mp4", make_news.MP4, "video/mp4")
    return news.add_video_file(by=by, unit=w.cast.ward, file=file)


def _stored(by: Actor) -> StoredFile:
    file = ContentFile(b"1", "a.txt")
    return files.store_file(by=by, name="a.txt", content_type="text/plain", file=file, days=1)


def _picture(w: World, by: Actor) -> Any:
    data = make_news.jpeg()
    return news.add_picture(
        by=by,
        unit=w.cast.ward,
        file=BytesIO(data),
        size=len(data),
        about={"alt": "Ảnh", "ground": "no_people"},
    )


CALLS: dict[str, Guarded] = {
    # People and offices
    "people.actions.add_person": Guarded(
        "people.enter", lambda w, by: people.add_person(by=by, full_name="Người Mới", unit=w.cast.ward)
    ),
    "people.actions.give_account": Guarded(
        "account.code",
        lambda w, by: people.give_account(
            by=by,
            person=make_people.person("Chưa Tài Khoản", w.cast.ward, with_user=False),
            username="chua-co",
        ),
    ),
    "people.actions.make_sign_in_code": Guarded(
        "account.code", lambda w, by: people.make_sign_in_code(by=by, person=w.cast.member)
    ),
    "people.actions.grant_office": Guarded("office.grant", _grant),
    "people.actions.end_office": Guarded(
        "office.grant",
        lambda w, by: people.end_office(by=by, grant=w.grant, last_on=today(), reason="Chuyển công tác"),
    ),
    "people.actions.found_unit": Guarded("unit.manage", _found),
    # Whoever signs in or up, and the log of it: nobody holds an office yet.
    "people.actions.use_sign_in_code": Guarded(
        ANYBODY, lambda w, by: people.use_sign_in_code(by=by, username="khong-co", code="AAAA")
    ),
    "people.actions.accounts.sign_up_person": Guarded(
        ANYBODY,
        lambda w, by: accounts.sign_up_person(by=by, user=make_people.user(), full_name="Tự Đăng Ký"),
    ),
    "people.actions.accounts.note_account": Guarded(
        ANYBODY, lambda w, by: accounts.note_account(by=by, user=make_people.user(), act="people.sign_in")
    ),
    # The record and what is protected on it
    "people.actions.persons.change_person": Guarded(
        "people.enter",
        lambda w, by: persons.change_person(
            by=by, person=w.person, version=1, values={"note": "Gọi sau 17 giờ"}
        ),
    ),
    "people.actions.sightings.reveal_identity": Guarded(
        "people.reveal",
        lambda w, by: sightings.reveal_identity(by=by, person=w.person, reason="Đối chiếu hồ sơ"),
    ),
    "people.actions.sightings.find_by_identity": Guarded(
        "people.reveal", lambda w, by: sightings.find_by_identity(by=by, digits="4321")
    ),
    # That somebody opened a record: the view has asked.
    "people.actions.sightings.note_opened": Guarded(
        ANYBODY, lambda w, by: sightings.note_opened(by=by, person=w.person)
    ),
    "people.actions.exports.ask_export": Guarded(
        "people.export",
        lambda w, by: exports.ask_export(by=by, wanted=Wanted(unit=w.cast.ward), columns=[], reason=""),
    ),
    "people.actions.exports.ask_list": Guarded(
        "people.export",
        lambda w, by: exports.ask_list(
            by=by,
            what="people",
            asked=Wanted(unit=w.cast.ward).stored(),
            unit=w.cast.ward,
            columns=[],
            reason="",
        ),
    ),
    # Claims of a job: an export is made with the rights of who asked for it.
    "people.actions.exports.make_export": Guarded(ANYBODY, lambda w, by: exports.make_export(by=by, pk=0)),
    "people.actions.files.delete_old_file": Guarded(
        ANYBODY, lambda w, by: files.delete_old_file(by=by, pk=0)
    ),
    # A file whose owner, the calling action, has asked.
    "people.actions.files.drop_file": Guarded(
        ANYBODY, lambda w, by: files.drop_file(by=by, stored=_stored(by))
    ),
    # A person's own data: the person alone.
    "people.actions.consents.give_consent": Guarded(
        ANYBODY, lambda w, by: consents.give_consent(by=by, person=_self(by), purpose="messages")
    ),
    "people.actions.consents.withdraw_consent": Guarded(
        ANYBODY, lambda w, by: consents.withdraw_consent(by=by, person=_self(by), purpose="messages")
    ),
    "people.actions.requests.ask_about_data": Guarded(
        ANYBODY,
        lambda w, by: requests.ask_about_data(by=by, person=_self(by), kind=RequestKind.ERASE, words=""),
    ),
    "people.actions.requests.answer_request": Guarded(
        "data.manage", lambda w, by: requests.answer_request(by=by, request=_asked(w), answer="Đã nhận.")
    ),
    "people.actions.requests.refuse_request": Guarded(
        "data.manage",
        lambda w, by: requests.refuse_request(by=by, request=_asked(w), reason="Không đủ căn cứ."),
    ),
    "people.actions.requests.carry_out_request": Guarded(
        "data.manage",
        lambda w, by: requests.carry_out_request(
            by=by, request=_asked(w), answer="Đã xong.", forget=forget_everywhere
        ),
    ),
    "people.actions.forgetting.forget_person": Guarded(
        "data.manage", lambda w, by: forgetting.forget_person(by=by, person=w.person)
    ),
    # Letters
    # Asked by other actions, which have checked their own right.
    "letters.actions.enqueue": Guarded(ANYBODY, lambda w, by: make_letters.letter(by=by)),
    "letters.actions.cancel_letter": Guarded(
        "letters.manage", lambda w, by: letters.cancel_letter(by=by, letter=make_letters.letter())
    ),
    "letters.actions.retry_letter": Guarded(
        "letters.manage",
        lambda w, by: letters.retry_letter(by=by, letter=make_letters.letter(state="to_call")),
    ),
    "letters.actions.mark_told": Guarded(
        "letters.manage",
        lambda w, by: letters.mark_told(by=by, letter=make_letters.letter(state="to_call")),
    ),
    "letters.actions.mark_arrived": Guarded(
        "letters.manage",
        lambda w, by: letters.mark_arrived(
            by=by, letter=make_letters.letter(state="unsure", handing_over_at=timezone.now())
        ),
    ),
    # News
    "news.actions.write_post": Guarded(
        "news.write", lambda w, by: make_news.post(w.cast.ward, "Bài mới", by=by)
    ),
    "news.actions.edit_post": Guarded(
        "news.publish",
        lambda w, by: news.edit_post(
            by=by, post=w.post, version=w.post.version, values={"title": "Tên khác"}
        ),
    ),
    "news.actions.propose_post": Guarded(
        "news.write", lambda w, by: news.propose_post(by=by, post=make_news.post(w.cast.ward, "Chờ duyệt"))
    ),
    "news.actions.return_post": Guarded(
        "news.review", lambda w, by: news.return_post(by=by, post=w.post, reason="Thiếu ảnh")
    ),
    "news.actions.publish_post": Guarded(
        "news.publish",
        lambda w, by: news.publish_post(
            by=by, post=w.post, version=w.post.version, at=timezone.now() - timedelta(days=1)
        ),
    ),
    "news.actions.withdraw_post": Guarded(
        "news.publish", lambda w, by: news.withdraw_post(by=by, post=w.post, reason="Nhầm")
    ),
    "news.actions.add_picture": Guarded("news.write", _picture),
    "news.actions.describe_picture": Guarded(
        "news.write",
        lambda w, by: news.describe_picture(
            by=by, picture=make_news.picture(w.cast.ward), about={"alt": "Ảnh khác", "ground": "no_people"}
        ),
    ),
    "news.actions.choose_lead": Guarded(
        "news.publish",
        lambda w, by: news.choose_lead(
            by=by, post=make_news.published(w.cast.ward, "Đầu"), until=timezone.now() + timedelta(days=1)
        ),
    ),
    "news.actions.end_lead": Guarded("news.publish", lambda w, by: news.end_lead(by=by, post=w.post)),
    "news.actions.add_tag": Guarded(
        "news.write", lambda w, by: news.add_tag(by=by, unit=w.cast.ward, name="Sơ cấp cứu")
    ),
    "news.actions.link_video": Guarded(
        "news.write",
        lambda w, by: news.link_video(by=by, unit=w.cast.ward, link="https://youtu.be/abcdefghijk"),
    ),
    # A claim: made by the sweep, decides nothing.
    "news.actions.make_rendition": Guarded(
        ANYBODY, lambda w, by: news.make_rendition(by=by, pk=make_news.picture(w.cast.ward).pk)
    ),
    "news.actions.add_video_file": Guarded("news.write", _upload),
}
