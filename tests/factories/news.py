"""Posts, pictures and files for tests."""

from datetime import date, datetime, timedelta
from io import BytesIO
from itertools import cycle
from typing import Any
from zipfile import ZipFile

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook
from PIL import Image

from ledger.actor import Actor
from news import actions
from news.actions.albums import Placed
from news.actions.royalties import set_royalty_rate
from news.enums import Ground
from news.models import Album, Category, OldSite, Picture, Post, PostFile, RoyaltyRate, Video
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Unit
from tests.factories import documents
from tests.factories import people as make_people

REDS = cycle(range(20, 240, 4))
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


def jpeg(width: int = 640, height: int = 400, *, exif: Image.Exif | None = None, red: int = 200) -> bytes:
    """A plain picture."""
    out = BytesIO()
    Image.new("RGB", (width, height), (red, 90, 60)).save(out, "JPEG", exif=exif or Image.Exif())
    return out.getvalue()


def picture(unit: Unit, data: bytes | None = None, **about: Any) -> Picture:
    """A picture that may be shown; without data each time another one."""
    data = data or jpeg(red=next(REDS))
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


def xlsx(part: str = "", text: str = "") -> bytes:
    """An Excel file of one cell, with one part more if it is named."""
    book, out = Workbook(), BytesIO()
    book.worksheets[0]["A1"] = "Họ tên"
    book.save(out)
    if part:
        with ZipFile(out, "a") as packed:
            packed.writestr(part, text)
    return out.getvalue()


def post_file(
    unit: Unit,
    name: str = "mau-dang-ky.xlsx",
    data: bytes | None = None,
    *,
    by: Actor | None = None,
    title: str = "",
) -> PostFile:
    """A file of the unit for its posts."""
    given = data or (documents.docx("Tờ khai") if name.endswith("docx") else xlsx())
    file = ContentFile(given, name)
    return actions.add_post_file(by=by or system_actor(), unit=unit, file=file, title=title)


def video(unit: Unit) -> Video:
    """An own film."""
    file = SimpleUploadedFile("phim.mp4", MP4, "video/mp4")
    return actions.add_video_file(by=system_actor(), unit=unit, file=file)


WXR = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>{items}</channel></rss>"""


def wxr(*items: str) -> bytes:
    """A WordPress export of these items."""
    return WXR.format(items="".join(items)).encode()


def wxr_post(number: int, title: str, body: str, *, day: str = "2021-06-14 01:00:00", more: str = "") -> str:
    """One article of it."""
    return (
        f"<item><title>{title}</title><link>https://cu.example.org/{number}-bai.html</link>"
        f"<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
        f"<wp:post_date_gmt>{day}</wp:post_date_gmt><wp:status>publish</wp:status>"
        f"<wp:post_type>post</wp:post_type>{more}</item>"
    )


def old_site(unit: Unit, data: bytes | None = None, name: str = "trang-cu.xml", **about: Any) -> OldSite:
    """An export taken in, waiting to be tried, by a publisher of the unit."""
    given = {"category": category(), "source": "Trang tin cũ", "permission": "Thường trực, 12/TB-CTĐ"}
    by = make_people.actor(make_people.officer(OfficeCode.PUBLISHER, unit))
    file = ContentFile(data or wxr(wxr_post(1, "Bài cũ", "<p>Lời cũ.</p>")), name)
    return actions.take_in_old_site(by=by, unit=unit, file=file, about=given | about)


def royalty_rate(city: Unit, piece: str = "video", amount: int = 100_000) -> RoyaltyRate:
    """A rate of the city chapter that nobody has confirmed."""
    return set_royalty_rate(
        by=system_actor(),
        unit=city,
        piece=piece,
        amount=amount,
        from_on=date(2025, 1, 1),
        citation="QĐ (mẫu)",
    )
