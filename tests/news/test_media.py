"""Files served: pictures for a day, videos in ranges, nothing else."""

import pytest
from django.test import Client

from news import actions
from news.models import Video
from people.actors import system_actor
from tests.conftest import Cast
from tests.factories import news

pytestmark = pytest.mark.django_db
SIZE = len(news.MP4)


@pytest.fixture
def video(cast: Cast) -> Video:
    file = news.upload(news.MP4, "phim.mp4", "video/mp4")
    return actions.add_video_file(by=system_actor(), unit=cast.ward, file=file)


def body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_a_picture_may_be_kept_for_a_day(cast: Cast) -> None:
    picture = news.picture(cast.ward)
    response = Client().get(f"/{picture.master_name}")
    assert (response.status_code, response["Content-Type"]) == (200, "image/jpeg")
    assert response["Cache-Control"] == "public, max-age=86400, s-maxage=60"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert body(response).startswith(b"\xff\xd8\xff")


@pytest.mark.parametrize(
    "path",
    ["/anh/../settings.py", "/anh/ab/x.jpg", f"/anh/ab/{'0' * 32}-480.svg", f"/anh/ab/{'0' * 32}-480.jpg"],
)
def test_no_other_file_can_be_named(db: None, path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        ("", 200, 0, SIZE - 1),
        ("bytes=0-", 206, 0, SIZE - 1),
        ("bytes=0-99", 206, 0, 99),
        ("bytes=100-199", 206, 100, 199),
        ("bytes=100-", 206, 100, SIZE - 1),
        ("bytes=-10", 206, SIZE - 10, SIZE - 1),
        (f"bytes=-{SIZE * 2}", 206, 0, SIZE - 1),
        (f"bytes={SIZE - 1}-{SIZE * 9}", 206, SIZE - 1, SIZE - 1),
        ("bytes=0-1,5-6", 200, 0, SIZE - 1),
        ("lines=0-1", 200, 0, SIZE - 1),
        ("bytes=-", 200, 0, SIZE - 1),
        ("bytes=a-b", 200, 0, SIZE - 1),
    ],
)
def test_a_video_is_sent_in_ranges(video: Video, asked: str, status: int, first: int, last: int) -> None:
    response = Client().get(video.file_url, headers={"range": asked} if asked else {})
    assert response.status_code == status
    assert body(response) == news.MP4[first : last + 1]
    assert response["Content-Length"] == str(last - first + 1)
    assert response.headers.get("Content-Range") == (
        f"bytes {first}-{last}/{SIZE}" if status == 206 else None
    )
    assert response["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", "bytes=-0", "bytes=9-5"])
def test_a_range_outside_is_refused_with_the_size(video: Video, asked: str) -> None:
    response = Client().get(video.file_url, headers={"range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{SIZE}")


def test_a_range_of_another_version_gives_the_whole(video: Video) -> None:
    etag = Client().get(video.file_url)["ETag"]
    right = Client().get(video.file_url, headers={"range": "bytes=0-9", "if-range": etag})
    wrong = Client().get(video.file_url, headers={"range": "bytes=0-9", "if-range": '"khac"'})
    assert (right.status_code, wrong.status_code) == (206, 200)
