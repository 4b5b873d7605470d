"""How the actions of the media library are called (see tests/guarded.py)."""

from news import actions as news
from tests.factories import news as make_news
from tests.guarded import Guarded

CALLS: dict[str, Guarded] = {
    "news.actions.make_album": Guarded(
        "news.write", lambda w, by: news.make_album(by=by, unit=w.cast.ward, values={"title": "Ảnh mới"})
    ),
    "news.actions.edit_album": Guarded(
        "news.publish",
        lambda w, by: news.edit_album(
            by=by, album=w.album, version=w.album.version, values={"title": "Tên khác"}
        ),
    ),
    "news.actions.publish_album": Guarded(
        "news.publish",
        lambda w, by: news.publish_album(by=by, album=make_news.album(w.cast.ward, is_public=False)),
    ),
    "news.actions.take_down_album": Guarded(
        "news.publish", lambda w, by: news.take_down_album(by=by, album=w.album, reason="Nhầm")
    ),
}
