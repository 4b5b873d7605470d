"""The demo's papers: issued ones with their numbers, one to sign, one to number, one returned, a draft."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from foundation.dates import ZONE, format_date
from ledger.models import User
from papers import actions
from papers.models import Paper, PaperEvent, Register
from papers.queries import signing_fields
from people.actors import system_actor
from people.enums import ActState, UnitKind
from people.models import Person, Unit, UnitAct

NOT_RECEIVED = ("P001", *(f"P{n:03}" for n in range(60, 80)), "X001", "X002")
TAIL = "\nLưu: VT"


def load_papers(units: dict[str, Unit], users: dict[str, User], on: date) -> int:
    """Write them, each as of its day; returns how many."""
    head: Person = users["thu-truong"].person
    city = units["TP"]
    sent = issued(
        city, guidance() | {"units": base_units(units)}, on - timedelta(days=40), 205, "official_letter"
    )
    sent.recipients.exclude(unit__code__in=NOT_RECEIVED).update(
        received_at=datetime.combine(on - timedelta(days=39), time(8, 10), ZONE)
    )
    issued(city, recognition(), on - timedelta(days=21), 211, "decision")
    waits = drafted(city, award(head), "decision", on - timedelta(days=2))
    actions.submit_paper(by=as_of(on - timedelta(days=2)), paper=waits)
    signed = drafted(city, plan(), "plan", on - timedelta(days=3))
    actions.submit_paper(by=as_of(on - timedelta(days=3)), paper=signed)
    actions.sign_paper(by=as_of(on - timedelta(days=1)), paper=signed)
    back = drafted(city, submission(), "submission", on - timedelta(days=5))
    actions.submit_paper(by=as_of(on - timedelta(days=5)), paper=back)
    actions.return_paper(
        by=as_of(on - timedelta(days=4)),
        paper=back,
        comments="Bổ sung số phiếu đồng ý của Hội đồng tại mục 2.",
    )
    drafted(city, invitation(on), "invitation", on)
    rename(city, on - timedelta(days=1))
    return 7


def base_units(units: dict[str, Unit]) -> list[Unit]:
    """The wards, communes and the special zone."""
    kinds = {UnitKind.WARD, UnitKind.COMMUNE, UnitKind.SPECIAL_ZONE}
    return [unit for unit in units.values() if unit.kind in kinds]


def rename(city: Unit, day: date) -> Paper:
    """The planned rename of a ward waits for its decision, which waits to be signed."""
    act = UnitAct.objects.get(state=ActState.DRAFT, is_outside=False)
    by = as_of(day)
    paper = actions.draft_act_decision(by=by, act=act, unit=city)
    values = {
        **paper.form,
        **signing_fields(city, day),
        "grounds": "Căn cứ Điều lệ Hội Chữ thập đỏ Việt Nam\nTheo đề nghị của Ban Tổ chức – Kiểm tra",
    }
    paper = actions.edit_draft(by=by, paper=paper, version=paper.version, values=values)
    return actions.submit_paper(by=by, paper=paper)


def as_of(day: date) -> Any:
    """The system acting on a day."""
    return replace(system_actor(), on=day)


def drafted(unit: Unit, values: dict[str, Any], kind: str, day: date) -> Paper:
    return actions.draft_paper(by=as_of(day), unit=unit, kind=kind, values=values)


def issued(unit: Unit, values: dict[str, Any], day: date, number: int, kind: str) -> Paper:
    """A paper drafted, signed, numbered on the day; its register stood just below the number."""
    paper = drafted(unit, values, kind, day)
    actions.submit_paper(by=as_of(day), paper=paper)
    actions.sign_paper(by=as_of(day), paper=paper)
    Register.objects.update_or_create(series=paper.series, year=day.year, defaults={"last": number - 1})
    paper = actions.issue_paper(by=as_of(day), paper=paper, on=day)
    at = datetime.combine(day, time(9, 30), ZONE)
    PaperEvent.objects.filter(paper=paper).update(at=at)
    Paper.objects.filter(pk=paper.pk).update(created_at=at, changed_at=at)
    return paper


def signature(name: str = "Đỗ Thị Trưởng") -> dict[str, Any]:
    return {
        "capacity": "for_body",
        "on_behalf_of": "Ban Thường vụ",
        "post": "Chủ tịch",
        "signer_name": f"{name} (mẫu)",
    }


def guidance() -> dict[str, Any]:
    return {
        "abstract": "V/v hướng dẫn rà soát danh sách hội viên năm 2026",
        "addressees": "Hội Chữ thập đỏ các phường, xã, đặc khu\nCác đơn vị trực thuộc",
        "body": "Để chuẩn bị tổng kết năm, Thành Hội đề nghị các đơn vị rà soát danh sách hội viên, tình nguyện viên theo "
        "mẫu trên Cổng thông tin.\n"
        "Danh sách gửi trước ngày 05 của tháng 12. Đơn vị có sáp nhập ghi rõ chi hội chuyển đến.\n"
        "Trong quá trình thực hiện, nếu có vướng mắc, liên hệ Ban Tổ chức – Kiểm tra.",
        "receivers": f"Như trên\nThường trực Thành Hội{TAIL}, TCKT",
        "capacity": "deputy",
        "on_behalf_of": "Chủ tịch",
        "post": "Phó Chủ tịch",
        "signer_name": "Phạm Thị Thành (mẫu)",
    }


def recognition() -> dict[str, Any]:
    return {
        "abstract": "Về việc công nhận Ban Chấp hành lâm thời Hội Chữ thập đỏ phường Mẫu 9",
        "authority": "Ban Thường vụ Hội Chữ thập đỏ Thành phố (mẫu)",
        "grounds": "Căn cứ Điều lệ Hội Chữ thập đỏ Việt Nam\nXét đề nghị của Hội Chữ thập đỏ phường Mẫu 9",
        "body": "Điều 1. Công nhận Ban Chấp hành lâm thời Hội Chữ thập đỏ phường Mẫu 9 gồm 05 ông, bà.\n"
        "Điều 2. Ban Chấp hành lâm thời hoạt động đến khi Đại hội bầu Ban Chấp hành mới.\n"
        "Điều 3. Văn phòng Thành Hội và các ông, bà có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.",
        "receivers": f"Như Điều 3{TAIL}",
        "has_code": 1,
        **signature(),
    }


def award(head: Person) -> dict[str, Any]:
    return {
        "abstract": "Về việc tặng Giấy khen cho tập thể, cá nhân trong Tháng Nhân đạo năm 2026",
        "authority": "Ban Thường vụ Hội Chữ thập đỏ Thành phố (mẫu)",
        "grounds": "Căn cứ Điều lệ Hội Chữ thập đỏ Việt Nam\nCăn cứ Biên bản họp Hội đồng Thi đua – Khen thưởng",
        "body": "Điều 1. Tặng Giấy khen cho 03 tập thể và 05 cá nhân có tên trong danh sách kèm theo.\n"
        "Điều 2. Mức thưởng: tập thể 600.000 đồng, cá nhân 300.000 đồng (mẫu); nguồn: quỹ khen thưởng.\n"
        "Điều 3. Văn phòng và các tập thể, cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này.",
        "receivers": f"Như Điều 3{TAIL}",
        "annex_1_title": "Danh sách khen thưởng",
        "annex_1_rows": "STT\tTập thể, cá nhân\tĐơn vị\tHình thức\n"
        "1\tChi hội khu phố 4\tPhường Mẫu 1\tGiấy khen\n2\tĐội sơ cấp cứu\tXã Mẫu Đông\tGiấy khen\n"
        "3\tTrương Thị An (mẫu)\tPhường Mẫu 1\tGiấy khen",
        "signer": head,
        **signature(),
    }


def plan() -> dict[str, Any]:
    return {
        "abstract": "Tổ chức “Tết Nhân ái” – Xuân Đinh Mùi 2027",
        "body": "I. Mục đích\nChăm lo người già neo đơn, người khuyết tật, công nhân không về quê.\n"
        "II. Nội dung\nVận động 10.500 suất quà; công khai thu, chi hằng tuần trên Cổng thông tin.\n"
        "III. Tổ chức thực hiện\nBan Công tác xã hội chủ trì, phối hợp các phường, xã, đặc khu.",
        "receivers": f"Hội Chữ thập đỏ phường, xã, đặc khu{TAIL}",
        **signature(),
    }


def submission() -> dict[str, Any]:
    return {
        "abstract": "Về việc đề nghị khen thưởng người hiến máu tiêu biểu năm 2026",
        "addressees": "Chủ tịch Ủy ban nhân dân Thành phố (mẫu)",
        "body": "Căn cứ kết quả bình xét của Hội đồng Thi đua – Khen thưởng, Thành Hội đề nghị khen thưởng 129 cá nhân đạt "
        "mốc 20 lần hiến máu tình nguyện.\n"
        "Kính trình Chủ tịch Ủy ban nhân dân Thành phố xem xét, quyết định.",
        "receivers": f"Như trên{TAIL}",
        **signature(),
    }


def invitation(on: date) -> dict[str, Any]:
    return {
        "abstract": "Dự họp giao ban công tác Hội",
        "addressees": "Đồng chí Chủ tịch Hội Chữ thập đỏ các phường, xã, đặc khu",
        "body": f"Thời gian: 8 giờ 30, ngày {format_date(on + timedelta(days=9))}.\n"
        "Địa điểm: Hội trường Thành Hội (mẫu).\nNội dung: kết quả năm 2026, chuẩn bị “Tết Nhân ái”.",
        "receivers": f"Như trên{TAIL}",
        **signature(),
    }
