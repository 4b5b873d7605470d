"""Posts, pictures and files for tests."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from ledger.actor import Actor
from news import actions
from news.actions.albums import Placed
from news.enums import Ground
from news.models import Album, Category, Picture, Post
from people.actors import system_actor
from people.models import Unit

MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(range(256)) * 40


def category(slug: str = "hien-mau") -> Category:
    """One of the first sections; made anew where a browser's test has emptied the tables."""
    return Category.objects.get_or_create(slug=slug, defaults={"name": "Hiến máu"})[0]


def post(unit: Unit, title: str = "Ngày hội hiến máu", *, by: Actor | None = None, **values: Any) -> Post:
    """A complete draft."""
    given = {
        "title": title,
        "summary": f"Tóm tắt của {title}.",
        "body": "<p>Một đoạn văn.</p>",
        "category": category(),
        **values,
    }
    return actions.write_post(by=by or system_actor(), unit=unit, values=given)


def published(
    unit: Unit, title: str = "Ngày hội hiến máu", *, at: datetime | None = None, **values: Any
) -> Post:
    """A post on the site since an hour ago, or from `at` on."""
    made = post(unit, title, **values)
    when = at or timezone.now() - timedelta(hours=1)
    return actions.publish_post(by=system_actor(), post=made, version=made.version, at=when)


def jpeg(width: int = 640, height: int = 400, *, exif: Image.Exif | None = None) -> bytes:
    """A plain picture."""
    out = BytesIO()
    Image.new("RGB", (width, height), (200, 90, 60)).save(out, "JPEG", exif=exif or Image.Exif())
    return out.getvalue()


def picture(unit: Unit, data: bytes | None = None, **about: Any) -> Picture:
    """A picture that may be shown."""
    data = data or jpeg()
    given = {"alt": "Người hiến máu ngồi chờ", "ground": Ground.NO_PEOPLE, **about}
    return actions.add_picture(by=system_actor(), unit=unit, file=BytesIO(data), size=len(data), about=given)


def upload(data: bytes, name: str, content_type: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type)


def album(
    unit: Unit, title: str = "Ảnh ngày hội", pictures: list[Picture] | None = None, *, is_public: bool = True
) -> Album:
    """An album of one picture, or of these; public unless told otherwise."""
    placed = [Placed(one.pk) for one in (pictures if pictures is not None else [picture(unit)])]
    made = actions.make_album(by=system_actor(), unit=unit, values={"title": title}, pictures=placed)
    return actions.publish_album(by=system_actor(), album=made) if is_public else made
