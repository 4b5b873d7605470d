"""The old site: tried first, brought in once, killed and gone on with, its addresses leading on."""

import re
import zipfile
from io import BytesIO

import pytest
from django.test import Client

from foundation.refusal import Refused
from news import actions
from news.actions import oldsite
from news.actions.oldsite_files import opened_export
from news.enums import Ground, OldState, PostState
from news.models import OldItem, OldPath, OldSite, Picture, Post
from people.actors import system_actor
from tests.conftest import Cast, sign_in
from tests.factories import news

pytestmark = pytest.mark.django_db
THUMB = "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>90</wp:meta_value></wp:postmeta>"
ATTACHMENT = (
    "<item><title>a</title><wp:post_id>90</wp:post_id><wp:post_type>attachment</wp:post_type>"
    "<wp:attachment_url>https://cu.example.org/wp-content/uploads/2021/bia.jpg</wp:attachment_url></item>"
)


def zipped(**files: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def worked(site: OldSite) -> OldSite:
    actions.work_old_site(by=system_actor(), pk=site.pk)
    site.refresh_from_db()
    return site


def brought_in(site: OldSite) -> OldSite:
    actions.start_old_site(by=system_actor(), site=worked(site))
    return worked(site)


def test_a_wordpress_export_with_its_pictures(cast: Cast) -> None:
    body = (
        "<!-- wp:paragraph --><p>Sáng 14/06, <script>alert(1)</script>132 người hiến máu.</p>"
        '<p onclick="x()"><a href="https://cu.example.org/wp-content/uploads/2021/anh.jpg">'
        '<img src="https://cu.example.org/wp-content/uploads/2021/anh-300x200.jpg"'
        ' alt="Bàn tiếp đón"></a></p>'
        '<p>Hết.</p><img src="https://cu.example.org/thieu.jpg">'
    )
    wxr = news.wxr(
        news.wxr_post(1, "Ngày hội cũ", body, more=THUMB),
        news.wxr_post(2, "Bài nháp", "<p>Chưa đăng</p>").replace(">publish<", ">draft<"),
        news.wxr_post(3, "Không ngày", "Một đoạn.\n\nHai đoạn.", day="0000-00-00 00:00:00"),
        ATTACHMENT,
    )
    data = zipped(
        **{
            "site/trang.xml": wxr,
            "site/wp-content/uploads/2021/anh.jpg": news.jpeg(800),
            "site/wp-content/uploads/2021/bia.jpg": news.jpeg(900),
            "../../etc/passwd.jpg": b"x",
        }
    )
    site = worked(news.old_site(cast.ward, data, "cu.zip", ground=Ground.PUBLIC_ACTIVITY, proof="TB 5"))
    assert site.state == OldState.TRIED
    assert list(site.items.order_by("pk").values_list("title", "verdict", "pictures", "missing")) == [
        ("Ngày hội cũ", "new", 2, 1),
        ("Bài nháp", "cannot", 0, 0),
        ("Không ngày", "draft", 0, 0),
    ]
    assert (Post.objects.count(), Picture.objects.count()) == (0, 0)

    actions.start_old_site(by=system_actor(), site=site)
    assert worked(site).state == OldState.DONE
    post = Post.objects.get(title="Ngày hội cũ")
    assert post.state == PostState.DRAFT  # the cover has no description: a person adds it
    assert "Còn là bản nháp" in OldItem.objects.get(title="Ngày hội cũ").note
    inside = Picture.objects.get(alt="Bàn tiếp đón")
    assert post.body == (
        "<p>Sáng 14/06, 132 người hiến máu.</p>"
        f'<figure data-kind="picture" data-id="{inside.pk}"></figure><p>Hết.</p>'
    )
    assert post.cover is not None
    assert post.cover != inside
    assert Post.objects.get(title="Không ngày").body == "<p>Một đoạn.</p><p>Hai đoạn.</p>"
    for picture in Picture.objects.all():
        actions.describe_picture(by=system_actor(), picture=picture, about={"alt": "Người dân chờ hiến máu"})
    post.refresh_from_db()
    actions.publish_post(by=system_actor(), post=post, version=post.version)
    reader = Client()
    moved = reader.get("/1-bai.html/?utm_source=x")
    assert (moved.status_code, moved["Location"]) == (301, post.get_absolute_url())
    old_picture = reader.get("/wp-content/uploads/2021/bia.jpg")
    assert (old_picture.status_code, old_picture["Location"]) == (301, post.cover.sources["src"])
    actions.withdraw_picture(by=system_actor(), picture=post.cover, reason="Xin gỡ")
    assert reader.get("/wp-content/uploads/2021/bia.jpg").status_code == 410
    assert reader.get("/2-bai.html").status_code == 404


def test_pages_of_html_go_on_the_site_with_their_old_day(cast: Cast) -> None:
    page = """<html><head><meta charset="utf-8"><title>Trang</title>
    <meta property="og:title" content="Chi hội kết nạp hội viên">
    <meta property="article:published_time" content="2020-03-27T08:00:00+07:00">
    <meta name="description" content="Mười hai hội viên mới."></head>
    <body><nav>Thực đơn</nav><article><h1>Chi hội kết nạp hội viên</h1>
    <p>Lời <b>bài</b>.</p></article></body>"""
    data = zipped(**{"tin/2020/ket-nap.html": page.encode(), "tin/index.html": b"<p>"})
    site = brought_in(news.old_site(cast.ward, data, "trang.zip"))
    post = Post.objects.get()
    assert (site.state, post.state, post.summary) == (OldState.DONE, "published", "Mười hai hội viên mới.")
    assert post.body == "<p>Lời <strong>bài</strong>.</p>"
    assert post.publish_at is not None
    assert post.publish_at.date().isoformat() == "2020-03-27"
    assert Client().get("/tin/2020/ket-nap.html")["Location"] == post.get_absolute_url()


def test_links_between_old_articles_lead_to_where_they_stand_now(cast: Cast) -> None:
    body = (
        '<p><a href="https://www.cu.example.org/2-bai.html?utm_source=x#y">Bài sau</a>'
        ' <a href="2-bai.html">gần</a> <a href="/9-bai.html">chưa nhập</a>'
        ' <a href="https://khac.example.org/2-bai.html">khác</a> <a href="mailto:a@example.org">thư</a></p>'
    )
    site = brought_in(
        news.old_site(
            cast.ward, news.wxr(news.wxr_post(1, "Một", body), news.wxr_post(2, "Hai", "<p>Lời.</p>"))
        )
    )
    assert site.state == OldState.DONE
    hrefs = re.findall('href="([^"]*)"', Post.objects.get(title="Một").body)
    two = Post.objects.get(title="Hai").get_absolute_url()
    assert hrefs == [
        two,
        two,
        "/9-bai.html",
        "https://khac.example.org/2-bai.html",
        "mailto:a@example.org",
    ]
    assert Post.objects.get(title="Một").revisions.count() == 2


def test_twice_does_nothing_twice_and_a_killed_one_goes_on(cast: Cast) -> None:
    data = news.wxr(*(news.wxr_post(n, f"Bài {n}", f"<p>Lời {n}.</p>") for n in range(1, 6)))
    site = worked(news.old_site(cast.ward, data))
    actions.start_old_site(by=system_actor(), site=site)
    first = site.items.order_by("pk")[0]
    # A worker brought in one article and died with its claim.
    site.refresh_from_db()
    with opened_export(site.file) as export:
        work = oldsite._Work(site, export, system_actor(), {})
        article = next(export.articles())
        oldsite._bring_in_one(work, first, article)
        oldsite._bring_in_one(work, first, article)
    assert Post.objects.count() == 1
    assert worked(site).state == OldState.DONE
    assert (Post.objects.count(), OldPath.objects.count()) == (5, 5)
    assert not actions.work_old_site(by=system_actor(), pk=site.pk)
    again = worked(news.old_site(cast.ward, data))
    assert set(again.items.values_list("verdict", flat=True)) == {"same"}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss>&x;", "a.xml"),
        (b"PK\x03\x04 hong", "a.zip"),
        (zipped(**{"bom.html": b"0" * 30_000_000}), "bom.zip"),
    ],
)
def test_what_is_no_export_is_told(cast: Cast, data: bytes, name: str) -> None:
    site = worked(news.old_site(cast.ward, data, name))
    assert (site.state, bool(site.problem)) == (OldState.FAILED, True)
    with pytest.raises(Refused):
        news.old_site(cast.ward, b"%PDF-1.7", "a.pdf")


def test_its_pages(cast: Cast) -> None:
    site = worked(news.old_site(cast.ward))
    user = site.by_user
    client = sign_in(user)
    page = client.get(f"/lam-viec/tin-bai/trang-cu/{site.pk}/")
    assert "Sẽ nhập 1 bài" in page.content.decode()
    client.post(f"/lam-viec/tin-bai/trang-cu/{site.pk}/")
    worked(site)
    assert client.get("/lam-viec/tin-bai/trang-cu/").status_code == 200
    assert "Bài cũ" in client.get(f"/lam-viec/tin-bai/trang-cu/{site.pk}/?ket-qua=new").content.decode()
