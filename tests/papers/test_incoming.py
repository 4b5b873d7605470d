"""A paper issued to units: they find it, read it with its annexes, say that it came; nobody else does."""

import pytest
from django.urls import reverse

from papers.actions import issue_paper
from papers.models import Paper
from people.actors import system_actor
from people.enums import OfficeCode, UnitKind
from tests.conftest import Cast, SignIn, sign_in
from tests.factories import people
from tests.factories.papers import drafted, signed

pytestmark = pytest.mark.django_db


def to_wards(cast: Cast, *units: object) -> Paper:
    return issue_paper(
        by=system_actor(), paper=signed(system_actor(), cast.city, values={"units": list(units)})
    )


def test_a_unit_finds_what_was_issued_to_it_and_says_that_it_came(cast: Cast) -> None:
    paper = to_wards(cast, cast.ward, cast.other_ward)
    ward = sign_in(cast.unit_officer)
    assert paper.abstract in ward.get(reverse("work_home")).content.decode()
    page = ward.get(reverse("paper_incoming"))
    assert [(row.unit.code, is_mine) for row, _kind, is_mine in page.context["rows"]] == [("P001", True)]
    shown = ward.get(reverse("paper", args=[paper.key]))
    assert [row.unit.code for row in shown.context["to_receive"]] == ["P001"]
    # The paper with its annexes is theirs; what was said while it was drafted is not.
    assert shown.context["events"] == []
    assert ward.get(reverse("paper_pdf", args=[paper.key])).status_code == 200
    assert ward.post(reverse("paper_end", args=[paper.key])).status_code in {403, 404}

    ward.post(reverse("paper_receive", args=[paper.key]), {"don-vi": "P001"})
    assert ward.post(reverse("paper_receive", args=[paper.key]), {"don-vi": "P002"}).status_code == 404
    assert [row.received_at is not None for row in paper.recipients.order_by("unit__code")] == [True, False]
    assert ward.get(reverse("paper_incoming"), {"chua-nhan": "1"}).context["rows"] == []
    assert paper.abstract not in ward.get(reverse("work_home")).content.decode()
    sender = sign_in(cast.city_officer).get(reverse("paper", args=[paper.key]))
    assert (sender.context["received_count"], len(sender.context["to_units"])) == (1, 2)


def test_a_draft_is_nobodys_and_another_unit_reads_nothing(cast: Cast) -> None:
    draft = drafted(system_actor(), cast.city, values={"units": [cast.ward]})
    issued = to_wards(cast, cast.other_ward)
    ward = sign_in(cast.unit_officer)
    for paper in (draft, issued):
        for name in ("paper", "paper_pdf", "paper_docx"):
            assert ward.get(reverse(name, args=[paper.key])).status_code == 404
    assert ward.get(reverse("paper_incoming")).context["rows"] == []
    # The city covers both units, and yet it is not asked to receive for them.
    assert sign_in(cast.city_officer).get(reverse("paper_incoming")).context["rows"] == []


def test_the_form_asks_part_by_part_and_sends_to_every_unit_below(cast: Cast) -> None:
    branch = people.unit("Chi hội khu phố 7", cast.other_ward, UnitKind.BRANCH)
    city = sign_in(cast.city_officer)
    page = city.get(reverse("paper_new"), {"mau": "official_letter"})
    assert [part.code for part in page.context["sections"]] == [
        "what", "to-whom", "grounds", "text", "annexes", "receivers", "signing",
    ]  # fmt: skip
    offered = {unit.code for unit in page.context["form"].fields["units"].queryset}
    assert offered == {"P001", "P002"}
    assert branch.code not in offered
    city.post(
        reverse("paper_new") + "?mau=official_letter",
        {
            "unit": cast.city.pk, "kind": "official_letter", "abstract": "Rà soát danh sách",
            "body": "Đề nghị rà soát.", "capacity": "head", "post": "Chủ tịch", "signer_name": "A",
            "to_all": "on", "issued_to": "Báo Mẫu",
        },
    )  # fmt: skip
    paper = Paper.objects.get()
    assert sorted(row.name for row in paper.recipients.all()) == [
        "Báo Mẫu", "Hội Chữ thập đỏ phường Mẫu 1", "Hội Chữ thập đỏ phường Mẫu 2",
    ]  # fmt: skip
    edit = city.get(reverse("paper_edit", args=[paper.key]))
    kept = ("version", "unit", "kind", "abstract", "body")
    values = {name: edit.context["form"][name].value() for name in kept}
    city.post(
        reverse("paper_edit", args=[paper.key]),
        {**values, "capacity": "head", "post": "Chủ tịch", "signer_name": "A", "units": [cast.ward.pk]},
    )
    assert [row.unit for row in paper.recipients.all()] == [cast.ward]


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_asks_the_same_queries_however_long(
    cast: Cast, client_for: SignIn, django_assert_max_num_queries: object, count: int
) -> None:
    for _n in range(count):
        to_wards(cast, cast.ward)
    clerk = client_for(people.officer(OfficeCode.CLERK, cast.ward))
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        assert len(clerk.get(reverse("paper_incoming")).context["rows"]) == count


def test_a_persons_record_lists_the_papers_issued_to_them_that_may_be_read(cast: Cast) -> None:
    values = {"recipients": [(cast.member, cast.member.full_name)]}
    paper = issue_paper(by=system_actor(), paper=signed(system_actor(), cast.ward, **values))
    issue_paper(by=system_actor(), paper=signed(system_actor(), cast.city, **values))
    url = reverse("person_panel", args=[cast.member.key, "van-ban"])
    assert [row.pk for row in sign_in(cast.unit_officer).get(url).context["papers"]] == [paper.pk]
    assert len(sign_in(cast.city_officer).get(url).context["papers"]) == 2
    # The data officer reads no papers.
    officer = people.officer(OfficeCode.DATA_OFFICER, cast.city)
    assert list(sign_in(officer).get(url).context["papers"]) == []
