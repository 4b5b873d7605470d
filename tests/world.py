"""One of everything that an address can name, so that every page can be asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from letters.models import Letter
from news.models import Post
from people.actions.bodies import ask_recognition
from people.actors import system_actor
from people.models import Approval, OfficeGrant, Person, Seat, UnitAct
from tests.conftest import Cast
from tests.factories import letters, news, people


@dataclass(frozen=True)
class World:
    cast: Cast
    person: Person
    grant: OfficeGrant
    post: Post
    letter: Letter
    act: UnitAct
    seat: Seat
    approval: Approval


def make_world(cast: Cast) -> World:
    seat = people.seat(cast.member, cast.ward)
    return World(
        cast=cast,
        person=cast.member,
        grant=cast.unit_officer.offices.get(),
        post=news.published(cast.ward),
        letter=letters.letter(unit_code=cast.ward.code),
        act=people.act(cast.ward),
        seat=seat,
        approval=ask_recognition(by=system_actor(), body=seat.body),
    )


# The arguments of every address that takes some. A page that is missing here fails the walk.
ROUTES: dict[str, Callable[[World], dict[str, Any]]] = {
    "news_article": lambda w: {"slug": w.post.slug},
    "news_category": lambda w: {"slug": w.post.category.slug},
    "picture_file": lambda w: {"name": f"ab/{'0' * 32}-480.jpg"},
    "video_file": lambda w: {"name": f"ab/{'0' * 32}.mp4"},
    "post_edit": lambda w: {"pk": w.post.pk},
    "post_preview": lambda w: {"pk": w.post.pk},
    "post_propose": lambda w: {"pk": w.post.pk},
    "post_return": lambda w: {"pk": w.post.pk},
    "post_publish": lambda w: {"pk": w.post.pk},
    "post_withdraw": lambda w: {"pk": w.post.pk},
    "letter_detail": lambda w: {"pk": w.letter.pk},
    "letter_retry": lambda w: {"pk": w.letter.pk},
    "letter_cancel": lambda w: {"pk": w.letter.pk},
    "letter_told": lambda w: {"pk": w.letter.pk},
    "letter_arrived": lambda w: {"pk": w.letter.pk},
    "mine_letter": lambda w: {"pk": 0},
    "person_edit": lambda w: {"key": w.person.key},
    "person_reveal": lambda w: {"key": w.person.key},
    "person_panel": lambda w: {"key": w.person.key, "panel": "don-vi"},
    "export": lambda w: {"pk": 0},
    "stored_file": lambda w: {"key": w.person.key},
    "mine_consent": lambda w: {"purpose": "messages"},
    "data_request": lambda w: {"pk": 0},
    "data_request_decide": lambda w: {"pk": 0},
    "person": lambda w: {"key": w.person.key},
    "person_account": lambda w: {"key": w.person.key},
    "person_code": lambda w: {"key": w.person.key},
    "account_reset_password_from_key": lambda w: {"uidb36": "1", "key": "none"},
    "mfa_edit_webauthn": lambda w: {"pk": 0},
    "mfa_remove_webauthn": lambda w: {"pk": 0},
    "unit": lambda w: {"code": w.cast.ward.code},
    "act": lambda w: {"pk": w.act.pk},
    "act_add": lambda w: {"pk": w.act.pk, "what": "nguyen"},
    "act_drop": lambda w: {"pk": w.act.pk},
    "act_confirm": lambda w: {"pk": w.act.pk},
    "act_cancel": lambda w: {"pk": w.act.pk},
    "act_retry": lambda w: {"pk": w.act.pk},
    "act_file": lambda w: {"pk": w.act.pk},
    "approval": lambda w: {"pk": w.approval.pk},
    "body": lambda w: {"pk": w.seat.body_id},
    "body_member": lambda w: {"pk": w.seat.body_id},
    "body_end": lambda w: {"pk": w.seat.body_id},
    "body_ask": lambda w: {"pk": w.seat.body_id},
    "body_recognise": lambda w: {"pk": w.seat.body_id},
    "body_recognition": lambda w: {"pk": w.approval.pk},
    "seat_leave": lambda w: {"pk": w.seat.pk},
    "seat_charge": lambda w: {"pk": w.seat.pk},
    "office_end": lambda w: {"pk": w.grant.pk},
}
