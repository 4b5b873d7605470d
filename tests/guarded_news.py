"""How the actions on a post's way through the newsroom are called, for the walk over actions."""

from uuid import uuid4

from django.utils import timezone

from news import actions
from people.actors import system_actor
from tests.factories import news as make
from tests.guarded import SYSTEM, Guarded
from tests.world import World

_PROPOSED = "Chờ duyệt"


def _comment(w: World) -> object:
    return actions.comment_on_post(by=system_actor(), post=w.post, text="Thiếu tên địa điểm")


CALLS: dict[str, Guarded] = {
    "news.actions.approve_post": Guarded(
        "news.review",
        lambda w, by: actions.approve_post(
            by=by,
            post=actions.propose_post(by=system_actor(), post=make.post(w.cast.ward, _PROPOSED)),
            version=1,
        ),
    ),
    "news.actions.archive_post": Guarded(
        "news.publish", lambda w, by: actions.archive_post(by=by, post=w.post)
    ),
    "news.actions.unarchive_post": Guarded(
        "news.publish",
        lambda w, by: actions.unarchive_post(
            by=by, post=actions.archive_post(by=system_actor(), post=w.post)
        ),
    ),
    "news.actions.correct_post": Guarded(
        "news.publish", lambda w, by: actions.correct_post(by=by, post=w.post, text="132, không phải 123")
    ),
    "news.actions.restore_revision": Guarded(
        "news.publish", lambda w, by: actions.restore_revision(by=by, post=w.post, version=1, restore=1)
    ),
    "news.actions.send_out_posts": Guarded(
        SYSTEM, lambda w, by: actions.send_out_posts(by=by, now=timezone.now())
    ),
    "news.actions.send_tip": Guarded(
        "news.write",
        lambda w, by: actions.send_tip(
            by=by,
            unit=w.cast.ward,
            key=uuid4(),
            title="Tin nhanh",
            text="Ba câu.",
            category=w.post.category,
            pictures=[],
        ),
    ),
    "news.actions.comment_on_post": Guarded(
        "news.write", lambda w, by: actions.comment_on_post(by=by, post=w.post, text="Thiếu ảnh")
    ),
    "news.actions.settle_comment": Guarded(
        "news.write",
        lambda w, by: actions.settle_comment(by=by, comment=_comment(w), is_settled=True),  # type: ignore[arg-type]
    ),
    "news.actions.keep_typing": Guarded(
        "news.write", lambda w, by: actions.keep_typing(by=by, post=w.post, version=1, values={})
    ),
    "news.actions.drop_typing": Guarded("news.write", lambda w, by: actions.drop_typing(by=by, post=w.post)),
    "news.actions.hold_post": Guarded("news.write", lambda w, by: actions.hold_post(by=by, post=w.post)),
    "news.actions.let_go_of_post": Guarded(
        "news.write", lambda w, by: actions.let_go_of_post(by=by, post=w.post)
    ),
}
