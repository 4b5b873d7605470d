"""How the actions of the media library are called (see tests/guarded.py)."""

from datetime import date

from django.core.files.base import ContentFile

from news import actions as news
from news.actions import royalties
from tests.factories import news as make_news
from tests.guarded import ANYBODY, SYSTEM, Guarded

SMALL = make_news.jpeg(32, 20)

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
    "news.actions.withdraw_picture": Guarded(
        "news.publish",
        lambda w, by: news.withdraw_picture(by=by, picture=w.album.items.get().picture, reason="Xin gỡ"),
    ),
    "news.actions.delete_picture": Guarded(
        "news.write", lambda w, by: news.delete_picture(by=by, picture=make_news.picture(w.cast.ward, SMALL))
    ),
    # Files of what is withdrawn already: decides nothing.
    "news.actions.sweep_picture": Guarded(ANYBODY, lambda w, by: news.sweep_picture(by=by, pk=0)),
    "news.actions.describe_video": Guarded(
        "news.write", lambda w, by: news.describe_video(by=by, video=w.video, title="Phim", poster=None)
    ),
    "news.actions.add_post_file": Guarded(
        "news.write", lambda w, by: make_news.post_file(w.cast.ward, "to-khai.docx", by=by)
    ),
    "news.actions.remove_post_file": Guarded(
        "news.write", lambda w, by: news.remove_post_file(by=by, file=w.post_file)
    ),
    "news.actions.withdraw_video": Guarded(
        "news.publish", lambda w, by: news.withdraw_video(by=by, video=w.video, reason="Xin gỡ")
    ),
    "news.actions.take_in_old_site": Guarded(
        "news.publish",
        lambda w, by: news.take_in_old_site(
            by=by,
            unit=w.cast.ward,
            file=ContentFile(make_news.wxr(), "a.xml"),
            about={"category": make_news.category(), "source": "Trang cũ", "permission": "TB 1"},
        ),
    ),
    "news.actions.start_old_site": Guarded(
        "news.publish", lambda w, by: news.start_old_site(by=by, site=w.old_site)
    ),
    "news.actions.work_old_site": Guarded(SYSTEM, lambda w, by: news.work_old_site(by=by, pk=w.old_site.pk)),
    "news.actions.royalties.set_royalty_rate": Guarded(
        "news.publish",
        lambda w, by: royalties.set_royalty_rate(
            by=by, unit=w.cast.ward, piece="news", amount=1, from_on=by.on, citation="QĐ 1"
        ),
    ),
    "news.actions.royalties.confirm_royalty_rate": Guarded(
        "news.publish",
        lambda w, by: royalties.confirm_royalty_rate(by=by, unit=w.cast.ward, rate=w.royalty_rate),
    ),
    "news.actions.royalties.close_royalties": Guarded(
        "news.publish",
        lambda w, by: royalties.close_royalties(by=by, unit=w.cast.ward, month=date(2026, 6, 1)),
    ),
}
