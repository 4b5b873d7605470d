"""The demo's newsroom: posts on every step between a first line and the archive, and the talk about them."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from docx import Document as WordDocument

from foundation.dates import ZONE
from ledger.actor import Actor
from ledger.enums import Via
from ledger.models import User
from news import actions
from news.models import Category, Comment, Editing, Post
from news.rules.body import clean_body
from news.rules.embeds import box
from people.actors import actor_for
from people.models import Unit

WARD, CITY = "Hội Chữ thập đỏ phường Mẫu 1", "Ban Truyền thông (mẫu)"
CORRECTED, UPDATED = 0, 1  # of the posts on the site, the oldest first
LOCKED_FOR = timedelta(days=30)  # nobody sits before the demo's page: its lock stays warm of itself


def load_newsroom(units: dict[str, Unit], users: dict[str, User], on: date) -> int:
    """Posts talked over, proposed, approved, corrected, archived, being written; how many."""
    ward, editor, publisher = (
        actor_for(users[name], Via.COMMAND) for name in ("phuong-1", "bien-tap", "duyet-bai")
    )
    now = timezone.now()
    _proposed(ward, editor, units["P001"], now)
    _approved(ward, editor, units["P001"], now)
    _archived(editor, publisher, units["TP"], on)
    _being_written(editor, units["TP"], now)
    actions.keep_typing(
        by=ward,
        post=None,
        version=0,
        values={
            "title": "Khu phố 4 dọn hẻm đón Tết",
            "summary": "Sáng Chủ nhật, 40 hộ cùng dọn con hẻm dài 300 mét.",
            "body": "<p>Từ 6 giờ sáng, bà con đã mang chổi ra đầu hẻm. Còn phải hỏi số bao rác…</p>",
            "category": str(_category("hoi-vien").pk),
            "unit": str(units["P001"].pk),
        },
    )
    _corrected_and_updated(publisher)
    return 4


def _proposed(ward: Actor, editor: Actor, unit: Unit, now: datetime) -> None:
    """Waits for review since yesterday: one thread is open, with an answer, another is settled."""
    post = _written(
        ward,
        unit,
        "hoi-vien",
        "Phường Mẫu 1 tặng 60 phần quà cho người bán vé số dạo",
        "Mỗi phần quà có gạo, dầu ăn và một chiếc áo mưa. Chi hội trao tận tay trong hai buổi chiều.",
        "Hai buổi chiều cuối tuần, Hội phường Mẫu 1 trao 60 phần quà cho người bán vé số dạo trên địa bàn.",
        "Mỗi phần quà gồm 10 ký gạo, một chai dầu ăn và một chiếc áo mưa, do bà con các khu phố đóng góp.",
        "Chị Mẫu, bán vé số ở chợ phường đã 12 năm, nói chiếc áo mưa là món chị cần nhất mùa này.",
        author=WARD,
    )
    post = actions.propose_post(by=ward, post=post)
    _move(post, since_at=now - timedelta(days=1))
    asked = actions.comment_on_post(
        by=editor,
        post=post,
        quote="do bà con các khu phố đóng góp",
        text="Phường ghi giúp tổng giá trị quà và ai góp nhiều nhất, để bạn đọc biết nguồn.",
    )
    answer = actions.comment_on_post(
        by=ward, post=post, thread=asked, text="Dạ, em đang hỏi chi hội khu phố 2 và 4, chiều nay em bổ sung."
    )
    settled = actions.comment_on_post(
        by=editor, post=post, text="Tên chị bán vé số: chị có đồng ý nêu tên không?", quote="Chị Mẫu"
    )
    agreed = actions.comment_on_post(
        by=ward, post=post, thread=settled, text="Chị đồng ý, phiếu số 07 lưu ở phường."
    )
    actions.settle_comment(by=editor, comment=settled, is_settled=True)
    for comment, hours in ((asked, 20), (answer, 18), (settled, 20), (agreed, 19)):
        Comment.objects.filter(pk=comment.pk).update(at=now - timedelta(hours=hours))


def _approved(ward: Actor, editor: Actor, unit: Unit, now: datetime) -> None:
    """Approved three hours ago; nobody has given it its time."""
    post = _written(
        ward,
        unit,
        "so-cap-cuu",
        "Ba trường ở phường Mẫu 1 có góc sơ cấp cứu",
        "Mỗi góc có tủ thuốc, bảng hướng dẫn sáu bước và hai thầy cô đã qua lớp sơ cấp cứu.",
        "Ba trường tiểu học và trung học cơ sở ở phường Mẫu 1 vừa có góc sơ cấp cứu đặt cạnh phòng y tế.",
        "Mỗi góc có một tủ thuốc, một cáng gấp và bảng sáu bước bằng tranh, cao vừa tầm mắt học sinh.",
        author=WARD,
    )
    post = actions.propose_post(by=ward, post=post)
    post = actions.approve_post(by=editor, post=post, version=post.version)
    _move(post, since_at=now - timedelta(hours=3))


def _archived(editor: Actor, publisher: Actor, unit: Unit, on: date) -> None:
    """An announcement of last year that has served: its address stays."""
    post = _written(
        editor,
        unit,
        "thong-bao",
        "Lịch tiếp nhận ủng hộ quần áo cũ năm trước",
        "Bốn điểm tiếp nhận trong tháng 11. Quần áo còn lành, đã giặt sạch, xếp theo cỡ.",
        "Bốn điểm tiếp nhận mở cửa các chiều thứ Bảy trong tháng. Xin bà con giặt sạch và xếp theo cỡ.",
        "Quần áo người lớn, trẻ em và chăn mỏng đều dùng được; giày dép xin buộc thành đôi.",
    )
    at = datetime.combine(on - timedelta(days=380), time(8), ZONE)
    post = actions.publish_post(by=publisher, post=post, version=post.version, at=at)
    post = actions.archive_post(by=publisher, post=post, reason="Đợt tiếp nhận đã kết thúc.")
    _move(post, since_at=at + timedelta(days=40))


def _being_written(editor: Actor, unit: Unit, now: datetime) -> None:
    """Open on an editor's screen, with text typed and not saved."""
    begun = "Mỗi sáng, trước khi mở sạp rau, cô Mẫu ghé ba nhà trong hẻm đưa cháo."
    post = _written(
        editor,
        unit,
        "dia-chi-nhan-dao",
        "Người đưa cháo ở chợ Mẫu",
        "Mười năm, mỗi sáng ba phần cháo cho ba cụ già neo đơn.",
        begun,
    )
    more = "Cô bảo: “Tiện đường thôi mà.” Con đường tiện ấy dài thêm hai cây số."
    typed = clean_body(f"<p>{begun}</p><p>{more}</p>")
    values = {"title": post.title, "summary": post.summary, "body": typed, "author_line": CITY}
    values |= {"category": str(post.category_id), "unit": str(unit.pk), "slug": post.slug}
    actions.keep_typing(by=editor, post=post, version=post.version, values=values)
    actions.hold_post(by=editor, post=post)
    since = now - timedelta(minutes=12)
    Editing.objects.filter(post=post).update(since=since, seen_at=now + LOCKED_FOR)


