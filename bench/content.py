"""The articles both sides publish: the same words, the same pictures, plainly fictitious.

Every figure follows from the article's number alone, so two runs and two sides hold the same content.
"""

from dataclasses import dataclass
from typing import IO
from urllib.parse import quote_plus

from PIL import Image, ImageDraw

CATEGORIES = ("Hiến máu", "Tình nguyện", "Cứu trợ", "Sơ cấp cứu")
COVERS = 3
PARAGRAPHS = 8
MARKER = "Dòng cuối của bài mẫu số"

ANY_SLUG = "ngay-hoi-tinh-nguyen-lan-thu-"  # every article's address begins so
PLACES = 40  # so many names of wards in the texts

FOUND = 17  # the article a visitor looks for
# What visitors type: a title, a name that one text in forty holds, words that every text holds and some
# summaries, words that every text holds and no heading.
SEARCHES = (
    f"Ngày hội tình nguyện lần thứ {FOUND}",
    f"phường Mẫu{FOUND}",
    "sơ cấp cứu",
    "đội xung kích dựng lều",
)

SENTENCES = (
    "Sáng nay tại hội trường phường Mẫu, các chi hội đã gặp nhau để chuẩn bị chương trình của quý tới.",
    "Ban tổ chức cho biết việc đăng ký được mở đến hết ngày 20 và không thu một khoản phí nào.",
    "Tình nguyện viên mới được hướng dẫn cách ghi giờ hoạt động và cách giữ an toàn khi trời nắng nóng.",
    "Những gói quà nhỏ gồm gạo, dầu ăn và sữa được chuyển tận nhà cho các cụ sống một mình.",
    "Một buổi tập huấn sơ cấp cứu kéo dài ba giờ, có thực hành ép tim và băng bó, được tổ chức ngay sau đó.",
    "Các bạn trẻ trong đội xung kích nhận phần việc dựng lều, phát nước và đón người hiến máu.",
    "Danh sách người tham gia được đối chiếu hai lần trước khi gửi lên văn phòng thành phố.",
    "Mọi thắc mắc có thể gửi về hộp thư mẫu lien-he@example.org trong giờ làm việc.",
)


@dataclass(frozen=True)
class Article:
    """One article: what both sides are given."""

    number: int
    title: str
    slug: str
    summary: str
    body: str
    category: str
    author: str
    cover: int
    alt: str


def article(number: int) -> Article:
    """The article of that number, counted from 1."""
    parts = []
    for at in range(PARAGRAPHS):
        if at in (3, 6):
            parts.append(f"<h2>Phần {at // 3}: việc cần làm (mẫu)</h2>")
        chosen = (SENTENCES[(number + at + step) % len(SENTENCES)] for step in range(4))
        words = " ".join(chosen)
        link = ' <a href="https://example.org/mau">Xem thêm (mẫu)</a>.' if at == 1 else ""
        parts.append(f"<p>{words}{link}</p>")
    parts.append("<ul><li>Thứ bảy: hiến máu</li><li>Chủ nhật: <b>dọn kênh</b></li><li>Thứ hai: họp</li></ul>")
    parts.append(f"<p>Tin của phường Mẫu{number % PLACES + 1}.</p>")
    parts.append(f"<p>{MARKER} {number}.</p>")
    return Article(
        number=number,
        title=f"Ngày hội tình nguyện lần thứ {number} (mẫu)",
        slug=f"{ANY_SLUG}{number}-mau",
        summary=SENTENCES[number % len(SENTENCES)],
        body="".join(parts),
        category=CATEGORIES[number % len(CATEGORIES)],
        author="Ban biên tập (mẫu)",
        cover=number % COVERS,
        alt=f"Hình vẽ mẫu số {number % COVERS + 1}: các vòng tròn màu",
    )


def search_path(words: str) -> str:
    """The address of a search on both sides."""
    return "/tim-kiem/?q=" + quote_plus(words)


def articles(size: int) -> list[Article]:
    """So many articles, oldest first."""
    return [article(number) for number in range(1, size + 1)]


def draw_cover(number: int, file: IO[bytes]) -> None:
    """Draw cover number 0 … COVERS-1 as a JPEG of 1600 by 900 into `file`."""
    picture = Image.new("RGB", (1600, 900), (245, 240, 232))
    brush = ImageDraw.Draw(picture)
    for at in range(24):
        x, y, r = (at * 397 + number * 131) % 1600, (at * 211 + number * 71) % 900, 40 + at * 11 % 120
        brush.ellipse((x - r, y - r, x + r, y + r), fill=(at * 37 % 256, (at * 71 + number) % 256, 120))
    picture.save(file, "JPEG", quality=88)
