"""The demo's letters: some went out, one was stopped, some wait, and two must be called or printed."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from foundation.dates import ZONE
from ledger.actor import Actor
from ledger.models import User
from letters import actions
from letters.enums import LetterState
from letters.models import Letter
from people.queries import name_of


@dataclass(frozen=True, slots=True)
class LetterText:
    """One letter: to which account, about which unit, how many days from the load, and what became of it."""

    to: str
    unit: str
    days: int
    subject: str
    text: str
    fate: str = LetterState.SENT
    channel: str = "email"
    has_address: bool = True


LETTERS = (
    LetterText(
        "tinh-nguyen",
        "P001-KP04",
        -6,
        "Lịch trực đội sơ cấp cứu tuần tới (mẫu)",
        "Bạn có ca trực từ 7 giờ đến 11 giờ sáng thứ Bảy tại Nhà văn hóa Mẫu 1. Nếu không tham gia được, "
        "xin báo chi hội trưởng trước một ngày để đổi ca.",
    ),
    LetterText(
        "chi-hoi-4",
        "P001",
        -5,
        "Mời họp giao ban chi hội tháng này (mẫu)",
        "Hội Chữ thập đỏ phường Mẫu 1 mời Bạn dự họp giao ban các chi hội lúc 19 giờ thứ Năm tại Nhà văn hóa "
        "Mẫu 1. Nội dung: kết quả thu hội phí, danh sách hội viên mới, chuẩn bị Tết Nhân ái.",
    ),
    LetterText(
        "phuong-1",
        "P001",
        -3,
        "Nhắc gửi danh sách hội viên mới (mẫu)",
        "Danh sách hội viên mới của quý này cần về Thành Hội trước ngày 05 tháng sau. Phường Mẫu 1 còn thiếu "
        "hai chi hội.",
    ),
    LetterText(
        "tinh-nguyen",
        "P001-KP04",
        -2,
        "Cảm ơn Bạn đã tham gia dọn hẻm (mẫu)",
        "Buổi sáng chủ nhật vừa rồi có 34 người cùng tham gia. Chi hội sẽ ghi nhận giờ hoạt động của Bạn.",
    ),
    LetterText(
        "chi-hoi-4",
        "P001",
        -1,
        "Đổi địa điểm họp giao ban (mẫu)",
        "Buổi họp giao ban chuyển sang Trường THCS Mẫu Bình Minh.",
        fate=LetterState.CANCELLED,
    ),
    LetterText(
        "tinh-nguyen",
        "P001-KP04",
        -1,
        "Nhắc lịch hiến máu (mẫu)",
        "Điểm hiến máu tại Nhà văn hóa Mẫu 1 mở từ 7 giờ đến 11 giờ 30 chủ nhật này.",
        fate=LetterState.TO_CALL,
        channel="zalo",
    ),
    LetterText(
        "chi-hoi-4",
        "P001",
        -1,
        "Danh sách thu hội phí của chi hội (mẫu)",
        "Danh sách thu hội phí đã sẵn sàng. Bạn có thể nhận bản in tại văn phòng Hội phường.",
        fate=LetterState.TO_CALL,
        has_address=False,
    ),
    LetterText(
        "phuong-1",
        "P001",
        1,
        "Nhắc hạn nộp báo cáo tháng (mẫu)",
        "Báo cáo hoạt động tháng của phường Mẫu 1 đến hạn trong ba ngày nữa.",
        fate=LetterState.WAITING,
    ),
    LetterText(
        "truong-ban",
        "TP",
        2,
        "Mời dự họp chuẩn bị Tết Nhân ái (mẫu)",
        "Thành Hội mời Bạn dự họp phân công các ban lúc 8 giờ 30 tại phòng họp số 1.",
        fate=LetterState.WAITING,
    ),
)


def load_letters(by: Actor, users: dict[str, User], now: datetime) -> int:
    """Write the demo's letters as of `now`; returns how many. What was sent in the past does not go out."""
    for number, text in enumerate(LETTERS, start=1):
        user = users[text.to]
        day = (now + timedelta(days=text.days)).astimezone(ZONE).date()
        at = datetime.combine(day, time(8, 5 * number), ZONE)
        letter = actions.enqueue(
            by=by,
            template="demo.notice",
            key=f"demo.notice:{number}",
            address=user.email if text.has_address else "",
            context={"subject": text.subject, "name": name_of(user), "text": text.text},
            user=user,
            channel=text.channel,
            recipient_name=name_of(user),
            unit_code=text.unit,
            due_at=at,
        )
        if text.fate == LetterState.CANCELLED:
            actions.cancel_letter(by=by, letter=letter)
        became = {"state": LetterState.SENT, "sent_at": at, "attempts": 1}
        written = {"created_at": min(at, now)} | (became if text.fate == LetterState.SENT else {})
        Letter.objects.filter(pk=letter.pk).update(**written)  # as if it had happened then
    return len(LETTERS)
