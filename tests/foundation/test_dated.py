"""Rule tables and the entry in force on a day."""

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from foundation.dated import NoRule, TableFault, TwoRules, check_table, in_force, load_table

ENTRY = """
[[entry]]
effective_from = {first}
{last}
citation = "Thông báo (mẫu), mục 1"
source = "test"
confirmed = true
[entry.values]
fee = {fee}
"""


def entry(first: str, last: str = "", fee: str = "12000") -> str:
    return ENTRY.format(first=first, last=f"effective_to = {last}" if last else "", fee=fee)


def written(folder: Path, text: str) -> Path:
    path = folder / "dues.toml"
    path.write_text(text, encoding="utf-8")
    return path


@dataclass
class Row:
    """Stands for a database row: the two attributes are all `in_force` needs."""

    effective_from: date
    effective_to: date | None = None


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An app with an empty folder of tables."""
    tables = tmp_path / "trial_app" / "tables"
    tables.mkdir(parents=True)
    (tables.parent / "__init__.py").touch()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "trial_app", raising=False)
    load_table.cache_clear()
    return tables


def test_the_entry_in_force_changes_on_its_day_and_not_before() -> None:
    old, new = Row(date(2025, 1, 1), date(2025, 12, 31)), Row(date(2026, 1, 1))
    rows = [new, old]
    assert in_force(rows, date(2025, 1, 1)) is old
    assert in_force(rows, date(2025, 12, 31)) is old
    assert in_force(rows, date(2026, 1, 1)) is new
    assert in_force(rows, date(2099, 1, 1)) is new


def test_no_entry_or_two_is_an_error_and_never_a_guess() -> None:
    with pytest.raises(NoRule, match="31/12/2024"):
        in_force([Row(date(2025, 1, 1))], date(2024, 12, 31))
    with pytest.raises(NoRule):
        in_force([], date(2025, 1, 1))
    with pytest.raises(TwoRules, match="2 entries in force on 01/06/2025"):
        in_force([Row(date(2025, 1, 1)), Row(date(2025, 6, 1))], date(2025, 6, 1))


def test_a_value_carries_its_own_citation_or_its_entrys(package: Path) -> None:
    written(
        package,
        entry("2026-01-01", fee="12000")
        + 'share = { value = [50, 30, 20], citation = "QĐ 2 (mẫu)", source = "hearsay", confirmed = false }\n'
        + "limits = { least = 1, most = 9 }\n",
    )
    (found,) = load_table("trial_app", "dues")
    assert found.values["fee"] == 12000
    assert found.values["share"] == (50, 30, 20)
    assert found.values["limits"]["most"] == 9
    assert (found.cited["fee"].citation, found.cited["fee"].confirmed) == ("Thông báo (mẫu), mục 1", True)
    assert (found.cited["share"].citation, found.cited["share"].confirmed) == ("QĐ 2 (mẫu)", False)
    with pytest.raises(KeyError):
        found.values["unknown"]


def test_a_loaded_table_is_sorted_and_cannot_be_changed(package: Path) -> None:
    written(package, entry("2026-01-01", fee="{ a = [1] }") + entry("2025-01-01", "2025-12-31"))
    old, new = load_table("trial_app", "dues")
    assert (old.effective_from.year, new.effective_from.year) == (2025, 2026)
    assert new.effective_to is None
    with pytest.raises(TypeError):
        new.values["fee"]["a"] = 2


def test_a_faulty_table_is_not_loaded(package: Path) -> None:
    written(package, entry("2026-01-01") + entry("2027-01-01"))
    with pytest.raises(TableFault, match=r"trial_app/tables/dues\.toml: two entries on 2027-01-01"):
        load_table("trial_app", "dues")


def test_a_whole_table_has_no_fault(tmp_path: Path) -> None:
    gap = '[[gap]]\nfrom = 2025-01-01\nto = 2025-12-31\nreason = "no rule that year"\n'
    text = entry("2024-01-01", "2024-12-31") + entry("2026-01-01", "2026-06-30") + entry("2026-07-01") + gap
    assert check_table(written(tmp_path, text)) == []


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("", ["has no [[entry]]"]),
        ("fee = 1\n", ["unknown key fee", "has no [[entry]]"]),
        ("[entry]\n", ["has no [[entry]]"]),
        (entry("2026-01-01").replace('source = "test"', ""), ["entry 1: source is missing"]),
        (entry("2026-01-01").replace('"test"', '" "'), ["entry 1: source is empty"]),
        (
            entry("2026-01-01").replace("confirmed = true", 'confirmed = "yes"'),
            ["entry 1: confirmed is not of type bool"],
        ),
        (
            entry("2026-01-01").replace("confirmed", "sure"),
            ["entry 1: confirmed is missing", "entry 1: unknown key sure"],
        ),
        (entry("2026-01-01T00:00:00"), ["entry 1: effective_from is not of type date"]),
        (entry("2026-01-01").replace("fee = 12000", ""), ["entry 1: values is empty"]),
        (
            entry("2026-01-01", fee='{ value = 1, cite = "x", source = "y", confirmed = true }'),
            ["entry 1: fee: citation is missing", "entry 1: fee: unknown key cite"],
        ),
        (
            entry("2025-01-01", "2025-12-31") + entry("2025-12-31"),
            ["two entries on 2025-12-31"],
        ),
        (
            entry("2025-01-01", "2025-12-31") + entry("2026-01-02"),
            ["no entry from 2026-01-01 to 2026-01-01, and no gap declared"],
        ),
        (entry("2026-01-02", "2026-01-01"), ["2026-01-02 to 2026-01-01 ends before it begins"]),
        (
            entry("2026-01-01", "2026-01-31") + "[[gap]]\nfrom = 2026-02-01\nto = 2026-02-02\n",
            ["gap 1: reason is missing"],
        ),
    ],
)
def test_each_fault_is_named(tmp_path: Path, text: str, faults: list[str]) -> None:
    assert check_table(written(tmp_path, text)) == faults


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    (fault,) = check_table(written(tmp_path, "[[entry"))
    assert fault.startswith("is not TOML")
