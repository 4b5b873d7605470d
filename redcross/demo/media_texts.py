"""Words and parts of the demo's media library: fictitious, drawn, of no real person."""

from dataclasses import dataclass

from news.enums import Ground, Licence, Piece


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of one of the demo's drawings (left, top, width in its pixels) as a picture of its own."""

    drawing: str
    left: int
    top: int
    width: int
    unit: str
    alt: str
    ground: str = ""
    proof: str = ""
    representative: str = ""
    event: str = ""
    tags: tuple[str, ...] = ()
    credit: str = "Tổ ảnh Thành Hội (mẫu)"
    licence: str = Licence.OWN
    caption: str = ""
    focal: tuple[int, int] = (50, 45)
    brighter: float = 1.0


DRIVE = "Ngày hội hiến máu “Giọt hồng tháng Sáu”"
LESSON = "Lớp sơ cấp cứu học kỳ I"
# The first four are the album's; then each ground with its proof and without.
CUTS = (
    Cut(
        "01-blood-drive", 1060, 330, 540, "P001", "Tranh: ba người chờ bên bàn tiếp đón", Ground.PUBLIC_ACTIVITY,
        "Bảng báo có ghi hình đặt ở cổng Nhà văn hóa Mẫu 1, biên bản 02/BB-CTĐ (mẫu)",
        event=DRIVE, tags=("Hiến máu",), caption="Bàn tiếp đón mở từ bảy giờ sáng", focal=(55, 40),
    ),
    Cut(
        "01-blood-drive", 190, 380, 720, "P001", "Tranh: một người nằm hiến máu bên chậu cây", Ground.CONSENT,
        "Phiếu đồng ý cho dùng hình số 03 (mẫu), lưu tại Hội phường",
        event=DRIVE, tags=("Hiến máu", "Tình nguyện viên"), caption="Mười phút cho một túi máu", focal=(30, 40),
    ),
    Cut(
        "01-blood-drive", 560, 90, 660, "P001", "Tranh: giọt máu có hình trái tim treo giữa các khung cửa",
        Ground.NO_PEOPLE, event=DRIVE, tags=("Hiến máu",), caption="Góc trang trí của đoàn viên khu phố",
    ),
    Cut(
        "08-donors-honoured", 560, 320, 640, "P001", "Tranh: ba người hiến máu nhiều lần đứng trên sân khấu",
        Ground.CONSENT, "Phiếu đồng ý cho dùng hình số 04 (mẫu), lưu tại Hội phường",
        event=DRIVE, tags=("Hiến máu",), credit="Cộng tác viên phường Mẫu 1 (mẫu)", licence=Licence.PERMITTED,
        caption="Những người đã hiến trên hai mươi lần",
    ),
    Cut(
        "03-first-aid-class", 330, 400, 860, "SCC", "Tranh: em học sinh ép tim trên mô hình, chị tập huấn viên chỉ tay",
        Ground.CHILD, "Phiếu đồng ý của học sinh, hồ sơ lớp 05 (mẫu)",
        "Phiếu đồng ý của phụ huynh, hồ sơ lớp 05 (mẫu)",
        event=LESSON, tags=("Sơ cấp cứu",), caption="Ép tim nhanh và đều", focal=(60, 35),
    ),
    Cut(
        "07-new-roof", 300, 480, 640, "TP", "Tranh: gia đình ba thế hệ nhìn mái nhà mới", Ground.OTHER,
        "Ảnh tư liệu lưu trữ trước năm 2026, ý kiến của người phụ trách bảo vệ dữ liệu số 07 (mẫu)",
        event="Bàn giao nhà (mẫu)", licence=Licence.CC_BY_SA, credit="Ảnh tư liệu (mẫu)",
    ),
    Cut("02-new-members", 60, 380, 760, "P001", "Tranh: bà con vỗ tay trong con hẻm treo cờ", Ground.PUBLIC_ACTIVITY,
        event="Kết nạp hội viên (mẫu)", tags=("Chi hội",)),
    Cut("05-gift-store", 860, 380, 700, "TP", "Tranh: hai tình nguyện viên xếp quà", Ground.CONSENT,
        event="Kho quà Tết (mẫu)", tags=("Tình nguyện viên",)),
    Cut("04-summer-of-kindness", 160, 480, 720, "TP", "Tranh: các em học sinh ngồi thành vòng", Ground.CHILD,
        "Phiếu đồng ý của học sinh, hồ sơ trại hè (mẫu)", event="Học kỳ Nhân đạo (mẫu)", tags=("Thanh niên",)),
    Cut("09-tet-gifts", 520, 400, 800, "TP", "Tranh: trao giỏ quà Tết cho bà cụ", Ground.OTHER,
        event="Tết Nhân ái (mẫu)"),
    Cut("09-tet-gifts", 0, 0, 640, "TP", "", event="Tết Nhân ái (mẫu)", credit="", licence=""),
    # The same scene sent by two units, one a little brighter: the library says that they look the same.
    Cut("06-evacuation-drill", 560, 420, 840, "TP", "Tranh: thuyền chở người mặc áo phao", Ground.PUBLIC_ACTIVITY,
        "Kế hoạch diễn tập có mục ghi hình, thông báo 11/TB (mẫu)", event="Diễn tập sơ tán (mẫu)"),
    Cut("06-evacuation-drill", 562, 422, 838, "P001", "Tranh: thuyền cứu hộ trên sông", event="Diễn tập sơ tán (mẫu)",
        credit="Điện thoại Hội phường (mẫu)", brighter=1.06),
    Cut("10-card-on-phone", 60, 380, 700, "P001", "Tranh: hai người ngồi ghế đá xem điện thoại", Ground.CONSENT,
        "Phiếu đồng ý số 08 (mẫu)", event="Thẻ trên điện thoại (mẫu)"),
)  # fmt: skip
ALBUM = (
    "Giọt hồng tháng Sáu qua ống kính phường Mẫu 1",
    "Từ bàn tiếp đón lúc bảy giờ đến lời cảm ơn cuối buổi. Hình minh họa của bản mẫu, không phải người thật.",
)
CAPTIONS = """WEBVTT

00:00.500 --> 00:03.200
Học sơ cấp cứu: mỗi lớp không quá 30 học viên.

00:03.400 --> 00:08.800
Ép tim nhanh và đều, 100 đến 120 lần mỗi phút.

00:09.000 --> 00:11.200
Gọi 115, nhờ người hỗ trợ, thay nhau ép tim.

00:11.300 --> 00:13.400
Ai cũng được tự tay thực hành.
"""
RATES = (
    (Piece.ARTICLE, 300_000, 120),
    (Piece.NEWS, 100_000, 0),
    (Piece.PICTURE, 50_000, 0),
    (Piece.VIDEO, 400_000, 0),
)
OLD_ITEM = (
    "<item><title>{title}</title><link>https://trang-cu.example.org/{path}</link>"
    "<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_id>{number}</wp:post_id>"
    "<wp:post_date_gmt>{day} 01:00:00</wp:post_date_gmt><wp:status>{status}</wp:status>"
    "<wp:post_type>post</wp:post_type></item>"
)
OLD_SITE = (
    '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" '
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    'xmlns:wp="http://wordpress.org/export/1.2/"><channel>{items}</channel></rss>'
)
OLD_ARTICLES = (
    (
        11, "2019-04-07", "publish", "2019/04/hien-mau-mung-ngay-hoi", "Mừng Ngày hội Hiến máu (bài cũ, mẫu)",
        "<p>Bài của trang cũ, dùng cho bản mẫu. Điểm hiến mở tại sân nhà văn hóa.</p>",
    ),
    (
        12, "2020-03-27", "publish", "2020/03/khu-pho-ket-nap", "Khu phố kết nạp hội viên (bài cũ, mẫu)",
        (
            '<p>Xem lại <a href="https://trang-cu.example.org/2019/04/hien-mau-mung-ngay-hoi/">bài trước</a>.</p>'
            '<p><img src="https://trang-cu.example.org/anh/thieu.jpg" alt="Ảnh không còn"></p>'
        ),
    ),
    (13, "2020-05-19", "draft", "2020/05/chua-dang", "Bài chưa đăng của trang cũ (mẫu)", "<p>Chưa đăng.</p>"),
)  # fmt: skip
