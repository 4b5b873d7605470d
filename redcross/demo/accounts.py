"""The demo's accounts: one for every office, one with none. They exist only in the demo."""

from dataclasses import dataclass

from people.enums import OfficeCode

# Printed on the demo's sign-in page: no secret, and never loaded outside the demo.
PASSWORD = "mau-chu-thap-do-2026"  # noqa: S105


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A login of the demo: who, on which unit, which office (None: an ordinary person)."""

    username: str
    full_name: str
    unit: str
    office: OfficeCode | None
    totp_secret: str


def _secret(username: str) -> str:
    """A fixed base32 secret for the demo's second step, made from the login name."""
    from base64 import b32encode
    from hashlib import sha256

    return b32encode(sha256(f"demo:{username}".encode()).digest()[:20]).decode()


def _account(username: str, name: str, unit: str, office: OfficeCode | None) -> DemoAccount:
    return DemoAccount(username, f"{name} (mẫu)", unit, office, _secret(username))


ACCOUNTS = (
    _account("bien-tap", "Lê Thị Hạnh Biên", "TP", OfficeCode.EDITOR),
    _account("duyet-bai", "Trần Văn Duyệt", "TP", OfficeCode.PUBLISHER),
    _account("quan-tri", "Nguyễn Quản Trị", "TP", OfficeCode.ADMINISTRATOR),
    _account("thanh-hoi", "Phạm Thị Thành", "TP", OfficeCode.CITY_OFFICER),
    _account("phuong-1", "Võ Thị Phương Nhất", "P001", OfficeCode.UNIT_OFFICER),
    _account("chi-hoi-4", "Đặng Văn Tư", "P001-KP04", OfficeCode.BRANCH_HEAD),
    _account("hien-mau", "Bùi Thị Hồng Giọt", "TP", OfficeCode.DONOR_OFFICER),
    _account("khen-thuong", "Hồ Văn Thưởng", "TP", OfficeCode.REWARD_OFFICER),
    _account("danh-gia", "Ngô Thị Bình", "TP", OfficeCode.EVALUATION_OFFICER),
    _account("truong-ban", "Dương Văn Ban", "CTXH", OfficeCode.DEPARTMENT_HEAD),
    _account("thu-truong", "Đỗ Thị Trưởng", "TP", OfficeCode.UNIT_HEAD),
    _account("ke-toan", "Lý Thị Toán", "TP", OfficeCode.ACCOUNTANT),
    _account("van-thu", "Huỳnh Văn Thư", "TP", OfficeCode.CLERK),
    _account("kiem-tra", "Phan Văn Kiểm", "TP", OfficeCode.INSPECTION),
    _account("bao-ve-du-lieu", "Vũ Thị Dữ", "TP", OfficeCode.DATA_OFFICER),
    _account("kiem-toan", "Mai Văn Toán", "TP", OfficeCode.AUDITOR),
    _account("tinh-nguyen", "Trương Thị An", "P001-KP04", None),
)
