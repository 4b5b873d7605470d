"""The demo's lists: one that was tried and waits for the officer, one that is written."""

import io
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone
from openpyxl import Workbook

from ledger.actor import Actor
from ledger.enums import Via
from ledger.models import StoredFile, User
from people.actions.import_runs import work_import
from people.actions.imports import ask_run, ask_try, take_in_list
from people.actors import actor_for, system_actor
from people.enums import ImportState
from people.models import ImportBatch, Unit
from people.queries.imports import SENDING
from people.sheets import XLSX

LATE = {2, 5}  # of eleven units these send nothing
UNDER_WAY = ("P003", "X002")

HEAD = ["STT", "Họ và tên", "Giới tính", "Ngày sinh", "Số CCCD", "Điện thoại", "Địa chỉ", "Ghi chú"]
MESSY: list[list[Any]] = [
    [1, "nguyễn thị mẫu hoa", "Nữ", "12/05/1988", "999188100001", "0501 000 001", "Số 3 hẻm 12", None],
    [2, "TRẦN VĂN MẪU  LỢI", "nam", "31/02/1979", None, 501000002, "Số 5 hẻm 12", None],
    [3, "Lê Mẫu Khánh Vy", "nu", 2001, None, None, None, "sinh viên"],
    [4, "Phạm Mẫu Quốc", "M", "7.8.70", "9990701000 4", "0501000004", "Số 8 đường Mẫu", None],
    [5, "nguyễn thị mẫu hoa", "Nữ", "12/05/1988", None, "0501000001", None, "ghi hai lần"],
    [6, "Võ Mẫu Tâm", None, "1965", None, "không có", "Khu phố 2", None],
]
CLEAN: list[list[Any]] = [
    [1, "Đinh Mẫu Sen", "Nữ", "02/09/1975", None, "0501000011", "Số 1 đường Mẫu", None],
    [2, "Hồ Mẫu Trúc", "Nam", "15/01/1990", None, "0501000012", "Số 2 đường Mẫu", None],
]


def load_lists(users: dict[str, User], units: dict[str, Unit]) -> int:
    """Two lists of the ward's officer; returns how many."""
    by = actor_for(users["phuong-1"], Via.COMMAND)
    done = tried(by, units["P001"], CLEAN, "danh-sach-khu-pho-3.xlsx")
    ask_run(by=by, batch=done, fixes_names=True, takes_elsewhere=True)
    work_import(by=system_actor(Via.JOB), pk=done.pk)
    waiting = tried(by, units["P001"], MESSY, "hoi-vien-moi-quy-4.xlsx")
    return 2 + others(users["thanh-hoi"], waiting, units)


def others(city: User, pattern: ImportBatch, units: dict[str, Unit]) -> int:
    """What the other units sent since the month began, so that the wall has every colour; how many.

    Their files are gone, as after the set time; two units of the city officer wait for a look.
    """
    by = actor_for(city, Via.COMMAND)
    for code in UNDER_WAY:
        tried(by, units[code], CLEAN, "danh-sach-quy-4.xlsx")
    gone = StoredFile.objects.create(name="danh-sach-quy-4.xlsx", content_type=XLSX, size=0, sha256="")
    now = timezone.localtime()
    began = now.replace(day=1, hour=1, minute=0)
    batches = []
    bases = [
        unit for unit in units.values() if unit.kind in SENDING and unit.code not in {"P001", *UNDER_WAY}
    ]
    for n, unit in enumerate(bases):
        if n % 11 in LATE:
            continue
        at = began + (now - began) * (n % 29) / 29
        rows = 12 + n * 7 % 90
        batches.append(
            ImportBatch(
                unit=unit,
                by_user=city,
                file=gone,
                result=gone,
                sheet=pattern.sheet,
                source="Danh sách quý IV (mẫu)",
                ground=pattern.ground,
                headers=pattern.headers,
                columns=pattern.columns,
                state=ImportState.DONE,
                counts={"new": rows, "written": rows},
                rows_total=rows,
                rows_done=rows,
                created_at=at,
                finished_at=at,
            )
        )
    ImportBatch.objects.bulk_create(batches)
    return len(batches) + len(UNDER_WAY)


def tried(by: Actor, unit: Unit, rows: list[list[Any]], name: str) -> ImportBatch:
    """A list sent and tried."""
    batch = take_in_list(
        by=by,
        unit=unit,
        file=ContentFile(sheet(rows), name=name),
        source="Sổ hội viên của chi hội (mẫu)",
        ground="agreement",
    )
    ask_try(by=by, batch=batch, columns=batch.columns)
    work_import(by=system_actor(Via.JOB), pk=batch.pk)
    batch.refresh_from_db()
    return batch


def sheet(rows: list[list[Any]]) -> bytes:
    """A workbook as a ward makes it: titles above, a total below."""
    book = Workbook()
    page: Any = book.active
    page.title = "Danh sách"
    page.append(["HỘI CHỮ THẬP ĐỎ PHƯỜNG MẪU 1"])
    page.append(["DANH SÁCH NGƯỜI XIN THAM GIA (mẫu)"])
    page.append([])
    for row in [HEAD, *rows]:
        page.append(row)
    page.append([None, f"Tổng cộng: {len(rows)} người"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
