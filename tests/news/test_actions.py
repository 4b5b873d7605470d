"""Writing, publishing, taking down; two editors at once; the rights of each office."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from foundation.refusal import Refused
from ledger.models import AuditEntry
from news import actions
from news.actions.posts import ChangedMeanwhile
from news.enums import Ground, PostState, RenditionState
from news.models import OldAddress, Picture, Post, Rendition
from news.models.pictures import file_name
from news.tasks import make_due_renditions
from people.actors import system_actor
from people.enums import OfficeCode
from tests.conftest import Cast
from tests.factories import news, people

pytestmark = pytest.mark.django_db


def test_a_ward_officer_writes_for_the_ward_and_for_no_other(cast: Cast) -> None:
    by = people.actor(cast.unit_officer)
    made = news.post(cast.ward, by=by)
    assert (made.state, made.slug, made.version) == (PostState.DRAFT, "ngay-hoi-hien-mau", 1)
    entry = AuditEntry.objects.get(act="news.write_post", subject_id=str(made.pk))
    assert (entry.office, entry.unit) == (OfficeCode.UNIT_OFFICER, "P001")
    with pytest.raises(Refused):
        news.post(cast.other_ward, by=by)
    assert Post.objects.count() == 1


def test_a_writer_proposes_and_only_a_publisher_publishes(cast: Cast) -> None:
    writer = people.actor(cast.unit_officer)
    publisher = people.actor(people.officer(OfficeCode.PUBLISHER, cast.city))
    made = actions.propose_post(by=writer, post=news.post(cast.ward))
    with pytest.raises(Refused):
        actions.publish_post(by=writer, post=made, version=made.version)
    made = actions.return_post(by=publisher, post=made, reason="Thiếu tên địa điểm")
    assert (made.state, made.reason) == (PostState.RETURNED, "Thiếu tên địa điểm")
    made = actions.propose_post(by=writer, post=made)
    made = actions.publish_post(by=publisher, post=made, version=made.version)
    assert list(Post.objects.on_site(timezone.now())) == [made]
    with pytest.raises(Refused):
        actions.edit_post(by=writer, post=made, version=made.version, values={"title": "Khác"})


def test_a_scheduled_post_is_on_the_site_from_its_minute_on(cast: Cast) -> None:
    at = timezone.now() + timedelta(hours=1)
    made = news.published(cast.ward, at=at)
    second = timedelta(seconds=1)
    assert [list(Post.objects.on_site(at + d)) for d in (-second, second * 0, second)] == [[], [made], [made]]


def test_a_post_comes_down_only_with_a_reason_and_can_go_up_again(cast: Cast) -> None:
    made = news.published(cast.ward)
    with pytest.raises(Refused):
        actions.withdraw_post(by=system_actor(), post=made, reason="  ")
    made = actions.withdraw_post(by=system_actor(), post=made, reason="Sai số liệu")
    assert list(Post.objects.on_site(timezone.now())) == []
    made = actions.publish_post(by=system_actor(), post=made, version=made.version)
    assert (made.state, made.reason) == (PostState.PUBLISHED, "")


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(cast: Cast) -> None:
    made = news.post(cast.ward)
    actions.edit_post(by=system_actor(), post=made, version=1, values={"summary": "Của người thứ nhất"})
    with pytest.raises(ChangedMeanwhile) as refused:
        actions.edit_post(by=system_actor(), post=made, version=1, values={"summary": "Của người thứ hai"})
    assert refused.value.post.summary == "Của người thứ nhất"
    with pytest.raises(ChangedMeanwhile):
        actions.publish_post(by=system_actor(), post=made, version=1)


def test_an_old_address_leads_on_and_is_never_given_to_another_post(cast: Cast) -> None:
    made = news.published(cast.ward, "Tên cũ")
    made = actions.edit_post(by=system_actor(), post=made, version=made.version, values={"slug": "ten-moi"})
    assert OldAddress.objects.get().slug == "ten-cu"
    assert news.post(cast.ward, "Tên cũ").slug == "ten-cu-2"
    with pytest.raises(Refused):
        news.post(cast.ward, "Khác", slug="ten-cu")
    made = actions.edit_post(by=system_actor(), post=made, version=made.version, values={"slug": "ten-cu"})
    assert [old.slug for old in OldAddress.objects.all()] == ["ten-moi"]


def test_a_draft_changes_its_address_without_a_trace(cast: Cast) -> None:
    made = news.post(cast.ward, "Tên cũ")
    actions.edit_post(by=system_actor(), post=made, version=1, values={"title": "Tên mới", "slug": ""})
    made.refresh_from_db()
    assert (made.slug, OldAddress.objects.count()) == ("ten-moi", 0)


def test_publishing_waits_for_the_proof_of_the_chosen_ground(cast: Cast) -> None:
    picture = news.picture(cast.ward, ground=Ground.CONSENT)
    made = news.post(cast.ward, cover=picture)
    with pytest.raises(Refused) as refused:
        actions.publish_post(by=system_actor(), post=made, version=made.version)
    assert [reason.field for reason in refused.value.reasons] == ["proof"]
    actions.describe_picture(by=system_actor(), picture=picture, about={"proof": "Phiếu đồng ý số 12"})
    assert actions.publish_post(by=system_actor(), post=made, version=1).state == PostState.PUBLISHED


def test_a_picture_is_shown_at_once_and_at_every_width_after_the_sweep(cast: Cast) -> None:
    picture = news.picture(cast.ward, news.jpeg(1000, 500))
    assert picture.sources == {"src": f"/{picture.master_name}"}
    assert Rendition.objects.count() == 9
    make_due_renditions()
    make_due_renditions()
    picture.refresh_from_db()
    assert set(Rendition.objects.values_list("state", flat=True)) == {RenditionState.DONE}
    assert set(Rendition.objects.values_list("attempts", flat=True)) == {1}
    name = file_name(picture.digest, 480, "avif")
    assert picture.sources["avif"].split(", ")[0] == f"/{name} 480w"
    assert default_storage.open(name).read(12)[4:] == b"ftypavif"


def test_a_claim_of_the_dead_is_taken_over_and_a_hopeless_one_ends(cast: Cast) -> None:
    picture = news.picture(cast.ward)
    Rendition.objects.update(
        state=RenditionState.CLAIMED, attempts=1, claimed_at=timezone.now() - timedelta(hours=1)
    )
    fresh = Rendition.objects.order_by("pk").first()
    assert fresh is not None
    Rendition.objects.filter(pk=fresh.pk).update(claimed_at=timezone.now())
    assert actions.make_rendition(by=system_actor(), pk=fresh.pk) is False
    make_due_renditions()
    states = Rendition.objects.exclude(pk=fresh.pk).values_list("state", "attempts")
    assert set(states) == {(RenditionState.DONE, 2)}

    default_storage.delete(picture.master_name)
    Rendition.objects.filter(pk=fresh.pk).update(state=RenditionState.DUE, attempts=0)
    for _ in range(7):
        actions.make_rendition(by=system_actor(), pk=fresh.pk)
    fresh.refresh_from_db()
    assert (fresh.state, fresh.attempts, fresh.last_error) == ("failed", 5, "FileNotFoundError")


def test_a_hostile_file_leaves_nothing_behind(cast: Cast) -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    with pytest.raises(Refused):
        actions.add_picture(
            by=system_actor(), unit=cast.ward, file=BytesIO(svg), size=len(svg), about={"alt": "Ảnh"}
        )
    with pytest.raises(Refused):
        actions.add_picture(
            by=system_actor(),
            unit=cast.ward,
            file=BytesIO(news.jpeg()),
            size=21 * 2**20,
            about={"alt": "Ảnh"},
        )
    assert Picture.objects.count() == 0


def test_a_video_file_is_named_by_its_content_whatever_its_name_was(cast: Cast) -> None:
    file = news.upload(news.MP4, "../../etc/passwd.mp4", "video/mp4")
    video = actions.add_video_file(by=system_actor(), unit=cast.ward, file=file)
    assert video.file_name.startswith("phim/")
    assert default_storage.open(video.file_name).read() == news.MP4
    html = news.upload(b"<html>" + b"x" * 50, "phim.mp4", "video/mp4")
    with pytest.raises(Refused):
        actions.add_video_file(by=system_actor(), unit=cast.ward, file=html)


def test_somebody_without_office_writes_nothing(cast: Cast) -> None:
    by = people.actor(cast.nobody)
    made = news.post(cast.ward)
    attempts = (
        lambda: news.post(cast.ward, by=by),
        lambda: actions.edit_post(by=by, post=made, version=1, values={"title": "x"}),
        lambda: actions.propose_post(by=by, post=made),
        lambda: actions.publish_post(by=by, post=made, version=1),
        lambda: actions.link_video(by=by, unit=cast.ward, link="https://youtu.be/MAU00000000"),
    )
    for attempt in attempts:
        with pytest.raises(Refused):
            attempt()
