"""A paper's way: drafted, submitted, returned, signed, numbered, ended; and what takes effect with it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile

from foundation.refusal import Refused
from foundation.text import mask_name
from ledger.actor import Actor, NotAllowed
from ledger.models import AuditEntry
from papers import effects
from papers.actions import (
    add_series,
    attach_scan,
    cancel_draft,
    edit_draft,
    end_paper,
    issue_paper,
    return_paper,
    set_letterhead,
    sign_paper,
    submit_paper,
    take_external_number,
)
from papers.enums import PaperState, ProofState
from papers.layout import Table, from_json
from papers.layout.composing import annex_fields
from papers.models import Paper, Proof, Register
from papers.queries import head_of, signing_fields, visible_to
from people.actions.bodies import found_body, recognise_body, seat_member
from people.actors import system_actor
from people.enums import BodyKind, OfficeCode
from tests.conftest import Cast
from tests.factories import people
from tests.factories.papers import VALUES, drafted, signed

pytestmark = pytest.mark.django_db


def on(day: date) -> Actor:
    """The system on a day."""
    return replace(system_actor(), on=day)


DAY = date(2026, 3, 16)
BY = on(DAY)


def numbers(*papers: Paper) -> list[str]:
    return [paper.number_text for paper in papers]


def test_the_whole_way_with_the_right_offices(cast: Cast) -> None:
    officer = people.actor(cast.unit_officer)
    head = people.officer(OfficeCode.UNIT_HEAD, cast.ward, "Đỗ Thị Trưởng")
    clerk = people.actor(people.officer(OfficeCode.CLERK, cast.ward, "Huỳnh Văn Thư"))
    paper = drafted(officer, cast.ward, values={"signer": head, "signer_name": ""})
    paper = submit_paper(by=officer, paper=paper)
    paper = return_paper(by=people.actor(head), paper=paper, comments="Sửa Điều 2.")
    paper = edit_draft(by=officer, paper=paper, version=paper.version, values={**VALUES, "signer": head})
    paper = sign_paper(by=people.actor(head), paper=submit_paper(by=officer, paper=paper))
    paper = issue_paper(by=clerk, paper=paper)

    assert paper.state == PaperState.ISSUED
    assert paper.number_text == "01/QĐ-CTĐ"
    assert [event.step for event in paper.events.all()] == [
        "drafted", "submitted", "returned", "edited", "submitted", "signed", "issued",
    ]  # fmt: skip
    document = from_json(paper.content["document"])
    assert (document.day, document.number_text) == (clerk.on, "01/QĐ-CTĐ")
    assert document.issuer == ("Hội Chữ thập đỏ phường Mẫu 1",)
    assert document.superior == ("Hội Chữ thập đỏ Thành phố (mẫu)",)
    assert AuditEntry.objects.filter(act="papers.issue", unit="P001", office="clerk").count() == 1


def test_each_step_asks_for_its_right_on_the_unit(cast: Cast) -> None:
    officer = people.actor(cast.unit_officer)
    other = people.actor(people.officer(OfficeCode.UNIT_HEAD, cast.other_ward, "Trưởng Khác"))
    paper = submit_paper(by=officer, paper=drafted(officer, cast.ward))
    refusals: list[Any] = [
        lambda: drafted(officer, cast.other_ward),
        lambda: sign_paper(by=officer, paper=paper),
        lambda: sign_paper(by=other, paper=paper),
        lambda: return_paper(by=other, paper=paper, comments="x"),
        lambda: take_external_number(by=officer, paper=paper, number="7", issued_on=DAY),
    ]
    for refused in refusals:
        with pytest.raises(NotAllowed):
            refused()
    assert not visible_to(other).exists()
    assert visible_to(officer).get() == paper
    assert visible_to(people.actor(people.officer(OfficeCode.CLERK, cast.city))).get() == paper


def test_only_the_named_signer_signs(cast: Cast) -> None:
    named = people.officer(OfficeCode.UNIT_HEAD, cast.ward, "Người Ký")
    other = people.actor(people.officer(OfficeCode.UNIT_HEAD, cast.ward, "Người Khác"))
    paper = submit_paper(by=BY, paper=drafted(BY, cast.ward, values={"signer": named}))
    with pytest.raises(Refused, match="Người Ký"):
        sign_paper(by=other, paper=paper)
    assert sign_paper(by=people.actor(named), paper=paper).state == PaperState.SIGNED


def test_words_in_brackets_and_a_missing_signer_stop_the_submission(cast: Cast) -> None:
    draft = drafted(BY, cast.ward, values={"body": "Điều 1. Công nhận [số] hội viên."})
    with pytest.raises(Refused, match=r"\[số\]"):
        submit_paper(by=BY, paper=draft)
    nobody = {"signer_name": "", "post": "", "capacity": "head", "on_behalf_of": ""}
    with pytest.raises(Refused):
        submit_paper(by=BY, paper=drafted(BY, cast.ward, values=nobody))


def test_two_editors_at_once_the_second_is_told(cast: Cast) -> None:
    draft = drafted(BY, cast.ward)
    edit_draft(by=BY, paper=draft, version=draft.version, values={**VALUES, "abstract": "Mới"})
    with pytest.raises(Refused):
        edit_draft(by=BY, paper=draft, version=draft.version, values=VALUES)
    assert Paper.objects.get().abstract == "Mới"


def test_numbers_run_by_series_and_begin_again_each_year(cast: Cast) -> None:
    add_series(by=BY, unit=cast.ward, code="hd-tdkt", name="Hội đồng TĐ-KT", sign="HĐTĐKT")
    old = [on(date(2025, 12, 30)), on(date(2025, 12, 31))]
    papers = [
        issue_paper(by=old[0], paper=signed(old[0], cast.ward)),
        issue_paper(by=old[1], paper=signed(old[1], cast.ward)),
        issue_paper(by=on(date(2026, 1, 1)), paper=signed(old[1], cast.ward)),
        issue_paper(by=BY, paper=signed(BY, cast.ward, kind="minutes", series="hd-tdkt")),
        issue_paper(by=BY, paper=signed(BY, cast.other_ward)),
        issue_paper(by=BY, paper=signed(BY, cast.ward, kind="official_letter")),
        issue_paper(by=BY, paper=signed(BY, cast.ward, kind="thanks")),
    ]
    assert numbers(*papers) == [
        "01/QĐ-CTĐ", "02/QĐ-CTĐ", "01/QĐ-CTĐ", "01/BB-HĐTĐKT", "01/QĐ-CTĐ", "02/CTĐ", "",
    ]  # fmt: skip


def test_a_number_from_outside_is_marked_and_stepped_over_and_a_taken_one_refused(cast: Cast) -> None:
    first = issue_paper(by=BY, paper=signed(BY, cast.ward))
    outside = take_external_number(by=BY, paper=drafted(BY, cast.ward), number="03/QĐ-HCTĐ", issued_on=DAY)
    then = [issue_paper(by=BY, paper=signed(BY, cast.ward)) for _ in range(2)]

    assert numbers(first, outside, *then) == ["01/QĐ-CTĐ", "03/QĐ-HCTĐ", "02/QĐ-CTĐ", "04/QĐ-CTĐ"]
    assert outside.number_external
    assert outside.signed_on == DAY
    for taken in ("03/QĐ-CTĐ", "2", "chưa có"):
        with pytest.raises(Refused):
            take_external_number(by=BY, paper=drafted(BY, cast.ward), number=taken, issued_on=DAY)
    tomorrow = DAY + timedelta(days=1)
    with pytest.raises(Refused):
        take_external_number(by=BY, paper=drafted(BY, cast.ward), number="9", issued_on=tomorrow)


def test_numbers_follow_the_days(cast: Cast) -> None:
    waiting = signed(on(date(2026, 3, 10)), cast.ward)
    issue_paper(by=BY, paper=signed(BY, cast.ward))
    for day in (date(2026, 3, 9), date(2026, 3, 15), date(2026, 3, 17)):
        with pytest.raises(Refused):
            issue_paper(by=BY, paper=waiting, on=day)
    assert issue_paper(by=BY, paper=waiting, on=DAY).number == 2


@pytest.fixture
def effect() -> Iterator[list[Any]]:
    seen: list[Any] = []

    def admit(*, by: Actor, paper: Paper) -> None:
        if paper.effect_data.get("fails"):
            raise Refused(["Không thể."])
        seen.append((paper.state, paper.number_text, paper.effect_data))

    effects.register("test.admit", admit)
    yield seen
    effects.EFFECTS.pop("test.admit")


def test_what_a_paper_decides_takes_effect_when_it_is_issued_and_not_before(
    cast: Cast, effect: list[Any]
) -> None:
    paper = signed(BY, cast.ward, effect="test.admit", effect_data={"people": [1]})
    assert effect == []
    issue_paper(by=BY, paper=paper)
    assert effect == [("issued", "01/QĐ-CTĐ", {"people": [1]})]


def test_a_list_that_takes_effect_is_changed_where_it_was_made(cast: Cast, effect: list[Any]) -> None:
    paper = drafted(BY, cast.ward, effect="test.admit")
    plain = drafted(BY, cast.ward)
    values = {"abstract": "Lời mới", "annex_1_rows": "STT\tHọ và tên\n1\tNgười khác"}

    edited = [
        edit_draft(by=BY, paper=one, version=one.version, values={**VALUES, **values})
        for one in (paper, plain)
    ]

    assert [one.abstract for one in edited] == ["Lời mới", "Lời mới"]
    assert [one.form["annex_1_rows"] for one in edited] == [VALUES["annex_1_rows"], values["annex_1_rows"]]


def test_rows_of_an_app_become_the_annexed_list_cell_by_cell(cast: Cast) -> None:
    rows = [(1, 'Đội "Xung kích"', 1992, None), (2, "Hai\tdòng\nmột ô", 1990, "Ghi chú")]
    fields = annex_fields("Danh sách", ["STT", "Họ và tên", "Năm sinh", "Ghi chú"], rows)

    paper = drafted(BY, cast.ward, values=fields)

    table = from_json(paper.content["document"]).annexes[0].items[0]
    assert isinstance(table, Table)
    assert table.rows == (("1", 'Đội "Xung kích"', "1992", ""), ("2", "Hai dòng một ô", "1990", "Ghi chú"))


def test_whom_it_is_given_to_stands_masked_on_its_proof_and_can_be_changed_in_a_draft(cast: Cast) -> None:
    paper = drafted(BY, cast.ward, "confirmation", values={"issued_to": "Trần Văn Cũ"})
    values = {**VALUES, "issued_to": "Trương Thị An\n\nTrương Thị An"}
    paper = edit_draft(by=BY, paper=paper, version=paper.version, values=values)
    issue_paper(by=BY, paper=sign_paper(by=BY, paper=submit_paper(by=BY, paper=paper)))

    assert list(paper.recipients.values_list("name", flat=True)) == ["Trương Thị An"]
    assert Proof.objects.get().holder == mask_name("Trương Thị An")


def test_the_signature_is_read_from_the_body_that_stands(cast: Cast) -> None:
    by = system_actor()
    assert signing_fields(cast.ward, DAY) == {}
    head = people.officer(OfficeCode.UNIT_HEAD, cast.ward, "Đỗ Thị Trưởng")
    made = found_body(
        by=by, unit=cast.ward, kind=BodyKind.STANDING, first_on=date(2026, 1, 1), last_on=None,
        is_provisional=True,
    )  # fmt: skip
    seat_member(by=by, body=made, person=head, post="Phó Chủ tịch", first_on=date(2026, 1, 1), is_acting=True)
    recognise_body(by=by, body=made, decision_number="3/QĐ", decided_on=date(2026, 1, 1))

    in_its_name = signing_fields(cast.ward, DAY)
    alone = signing_fields(cast.ward, DAY, as_kind=None)

    assert in_its_name == {
        "capacity": "for_body",
        "on_behalf_of": "Ban Thường vụ lâm thời",
        "post": "Phó Chủ tịch",
        "signer": head,
        "signer_name": "Đỗ Thị Trưởng",
    }
    assert (alone["capacity"], alone["on_behalf_of"]) == ("deputy", "Chủ tịch")
    paper = drafted(BY, cast.ward, values=in_its_name)
    assert from_json(paper.content["document"]).signatures[0].lines == (
        "TM. Ban Thường vụ lâm thời",
        "KT. Chủ tịch",
        "Phó Chủ tịch",
    )


def test_a_failing_effect_takes_number_and_state_back(cast: Cast, effect: list[Any]) -> None:
    failing = signed(BY, cast.ward, effect="test.admit", effect_data={"fails": True})
    unknown = signed(BY, cast.ward, effect="test.unknown")
    for paper in (failing, unknown):
        with pytest.raises(Refused):
            issue_paper(by=BY, paper=paper)
        paper.refresh_from_db()
        assert (paper.state, paper.number) == (PaperState.SIGNED, None)
    assert not Proof.objects.exists()
    assert issue_paper(by=BY, paper=signed(BY, cast.ward)).number == 1


def test_a_proof_is_made_with_the_issue_and_ends_with_the_paper(cast: Cast) -> None:
    paper = issue_paper(by=BY, paper=signed(BY, cast.ward, recipients=[(cast.member, cast.member.full_name)]))
    proof = Proof.objects.get()
    assert (proof.kind, proof.holder, proof.day, proof.state) == ("Quyết định", "T. T. An", DAY, "valid")
    assert len(proof.code) == 22

    with pytest.raises(Refused):
        end_paper(by=BY, paper=paper, on=DAY - timedelta(days=1), reason="Hủy")
    end_paper(by=BY, paper=paper, on=DAY, reason="Thay bằng Quyết định 02/QĐ-CTĐ")
    proof.refresh_from_db()
    assert (proof.state, proof.ended_on) == (ProofState.ENDED, DAY)


def test_a_scan_must_be_what_it_says(cast: Cast) -> None:
    paper = issue_paper(by=BY, paper=signed(BY, cast.ward))
    with pytest.raises(Refused):
        attach_scan(
            by=BY, paper=paper, file=ContentFile(b"<html>"), name="a.pdf", content_type="application/pdf"
        )
    paper = attach_scan(
        by=BY, paper=paper, file=ContentFile(b"%PDF-1.7 x"), name="07.pdf", content_type="application/pdf"
    )
    assert paper.scan is not None
    assert paper.scan.name == "07.pdf"


def test_a_given_up_draft_takes_no_number(cast: Cast) -> None:
    draft = drafted(BY, cast.ward)
    with pytest.raises(Refused):
        cancel_draft(by=BY, paper=draft, reason=" ")
    assert cancel_draft(by=BY, paper=draft, reason="Trùng").state == PaperState.CANCELLED
    assert not Register.objects.exists()


def test_a_unit_sets_its_head_within_the_decree(cast: Cast) -> None:
    head = {
        "superior": "Hội Chữ thập đỏ\nThành phố",
        "issuer": "Hội Chữ thập đỏ phường",
        "place": "Mẫu",
        "address": "",
    }
    set_letterhead(by=BY, unit=cast.ward, sizes={"paragraph": 13}, **head)
    assert head_of(cast.ward, DAY).place == "Mẫu"
    assert drafted(BY, cast.ward).content["sizes"] == {"paragraph": 13}
    with pytest.raises(Refused):
        set_letterhead(by=BY, unit=cast.ward, sizes={"paragraph": 16}, **head)
