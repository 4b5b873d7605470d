"""/xac-nhan/: valid or not, kind, day, masked name; nothing more, to nobody too often, found by no search."""

import pytest
from django.test import Client
from django.urls import reverse

from papers.actions import end_paper, issue_paper
from papers.models import Paper
from papers.views import proofs
from people.actors import system_actor
from tests.conftest import Cast
from tests.factories.papers import signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(cast: Cast) -> Paper:
    """A decision about the member, issued."""
    recipients = [(cast.member, cast.member.full_name)]
    return issue_paper(by=system_actor(), paper=signed(system_actor(), cast.ward, recipients=recipients))


def page_of(code: str) -> str:
    return Client().get(reverse("proof", args=[code])).content.decode()


def test_it_says_valid_kind_day_and_a_masked_name_and_no_more(cast: Cast, paper: Paper) -> None:
    page = page_of(paper.proof.code)
    assert "Hợp lệ" in page
    assert "Quyết định" in page
    assert paper.proof.holder in page
    assert paper.proof.holder != cast.member.full_name
    for closed in (cast.member.full_name, paper.abstract, cast.ward.name, paper.number_text):
        assert closed not in page


def test_an_ended_paper_says_so_at_once(paper: Paper) -> None:
    end_paper(by=system_actor(), paper=paper, on=system_actor().on, reason="Thay bằng 02/QĐ-CTĐ")
    page = page_of(paper.proof.code)
    assert "Không còn hiệu lực" in page
    assert "Thay bằng" not in page


def test_unknown_codes_get_one_answer_whatever_they_look_like(paper: Paper) -> None:
    code = paper.proof.code
    wrong = [code[:-1] + ("A" if code[-1] != "A" else "B"), "x", "mã-có-dấu", "0" * 200, code.swapcase()]
    assert len({page_of(one) for one in wrong}) == 1


def test_it_is_kept_by_nobody_and_found_by_no_search(paper: Paper) -> None:
    for url in (
        reverse("proof", args=[paper.proof.code]),
        reverse("proof", args=["x"]),
        reverse("proof_form"),
    ):
        response = Client().get(url)
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert response.cookies == {}


def test_many_questions_from_one_address_are_slowed_and_the_next_minute_is_new(
    paper: Paper, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [6_000_000.0]
    monkeypatch.setattr(proofs, "time", lambda: clock[0])
    monkeypatch.setattr(proofs, "PER_MINUTE", 3)

    def asked(address: str = "192.0.2.7") -> int:
        url = reverse("proof", args=[paper.proof.code])
        return int(Client(REMOTE_ADDR=address).get(url).status_code)

    assert [asked() for _n in range(5)] == [200, 200, 200, 429, 429]
    assert asked("192.0.2.8") == 200
    clock[0] += 60
    assert asked() == 200
