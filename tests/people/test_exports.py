"""Lists that leave the portal: what they hold, who may have them, how long; and the annex on paper."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from foundation.refusal import Refused
from ledger.actor import NotAllowed
from ledger.models import AuditEntry, StoredFile
from people.actions.contacts import set_contacts, set_identity_number
from people.actions.exports import ask_export, make_export
from people.actors import system_actor
from people.enums import OfficeCode
from people.models import Export, Person, Sighting
from people.queries.exports import PLAIN, due_exports
from people.queries.register import Wanted
from people.tasks import delete_old_files, make_exports
from tests.conftest import Cast, sign_in
from tests.factories import people

pytestmark = pytest.mark.django_db


def ask(cast: Cast, columns: list[str] = PLAIN, reason: str = "", **wanted: Any) -> Export:
    by = people.actor(cast.unit_officer)
    return ask_export(by=by, wanted=Wanted(**wanted), columns=columns, reason=reason)


def made(export: Export) -> list[list[Any]]:
    """The rows of the made file."""
    make_export(by=system_actor(), pk=export.pk)
    export.refresh_from_db()
    assert export.file is not None
    with export.file.file.open("rb") as file:
        sheet = load_workbook(BytesIO(file.read())).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_the_file_says_who_when_and_holds_the_own_units_only(cast: Cast) -> None:
    export = ask(cast)
    rows = made(export)

    head = " ".join(str(row[0]) for row in rows[:5])
    assert "Võ Thị Phương" in head
    assert f"{timezone.localdate():%d/%m/%Y}" in head
    table = rows[next(n for n, row in enumerate(rows) if row[1] == "Họ và tên") + 1 :]
    assert [row[:2] for row in table] == [[1, "Trương Thị An"], [2, "Võ Thị Phương"]]
    assert export.rows == 2
    entry = AuditEntry.objects.get(act="people.ask_export")
    assert (entry.office, entry.unit) == ("unit_officer", "P001")


def test_protected_columns_need_a_reason_and_each_person_reads_it(cast: Cast) -> None:
    set_contacts(by=system_actor(), person=cast.member, phones=["0912345678"])
    set_identity_number(by=system_actor(), person=cast.member, number="999190004321")
    protected = ["birth_date", "phone", "identity"]
    for code in protected:
        with pytest.raises(Refused):
            ask(cast, [code])

    rows = made(ask(cast, protected, "Đối chiếu hồ sơ khen thưởng quý IV", query="truong"))

    assert rows[-1][1:] == ["Trương Thị An", None, "0912345678", "999190004321"]
    assert any("Đối chiếu hồ sơ khen thưởng quý IV" in str(row[0]) for row in rows[:5])
    seen = Sighting.objects.get()
    assert (seen.person, seen.what, seen.reason) == (
        cast.member,
        "export",
        "Đối chiếu hồ sơ khen thưởng quý IV",
    )


def test_no_protected_column_is_ticked_beforehand(cast: Cast) -> None:
    page = sign_in(cast.unit_officer).get(reverse("export_new"))
    assert page.context["form"]["protected"].value() in (None, [])
    assert set(page.context["form"]["columns"].value()) == set(PLAIN)


def test_text_that_looks_like_a_formula_stays_text(cast: Cast) -> None:
    Person.objects.filter(pk=cast.member.pk).update(full_name='=HYPERLINK("http://example.org")')
    export = ask(cast, ["full_name"])
    make_export(by=system_actor(), pk=export.pk)
    export.refresh_from_db()
    assert export.file is not None
    with export.file.file.open("rb") as file:
        sheet = load_workbook(BytesIO(file.read())).active
    assert sheet is not None
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=")}
    assert kinds == {"s"}


def test_the_list_is_as_the_register_shows_it(cast: Cast) -> None:
    people.person("Nguyễn Thị Hằng", cast.ward, with_user=False)
    assert made(ask(cast, ["full_name"], query="hang"))[-1] == [1, "Nguyễn Thị Hằng"]
    with pytest.raises(Refused):
        ask(cast, query="không có ai")


def test_a_due_list_is_made_once_and_again_after_a_silent_maker(cast: Cast) -> None:
    export = ask(cast)
    Export.objects.filter(pk=export.pk).update(claimed_at=timezone.now())
    assert due_exports() == []
    assert make_export(by=system_actor(), pk=export.pk) is False

    Export.objects.filter(pk=export.pk).update(claimed_at=timezone.now() - timedelta(minutes=10))
    make_exports()
    make_exports()
    assert Export.objects.get(pk=export.pk).finished_at is not None
    assert StoredFile.objects.count() == 1


def test_rights_are_those_of_the_moment_it_is_made(cast: Cast) -> None:
    export = ask(cast)
    cast.unit_officer.offices.all().delete()

    make_export(by=system_actor(), pk=export.pk)
    export.refresh_from_db()
    assert (export.file, bool(export.problem), bool(export.finished_at)) == (None, True, True)


def test_only_the_maker_fetches_the_file(cast: Cast) -> None:
    client = sign_in(cast.unit_officer)
    response = client.post(reverse("export_new"), {"columns": ["unit"]}, follow=True)
    export = Export.objects.get()
    assert export.file is not None
    url = reverse("stored_file", args=[export.file.key])

    assert url in response.content.decode()
    got = client.get(url)
    assert got.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(got.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]
    for other in (cast.city_officer, cast.member, cast.nobody):
        assert sign_in(other).get(url).status_code == 404
    assert sign_in(cast.city_officer).get(reverse("export", args=[export.pk])).status_code == 404


def test_an_old_file_goes_and_the_row_stays(cast: Cast) -> None:
    export = ask(cast)
    made(export)
    assert export.file is not None
    name, storage = str(export.file.file.name), export.file.file.storage

    delete_old_files()
    assert storage.exists(name)
    StoredFile.objects.update(delete_after=timezone.now())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda act: act())
        delete_old_files()
    assert not storage.exists(name)
    assert Export.objects.get(pk=export.pk).file is None
    page = sign_in(cast.unit_officer).get(reverse("export", args=[export.pk])).content.decode()
    assert "Tệp đã được xóa" in page


def test_who_only_reads_exports_nothing(cast: Cast) -> None:
    for office in (OfficeCode.AUDITOR, OfficeCode.BRANCH_HEAD, OfficeCode.EDITOR):
        by = people.actor(people.officer(office, cast.city))
        with pytest.raises(NotAllowed):
            ask_export(by=by, wanted=Wanted(), columns=PLAIN, reason="Muốn có danh sách")


def test_the_annex_has_heading_day_signatures_and_no_number(cast: Cast) -> None:
    set_contacts(by=system_actor(), person=cast.member, phones=["0912345678"])
    set_identity_number(by=system_actor(), person=cast.member, number="999190004321")

    url = reverse("people_annex") + "?q=truong&tieu_de=Danh+sách+hội+viên"
    text = sign_in(cast.unit_officer).get(url).content.decode()
    assert "<h1" in text
    assert "Danh sách hội viên" in text
    assert f"{timezone.localdate():%d/%m/%Y}" in text
    assert text.count("rc-paper__signs") == 1
    assert "<thead>" in text
    assert "Trương Thị An" in text
    assert "Không Quyền Hạn" not in text
    assert "4321" not in text
    assert "0912" not in text