def _corrected_and_updated(publisher: Actor) -> None:
    """One post on the site bears a correction, one the mark of an update; both dated after their day."""
    on_site = list(Post.objects.on_site(timezone.now()).order_by("publish_at", "pk"))
    post = on_site[CORRECTED]
    said = "Bản đăng đầu tiên ghi nhầm một con số; số trong bài hiện nay là số đúng. Xin lỗi bạn đọc."
    post = actions.correct_post(by=publisher, post=post, text=said)
    at = _day_after(post)
    _move(post, updated_at=at, corrections=[{"at": at.isoformat(timespec="seconds"), "text": said}])
    post = on_site[UPDATED]
    form = actions.add_post_file(
        by=publisher, unit=post.unit, file=_blank_form(), title="Mẫu đơn xin gia nhập Hội"
    )
    body = (
        f"{post.body}<p>Cập nhật: đến cuối ngày, có thêm năm người đăng ký tại hội phường. "
        f"Ai muốn tham gia có thể điền sẵn mẫu đơn dưới đây.</p>{box('file', form.pk)}"
    )
    post = actions.edit_post(by=publisher, post=post, version=post.version, values={"body": body})
    _move(post, updated_at=_day_after(post))


def _blank_form() -> SimpleUploadedFile:
    """A Word file to fill in by hand, for readers to take."""
    paper, out = WordDocument(), BytesIO()
    paper.add_heading("ĐƠN XIN GIA NHẬP HỘI CHỮ THẬP ĐỎ (mẫu)", 1)
    for line in ("Kính gửi: Ban Chấp hành Hội", "Họ và tên", "Ngày sinh", "Nơi ở", "Điện thoại", "Chi hội"):
        paper.add_paragraph(f"{line}: ……………………………………")
    paper.save(out)
    return SimpleUploadedFile("mau-don-xin-gia-nhap.docx", out.getvalue())


def _written(
    by: Actor, unit: Unit, category: str, title: str, summary: str, *paragraphs: str, author: str = CITY
) -> Post:
    values: dict[str, Any] = {
        "category": _category(category),
        "title": title,
        "summary": summary,
        "body": "".join(f"<p>{words}</p>" for words in paragraphs),
        "author_line": author,
    }
    return actions.write_post(by=by, unit=unit, values=values)


def _category(slug: str) -> Category:
    return Category.objects.get(slug=slug)


def _day_after(post: Post) -> datetime:
    now = timezone.now()
    return min((post.publish_at or now) + timedelta(hours=26), now)


def _move(post: Post, **values: Any) -> None:
    """Moments that actions take from the clock, as if they had happened earlier."""
    Post.objects.filter(pk=post.pk).update(**values)
