"""A withdrawn picture is gone everywhere at once: posts, albums, feeds, kept pages, files, old addresses."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from PIL import Image, ImageDraw

from foundation.refusal import Refused
from ledger.models import AuditEntry
from news import actions, embeds
from news.actions.examples import write_example
from news.actions.pictures import STALE
from news.actions.withdrawing import files_of
from news.models import Picture, Rendition
from news.queries import due_renditions, media
from people.actors import system_actor
from tests.conftest import Cast
from tests.factories import news

pytestmark = pytest.mark.django_db


def photo(width: int = 640, quality: int = 90, seed: int = 3) -> bytes:
    """A picture with something on it, the same at every width."""
    image = Image.new("RGB", (640, 400), (240, 238, 232))
    draw = ImageDraw.Draw(image)
    for n in range(12):
        x, y = (n * 97 * seed) % 600, (n * 61 * seed) % 360
        draw.ellipse((x, y, x + 90 + n * 5, y + 70), fill=(n * 20, 90 + n * 5, 200 - n * 12))
    out = BytesIO()
    image.resize((width, width * 400 // 640)).save(out, "JPEG", quality=quality)
    return out.getvalue()


def render_all() -> None:
    for pk in list(due_renditions(timezone.now() - STALE)):
        actions.make_rendition(by=system_actor(), pk=pk)


def test_it_is_gone_everywhere(cast: Cast, django_capture_on_commit_callbacks: Any, settings: Any) -> None:
    settings.PAGE_CACHE = True
    picture = news.picture(cast.ward, photo())
    render_all()
    picture.refresh_from_db()
    file = picture.sources["src"]
    post = news.published(
        cast.ward,
        cover=picture,
        body=f'<p>Lời.</p><figure data-kind="picture" data-id="{picture.pk}"></figure>',
    )
    album = news.album(cast.ward, pictures=[picture, news.picture(cast.ward)])
    reader = Client()
    pages = ["/", "/tin-tuc/", post.get_absolute_url(), album.get_absolute_url(), "/tin-tuc/rss/"]
    before = "".join(reader.get(page).content.decode() for page in pages)
    assert before.count(picture.digest) >= 4
    assert reader.get(file).status_code == 200

    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_picture(by=system_actor(), picture=picture, reason="Người trong ảnh rút lời đồng ý")

    after = "".join(reader.get(page).content.decode() for page in pages)
    assert picture.digest not in after
    assert [name for name in files_of(picture) if default_storage.exists(name)] == []
    assert {reader.get(f"/{name}").status_code for name in files_of(picture)} == {410}
    assert embeds.things_in(system_actor(), post.body) == {"picture": {}}
    entry = AuditEntry.objects.get(act="news.withdraw_picture")
    assert entry.reason == "Người trong ảnh rút lời đồng ý"


def test_it_does_not_come_back(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    data = photo()
    picture = news.picture(cast.ward, data)
    elsewhere = news.picture(cast.other_ward, data)
    rendition = Rendition.objects.filter(picture=picture).first()
    assert rendition is not None
    post = news.post(cast.ward)
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_picture(by=system_actor(), picture=picture, reason="Xin gỡ")
    elsewhere.refresh_from_db()
    assert elsewhere.is_withdrawn
    with pytest.raises(Refused) as refused:
        news.picture(cast.ward, data)
    assert "đã bị gỡ" in str(refused.value)
    stale = Picture(pk=picture.pk, unit=cast.ward, withdrawn_at=timezone.now())
    saved = actions.edit_post(by=system_actor(), post=post, version=1, values={"cover": stale})
    assert saved.cover is None
    assert not actions.make_rendition(by=system_actor(), pk=rendition.pk)


def test_look_alikes_go_with_it_and_the_sweep_ends_what_was_killed(cast: Cast) -> None:
    picture = news.picture(cast.ward, photo())
    smaller = news.picture(cast.ward, photo(500, 60))
    other = news.picture(cast.ward, photo(seed=7))
    assert [one.pk for one in media.alike(system_actor(), picture)] == [smaller.pk]
    actions.withdraw_picture(by=system_actor(), picture=picture, reason="Xin gỡ", alike=[smaller.pk])
    # Nothing ran after the commit: as after a kill. The files are still there, and the rows know it.
    assert default_storage.exists(smaller.master_name)
    waiting = list(media.pictures_to_sweep())
    assert waiting == [picture.pk, smaller.pk]
    assert [actions.sweep_picture(by=system_actor(), pk=pk) for pk in [*waiting, *waiting]] == [
        True,
        True,
        False,
        False,
    ]
    assert not default_storage.exists(smaller.master_name)
    assert default_storage.exists(other.master_name)
    late = news.picture(cast.ward, photo(480, 40))
    assert media.twin_withdrawn(late) == picture


def test_a_used_picture_is_not_deleted(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    picture = news.picture(cast.ward, photo(seed=9))
    post = news.post(cast.ward, cover=picture)
    with pytest.raises(Refused):
        actions.delete_picture(by=system_actor(), picture=picture)
    assert [(use.title, use.how) for use in media.uses_of(picture)] == [(post.title, "ảnh bìa")]
    actions.edit_post(by=system_actor(), post=post, version=1, values={"cover": None})
    with django_capture_on_commit_callbacks(execute=True):
        actions.delete_picture(by=system_actor(), picture=picture)
    assert not Picture.objects.filter(digest=picture.digest).exists()
    assert not default_storage.exists(picture.master_name)


def test_the_same_file_twice_is_one_picture(cast: Cast) -> None:
    data = photo(seed=11)
    first = news.picture(cast.ward, data, credit="Ban Truyền thông")
    again = actions.add_picture(
        by=system_actor(), unit=cast.ward, file=BytesIO(data), size=len(data), about={"event": "Ngày hội"}
    )
    assert (again.pk, again.was_there, again.event, again.credit) == (
        first.pk,
        True,
        "Ngày hội",
        "Ban Truyền thông",
    )


def test_a_withdrawn_video_is_gone_with_its_captions(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    video = news.video(cast.ward)
    poster = news.picture(cast.ward, photo(seed=5))
    text = "1\n00:00:01,000 --> 00:00:04,000\n<b>Xin chào</b> & mời bạn\n"
    actions.describe_video(
        by=system_actor(), video=video, title="Ngày hội", poster=poster, captions=text.encode()
    )
    video.refresh_from_db()
    post = news.published(cast.ward, video=video)
    page = Client().get(post.get_absolute_url()).content.decode()
    assert f'src="{video.captions_url}"' in page
    assert f'poster="{poster.sources["src"]}"' in page
    told = Client().get(video.captions_url)
    assert told["Content-Type"] == "text/vtt; charset=utf-8"
    assert told.content.decode() == ("WEBVTT\n\n00:00:01.000 --> 00:00:04.000\nXin chào &amp; mời bạn\n")
    with django_capture_on_commit_callbacks(execute=True):
        actions.withdraw_video(by=system_actor(), video=video, reason="Nhạc chưa được phép")
    assert Client().get(video.file_url).status_code == 410
    assert Client().get(f"/phim/phu-de/{video.captions_digest}.vtt").status_code == 404
    post.refresh_from_db()
    assert post.video is None


def test_a_good_example_uses_a_picture_and_loses_a_withdrawn_one(cast: Cast) -> None:
    picture, free = news.picture(cast.ward), news.picture(cast.ward)
    inside = news.picture(cast.ward)
    news.post(
        cast.ward, "Bài có ảnh", body=f'<p>Lời</p><figure data-kind="picture" data-id="{inside.pk}"></figure>'
    )
    values = {"kind": "group", "title": "Tủ thuốc đầu hẻm", "name": "Chi hội 4"}
    example = write_example(by=system_actor(), unit=cast.ward, values=values, pictures=[picture])
    with pytest.raises(Refused):
        actions.delete_picture(by=system_actor(), picture=picture)
    assert [use.kind for use in media.uses_of(picture)] == ["example"]
    assert list(media.filtered(system_actor(), {"tinh-trang": "chua-dung"})) == [free]
    actions.withdraw_picture(by=system_actor(), picture=picture, reason="Xin gỡ")
    assert not example.example_pictures.exists()
