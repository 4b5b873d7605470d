"""The demo's posts: ten on the site, and some that still live in the newsroom."""

import re
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from foundation.dates import ZONE
from foundation.text import fold
from ledger.actor import Actor
from ledger.enums import Via
from ledger.models import User
from news import actions
from news.enums import Ground, TagKind
from news.models import Category, Picture, Post, Tag, Video
from people.actors import actor_for
from people.models import Unit
from redcross.demo.post_texts import DRAFTS, POSTS, PostText

PATTERN_DAY = date(2026, 11, 24)
# What a demo post is about, beside its category: every post that says the word gets the tag.
PROGRAMMES = ("Tết Nhân ái", "Học kỳ Nhân đạo", "Mỗi tuần một việc tốt")
WORDS = ("Hiến máu", "Sơ cấp cứu", "Thanh niên", "Sinh viên", "Chi hội", "Tình nguyện viên")
FOLDER = Path(__file__).parent
_DAY = re.compile(r"\{(\d{4}-\d\d-\d\d)(\|dm)?\}")


def load_posts(units: dict[str, Unit], users: dict[str, User], on: date) -> int:
    """Write and publish the demo's posts as of `on`; returns how many. A missing picture is left out."""
    writer = actor_for(users["bien-tap"], Via.COMMAND)
    publisher = actor_for(users["duyet-bai"], Via.COMMAND)
    categories = {category.slug: category for category in Category.objects.all()}
    city, programme = units["TP"], TagKind.PROGRAMME
    tags = [actions.add_tag(by=publisher, unit=city, name=name, kind=programme) for name in PROGRAMMES]
    tags += [actions.add_tag(by=writer, unit=city, name=name) for name in WORDS]
    shift = on - PATTERN_DAY
    pictures: dict[str, Picture | None] = {}

    def written(text: PostText) -> Post:
        unit = units[text.unit]
        if text.picture not in pictures:
            pictures[text.picture] = picture_of(writer, unit, text)
        values: dict[str, Any] = {
            "category": categories[text.category],
            "title": shifted(text.title, shift),
            "summary": shifted(text.summary, shift),
            "body": "".join(paragraph(shifted(words, shift)) for words in text.paragraphs),
            "author_line": text.author,
            "cover": pictures[text.picture],
            "video": video_of(writer, unit, text),
            "tags": tags_of(text, tags),
        }
        return actions.write_post(by=writer, unit=unit, values=values)

    for number, text in enumerate(POSTS):
        post = written(text)
        at = datetime.combine(text.day + shift, time(8 + number % 3, 15), ZONE)
        actions.publish_post(by=publisher, post=post, version=post.version, at=min(at, timezone.now()))
    waiting, scheduled, withdrawn, returned = (written(text) for text in DRAFTS)
    for post in (waiting, returned):
        actions.propose_post(by=writer, post=post)
    actions.return_post(
        by=publisher, post=returned, reason="Xin bổ sung số hội viên được thăm và một ảnh có chú thích."
    )
    at = datetime.combine(DRAFTS[1].day + shift, time(7, 30), ZONE)
    actions.publish_post(by=publisher, post=scheduled, version=scheduled.version, at=at)
    at = datetime.combine(DRAFTS[2].day + shift, time(9), ZONE)
    actions.publish_post(by=publisher, post=withdrawn, version=withdrawn.version, at=at)
    actions.withdraw_post(
        by=publisher, post=withdrawn, reason="Việc sửa chữa đã xong, thông báo hết giá trị."
    )
    return len(POSTS) + len((waiting, scheduled, withdrawn, returned))


def shifted(text: str, shift: timedelta) -> str:
    """The text with every {day of the pattern} moved and written dd/mm/yyyy, or dd/mm with |dm."""

    def written(found: re.Match[str]) -> str:
        day = date.fromisoformat(found[1]) + shift
        return f"{day:%d/%m}" if found[2] else f"{day:%d/%m/%Y}"

    return _DAY.sub(written, text)


def tags_of(text: PostText, tags: list[Tag]) -> list[Tag]:
    """The tags whose words stand in the text."""
    words = fold(" ".join((text.title, text.summary, *text.paragraphs)))
    return [tag for tag in tags if fold(tag.name) in words]


def paragraph(words: str) -> str:
    return words if words.startswith("<") else f"<p>{words}</p>"


def picture_of(by: Actor, unit: Unit, text: PostText) -> Picture | None:
    """The demo's picture of that name, taken in as an editor would; None if it is not there."""
    path = FOLDER / "pictures" / f"{text.picture}.jpg"
    if not text.picture or not path.exists():
        return None
    about = {
        "alt": text.alt,
        "caption": text.caption,
        "credit": "Thành Hội (mẫu)",
        "ground": Ground.NO_PEOPLE,
        "focal_x": 50,
        "focal_y": 45,
    }
    with path.open("rb") as file:
        return actions.add_picture(by=by, unit=unit, file=file, size=path.stat().st_size, about=about)


def video_of(by: Actor, unit: Unit, text: PostText) -> Video | None:
    """The text's link or file as a video; None if it has none, or the file is not there."""
    if text.video.startswith("https://"):
        return actions.link_video(by=by, unit=unit, link=text.video)
    path = FOLDER / "video" / text.video
    if not text.video or not path.exists():
        return None
    file = SimpleUploadedFile(path.name, path.read_bytes(), content_type="video/mp4")
    return actions.add_video_file(by=by, unit=unit, file=file)
