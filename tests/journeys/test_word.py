"""Text pasted out of Word, as Word's clipboard holds it, comes out as structure and words."""

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from news.models import Post
from tests.conftest import Cast
from tests.factories import news
from tests.journeys.conftest import Arrive
from tests.journeys.entering import enter

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
WORD = Path(__file__).parent / "word.html"
PASTE = """html => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  document.querySelector(".tiptap").dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""

CLEAN = (
    "<h2>Kế hoạch tổ chức ngày hội</h2>"
    "<p>Thực hiện <strong>Nghị quyết số 98</strong> của Ban Chấp hành<sup>[1]</sup>, “mỗi phường một ngày "
    'hội” – xem <a href="https://example.org/nq98" rel="noopener">toàn văn</a> và bảng dưới.</p>'
    "<h3>I. Việc cần làm</h3>"
    "<ul><li><p>Nơi tổ chức</p><ul><li><p>Nhà văn hóa</p></li><li><p>Trường học</p></li></ul></li>"
    "<li><p>Người phụ trách</p><p>Ghi rõ số điện thoại trực.</p></li></ul>"
    "<p>Thứ tự:</p>"
    '<ol><li><p>Đăng ký</p><ol type="a"><li><p>Tại phường</p></li><li><p>Tại trường</p></li></ol></li>'
    "<li><p>Khám</p></li></ol>"
    "<p>Sau giờ nghỉ:</p>"
    '<ol start="3"><li><p>Hiến máu</p></li></ol>'
    "<p>1.1. Mục hai cấp giữ số</p>"
    '<ol start="4" type="a"><li><p>Điểm thứ tư</p></li></ol><p>đ) Điểm của luật</p>'
    '<ol start="5" type="a"><li><p>Điểm sau</p></li></ol>'
    '<table><tbody><tr><th rowspan="2"><p>Đơn vị</p></th>'
    '<th colspan="2"><p>Số túi máu</p></th></tr>'
    "<tr><td><p>250 ml</p></td><td><p>350 ml</p></td></tr>"
    "<tr><td><p>Phường Mẫu 1</p></td><td><p>12</p></td>"
    "<td><p>96</p></td></tr></tbody></table>"
    "<p><sup>[1]</sup> Ban hành ngày 05/6/2026.</p>"
)


def test_word_comes_out_clean(arrive: Arrive, cast: Cast) -> None:
    """Headings, lists with levels and their own numbers, joined cells, notes; no comment, no style."""
    post = news.post(cast.ward, "Bài dán từ Word", body="")
    writer = enter(arrive(), cast.unit_officer)
    page = writer.page
    writer.open(reverse("post_edit", args=[post.pk]))
    page.locator(".tiptap").click()
    page.evaluate(PASTE, WORD.read_text())
    expect(page.get_by_text("Ảnh dán kèm chữ không được nhận")).to_be_visible()
    finds = writer.axe_finds()
    writer.press("Lưu")
    page.get_by_text("Đã lưu.").wait_for()
    saved = Post.objects.get().body
    assert saved.replace("><", ">\n<").splitlines() == CLEAN.replace("><", ">\n<").splitlines()
    # Opened and saved once more the text is the same: the editor loses nothing of what it shows.
    page.locator(".tiptap").wait_for()
    page.get_by_label("Tóm tắt").fill("Tóm tắt mới của bài.")
    writer.press("Lưu")
    page.get_by_text("Đã lưu.").wait_for()
    assert (Post.objects.get().version, Post.objects.get().body) == (3, saved)
    assert finds == []
