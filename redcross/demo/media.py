"""The demo's media library: pictures of every ground, albums, captions, royalties, an old site."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageEnhance

from foundation.refusal import Refused
from ledger.actor import Actor
from ledger.enums import Via
from ledger.models import User
from news import actions
from news.actions.albums import Placed
from news.actions.royalties import close_royalties, set_royalty_rate
from news.enums import Ground, Licence
from news.models import Category, Picture, Video
from people.actors import actor_for
from people.models import Unit
from redcross.demo.media_texts import (
    ALBUM,
    CAPTIONS,
    CUTS,
    DRIVE,
    OLD_ARTICLES,
    OLD_ITEM,
    OLD_SITE,
    RATES,
    Cut,
)

FOLDER = Path(__file__).parent
SIZE = (840, 560)
DRIVE_DAY = timedelta(days=163)
MONTHS_BACK = 12


def load_media(units: dict[str, Unit], users: dict[str, User], on: date) -> int:
    """Fill the library as of `on`, after the posts; returns how many pictures and albums were written."""
    writer, publisher = (actor_for(users[name], Via.COMMAND) for name in ("bien-tap", "duyet-bai"))
    pictures = [taken_in(writer, units, cut, on) for cut in CUTS]
    actions.withdraw_picture(
        by=publisher, picture=pictures[-1], reason="Người trong ảnh rút lại đồng ý (tình huống mẫu)."
    )
    albums = load_albums(writer, publisher, units, pictures)
    caption_the_film(writer, units["SCC"])
    load_royalties(publisher, units["TP"], on)
    load_old_site(publisher, units["TP"])
    return len(pictures) + albums


def taken_in(by: Actor, units: dict[str, Unit], cut: Cut, on: date) -> Picture:
    """The part of the drawing, taken in as an editor would."""
    unit = units[cut.unit]
    data = drawn(cut)
    about: dict[str, Any] = {
        "alt": cut.alt,
        "caption": cut.caption,
        "credit": cut.credit,
        "licence": cut.licence,
        "event": cut.event,
        "taken_on": on - DRIVE_DAY if cut.event == DRIVE else None,
        "ground": cut.ground,
        "proof": cut.proof,
        "representative_proof": cut.representative,
        "focal_x": cut.focal[0],
        "focal_y": cut.focal[1],
        "tags": [actions.add_tag(by=by, unit=unit, name=name) for name in cut.tags],
    }
    name = f"{cut.drawing[3:]}-{cut.left}.jpg"
    return actions.add_picture(by=by, unit=unit, file=BytesIO(data), size=len(data), about=about, name=name)


def drawn(cut: Cut) -> bytes:
    """The part as JPEG, in SIZE."""
    with Image.open(FOLDER / "pictures" / f"{cut.drawing}.jpg") as whole:
        height = cut.width * SIZE[1] // SIZE[0]
        part = whole.crop((cut.left, cut.top, cut.left + cut.width, cut.top + height)).resize(SIZE)
    if cut.brighter != 1:
        part = ImageEnhance.Brightness(part).enhance(cut.brighter)
    out = BytesIO()
    part.save(out, "JPEG", quality=84)
    return out.getvalue()


def load_albums(writer: Actor, publisher: Actor, units: dict[str, Unit], pictures: list[Picture]) -> int:
    """One on the site, and one that still lacks a proof; returns how many."""
    title, summary = ALBUM
    placed = [Placed(picture.pk) for picture in pictures[:4]]
    values = {"title": title, "summary": summary}
    shown = actions.make_album(by=writer, unit=units["P001"], values=values, pictures=placed)
    actions.publish_album(by=publisher, album=shown)
    waiting = [Placed(pictures[number].pk) for number in (7, 9, 10)]
    values = {"title": "Kho quà Tết trước ngày trao", "summary": "Còn chờ phiếu đồng ý của người trong ảnh."}
    actions.make_album(by=writer, unit=units["TP"], values=values, pictures=waiting)
    return 2


def caption_the_film(by: Actor, unit: Unit) -> None:
    """Poster and captions for the film of the first-aid class, if the demo has it."""
    film = Video.objects.filter(unit=unit).exclude(file_name="").first()
    path = FOLDER / "video" / "first-aid-poster.jpg"
    if film is None or not path.exists():
        return
    about = {
        "alt": "Tranh: hình mở đầu của phim, lớp sơ cấp cứu trong phòng học",
        "credit": "Thành Hội (mẫu)",
        "licence": Licence.OWN,
        "ground": Ground.NO_PEOPLE,
    }
    with path.open("rb") as file:
        poster = actions.add_picture(
            by=by, unit=unit, file=file, size=path.stat().st_size, about=about, name=path.name
        )
    title = "Ép tim ngoài lồng ngực (phim mẫu)"
    actions.describe_video(by=by, video=film, title=title, poster=poster, captions=CAPTIONS.encode())


def load_royalties(by: Actor, unit: Unit, on: date) -> None:
    """Made-up rates that nobody has confirmed, and the last month with something to pay, closed."""
    first = date(on.year - 1, 1, 1)
    citation = "Số tiền minh họa của bản mẫu, không theo quyết định nào"
    for piece, amount, words in RATES:
        set_royalty_rate(
            by=by, unit=unit, piece=piece, amount=amount, from_on=first, citation=citation, words_from=words
        )
    month = by.on.replace(day=1)
    for _n in range(MONTHS_BACK):
        month = (month - timedelta(days=1)).replace(day=1)
        try:
            close_royalties(by=by, unit=unit, month=month)
        except Refused:  # nothing of this unit appeared in it
            continue
        return


def load_old_site(by: Actor, unit: Unit) -> None:
    """A small export of an old site, to be tried by the worker, then looked at."""
    items = "".join(
        OLD_ITEM.format(number=n, day=day, status=status, path=path, title=title, body=body)
        for n, day, status, path, title, body in OLD_ARTICLES
    )
    about = {
        "category": Category.objects.order_by("pk")[0],
        "source": "Trang tin cũ của Thành Hội (mẫu)",
        "permission": "Thường trực Thành Hội đồng ý, thông báo 09/TB (mẫu)",
        "ground": Ground.PUBLIC_ACTIVITY,
        "proof": "Bài đã công khai trên trang cũ (mẫu)",
        "publishes": True,
    }
    file = ContentFile(OLD_SITE.format(items=items).encode(), "trang-cu-mau.xml")
    actions.take_in_old_site(by=by, unit=unit, file=file, about=about)
