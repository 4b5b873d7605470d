"""Papers for tests."""

from typing import Any

from ledger.actor import Actor
from papers.actions import draft_paper, sign_paper, submit_paper
from papers.models import Paper
from people.models import Unit

VALUES = {
    "abstract": "Về việc công nhận hội viên",
    "authority": "Ban Thường vụ Hội Chữ thập đỏ phường Mẫu 1",
    "grounds": "Căn cứ Điều lệ Hội Chữ thập đỏ Việt Nam\nTheo đề nghị của Chi hội khu phố 4",
    "body": "Điều 1. Công nhận 12 hội viên.\nĐiều 2. Quyết định có hiệu lực kể từ ngày ký.",
    "receivers": "Như Điều 1\nLưu: VT",
    "capacity": "for_body",
    "on_behalf_of": "Ban Thường vụ",
    "post": "Chủ tịch",
    "signer_name": "Đỗ Thị Trưởng (mẫu)",
    "annex_1_title": "Danh sách hội viên",
    "annex_1_rows": "STT\tHọ và tên\tNăm sinh\n1\tTrương Thị An (mẫu)\t1992",
}


def drafted(by: Actor, unit: Unit, kind: str = "decision", **changes: Any) -> Paper:
    """A whole draft of a decision; `values` change its words."""
    values = {**VALUES, **changes.pop("values", {})}
    return draft_paper(by=by, unit=unit, kind=kind, values=values, **changes)


def signed(by: Actor, unit: Unit, **changes: Any) -> Paper:
    """A paper that waits for its number."""
    return sign_paper(by=by, paper=submit_paper(by=by, paper=drafted(by, unit, **changes)))
