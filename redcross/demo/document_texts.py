"""Words of the demo's library. Numbers of the law are those the rule tables cite, and nothing but the numbers."""

from dataclasses import dataclass

from news.enums import DocumentKind, ExampleKind

BLOOD, WORK, PAY, MEMBERS = "hien-mau", "to-chuc-can-bo", "danh-gia-thu-nhap", "hoi-vien-tinh-nguyen-vien"
FIRST_AID, SOCIAL, HONOURS, MONEY = (
    "so-cap-cuu-phong-ngua-tham-hoa",
    "cong-tac-xa-hoi",
    "thi-dua-khen-thuong",
    "tai-chinh-hoi-phi",
)
DATA, PAPERS = "du-lieu-ca-nhan", "van-thu"
SCANNED = {"15/QC-CTĐ"}  # filed as pictures of pages: found by number and title only


@dataclass(frozen=True, slots=True)
class ChapterText:
    """A fictitious document of the chapter: issued so many days ago, in force so many days later."""

    kind: DocumentKind
    number: str
    title: str
    topic: str
    days_ago: int
    summary: str = ""
    waits: int = 0
    is_draft: bool = False


LAW = (
    (DocumentKind.LAW, "11/2008/QH12", "Quốc hội", WORK),
    (DocumentKind.LAW, "91/2025/QH15", "Quốc hội", DATA),
    (DocumentKind.RESOLUTION, "98/2023/QH15", "Quốc hội", PAY),
    (DocumentKind.CIRCULAR, "26/2013/TT-BYT", "Bộ Y tế", BLOOD),
    (DocumentKind.CIRCULAR, "15/2023/TT-BYT", "Bộ Y tế", BLOOD),
    (DocumentKind.DECREE, "30/2020/NĐ-CP", "Chính phủ", PAPERS),
    (DocumentKind.DECREE, "90/2020/NĐ-CP", "Chính phủ", PAY),
    (DocumentKind.DECREE, "48/2023/NĐ-CP", "Chính phủ", PAY),
    (DocumentKind.DECREE, "335/2025/NĐ-CP", "Chính phủ", PAY),
    (DocumentKind.DECREE, "356/2025/NĐ-CP", "Chính phủ", DATA),
    (DocumentKind.RESOLUTION, "08/2023/NQ-HĐND", "Hội đồng nhân dân Thành phố", PAY),
    (DocumentKind.RESOLUTION, "27/2025/NQ-HĐND", "Hội đồng nhân dân Thành phố", PAY),
    (DocumentKind.DECISION, "20/2024/QĐ-UBND", "Ủy ban nhân dân Thành phố", PAY),
)
CHAPTER = (
    ChapterText(
        DocumentKind.RESOLUTION,
        "31/NQ-BCH",
        "Về công tác hiến máu tình nguyện và phát triển chi hội trong hai năm tới",
        BLOOD,
        14,
        "Mỗi Hội cơ sở có ít nhất hai ngày hội hiến máu một năm; mỗi khu phố, ấp có một chi hội hoạt động "
        "thường xuyên; số hội viên được tiếp xúc mỗi quý tăng một phần mười.",
    ),
    ChapterText(
        DocumentKind.RESOLUTION,
        "12/NQ-BCH",
        "Về công tác hiến máu tình nguyện giai đoạn trước",
        BLOOD,
        560,
    ),
    ChapterText(
        DocumentKind.GUIDANCE,
        "18/HD-CTĐ",
        "Hướng dẫn thực hiện Nghị quyết về hiến máu tình nguyện và phát triển chi hội",
        BLOOD,
        6,
        "Các bước tổ chức ngày hội, mẫu kế hoạch, cách ghi số liệu trên cổng.",
    ),
    ChapterText(DocumentKind.REGULATION, "15/QC-CTĐ", "Quy chế làm việc của Ban Chấp hành", WORK, 410),
    ChapterText(
        DocumentKind.DECISION, "44/QĐ-CTĐ", "Sửa đổi Điều 6 Quy chế làm việc của Ban Chấp hành", WORK, 90
    ),
    ChapterText(DocumentKind.REGULATION, "03/QC-CTĐ", "Quy chế chi tiêu nội bộ (lần đầu)", MONEY, 480),
    ChapterText(DocumentKind.REGULATION, "09/QC-CTĐ", "Quy chế chi tiêu nội bộ", MONEY, 300),
    ChapterText(DocumentKind.REGULATION, "52/QC-CTĐ", "Quy chế chi tiêu nội bộ năm tới", MONEY, 20, waits=36),
    ChapterText(DocumentKind.PLAN, "67/KH-CTĐ", "Kế hoạch Tết Nhân ái", SOCIAL, 25),
    ChapterText(DocumentKind.PLAN, "58/KH-CTĐ", "Kế hoạch tập huấn sơ cấp cứu học kỳ I", FIRST_AID, 110),
    ChapterText(DocumentKind.PLAN, "41/KH-CTĐ", "Kế hoạch diễn tập ứng phó triều cường", FIRST_AID, 150),
    ChapterText(DocumentKind.PROGRAMME, "05/CTr-CTĐ", "Chương trình công tác năm", WORK, 320),
    ChapterText(DocumentKind.GUIDANCE, "11/HD-CTĐ", "Hướng dẫn thu, trích nộp hội phí", MONEY, 290),
    ChapterText(
        DocumentKind.GUIDANCE, "14/HD-CTĐ", "Hướng dẫn kết nạp và quản lý hội viên trên cổng", MEMBERS, 200
    ),
    ChapterText(
        DocumentKind.GUIDANCE, "16/HD-CTĐ", "Hướng dẫn lập hồ sơ khen thưởng người hiến máu", HONOURS, 130
    ),
    ChapterText(DocumentKind.NOTICE, "73/TB-CTĐ", "Lịch tiếp nhận máu cuối năm", BLOOD, 9),
    ChapterText(DocumentKind.NOTICE, "70/TB-CTĐ", "Kết luận giao ban quý III", WORK, 45),
    ChapterText(DocumentKind.REPORT, "88/BC-CTĐ", "Kết quả sáu tháng đầu năm", WORK, 140),
    ChapterText(DocumentKind.DECISION, "39/QĐ-CTĐ", "Ban hành mẫu thẻ hội viên", MEMBERS, 220),
    ChapterText(DocumentKind.DECISION, "47/QĐ-CTĐ", "Khen thưởng phong trào Việc tử tế", HONOURS, 60),
    ChapterText(DocumentKind.RULES, "21/QyĐ-CTĐ", "Quy định bảo vệ dữ liệu cá nhân của hội viên", DATA, 170),
    ChapterText(
        DocumentKind.OFFICIAL_LETTER, "205/CTĐ-VP", "Về việc nộp danh sách hội viên trên cổng", PAPERS, 40
    ),
    ChapterText(
        DocumentKind.SCHEME, "02/ĐA-CTĐ", "Đề án mạng lưới điểm sơ cấp cứu cộng đồng", FIRST_AID, 260
    ),
    ChapterText(DocumentKind.DIRECTIVE, "04/CT-CTĐ", "Về phòng ngừa mùa mưa bão", FIRST_AID, 190),
    ChapterText(DocumentKind.PLAN, "75/KH-CTĐ", "Kế hoạch đại hội chi hội (dự thảo)", WORK, 2, is_draft=True),
)
TEXTS: dict[str, tuple[str, ...]] = {
    "31/NQ-BCH": (
        "Ban Chấp hành Hội Chữ thập đỏ Thành phố (mẫu) thống nhất nâng chất lượng hiến máu tình nguyện và "
        "xây dựng chi hội vững từ khu phố, ấp.",
        "Mỗi Hội cơ sở tổ chức ít nhất hai ngày hội hiến máu một năm, có kế hoạch công khai trước ba mươi ngày.",
        "Mỗi khu phố, ấp có một chi hội sinh hoạt ít nhất một lần mỗi quý và ghi biên bản trên cổng.",
        "Người hiến máu lần đầu được hỏi thăm trong bảy ngày và được nhắc khi đủ ngày hiến lại.",
        "Các Hội cơ sở báo kết quả thực hiện trước ngày 10 của tháng cuối quý.",
    ),
    "18/HD-CTĐ": (
        "Văn bản này hướng dẫn các bước thực hiện Nghị quyết về hiến máu tình nguyện và phát triển chi hội.",
        "Lập kế hoạch ngày hội: chỉ tiêu, địa điểm, cơ sở tiếp nhận máu, phân công tình nguyện viên.",
        "Ghi danh sách ngay tại điểm hiến bằng trang nhập nhanh; đối chiếu với cơ sở tiếp nhận trong ba ngày.",
        "Chi hội ghi số người dự sinh hoạt, không ghi tên người được giúp đỡ.",
    ),
    "52/QC-CTĐ": (
        "Quy chế này quy định mức chi và trình tự thanh toán của cơ quan Thành Hội (mẫu).",
        "Chi cho ngày hội hiến máu theo dự toán được duyệt; quà tặng người hiến máu có ký nhận.",
        "Chi tập huấn gồm tài liệu, nước uống và thù lao tập huấn viên theo quy định hiện hành.",
    ),
    "11/HD-CTĐ": (
        "Hội phí thu theo danh sách từng chi hội; một phiếu thu ghi được nhiều người.",
        "Chi hội nộp về Hội cơ sở trong tháng; Hội cơ sở lập bảng kê trích nộp cấp trên.",
    ),
    "15/QC-CTĐ": (
        "Quy chế này quy định nguyên tắc, chế độ làm việc của Ban Chấp hành.",
        "Ban Chấp hành họp thường kỳ mỗi năm hai lần, họp bất thường khi cần.",
        "Ủy viên vắng mặt báo trước và gửi ý kiến bằng văn bản.",
    ),
    "04/CT-CTĐ": (
        "Các Hội cơ sở ven sông rà soát danh sách hộ cần hỗ trợ sơ tán trước mùa triều cường.",
        "Đội ứng phó kiểm tra áo phao, loa cầm tay, túi sơ cấp cứu mỗi tháng một lần.",
    ),
}


@dataclass(frozen=True, slots=True)
class ExampleText:
    """A fictitious good example; shown so many days ago, returned with `reason`, or waiting for the city."""

    kind: ExampleKind
    title: str
    name: str
    summary: str
    story: str
    days_ago: int | None = None
    reason: str = ""
    picture: str = ""
    alt: str = ""
    consent: str = ""


EXAMPLES = (
    ExampleText(
        ExampleKind.MODEL,
        "Tủ thuốc đầu hẻm của chi hội khu phố 4",
        "Tủ thuốc đầu hẻm",
        "Một chiếc tủ nhỏ, một cuốn sổ và sáu người thay nhau trực giúp cả hẻm có thuốc thông thường.",
        "Hai năm trước, nhiều nhà trong hẻm phải đi xa mới mua được bông băng lúc nửa đêm. Chi hội khu phố 4 "
        "đặt một tủ thuốc trước nhà văn hóa, có danh mục do trạm y tế xem và khóa số.\n\n"
        "Sáu hội viên thay nhau trực, mỗi tuần kiểm hạn dùng và ghi sổ. Ai lấy gì ghi nấy, không hỏi tên. "
        "Cuối tháng, chi hội công khai số tiền góp và số thuốc đã dùng ngay trên cánh tủ.\n\n"
        "Muốn làm theo, chi hội khác cần ba thứ: một nơi có mái che, một người của trạm y tế nhận xem danh "
        "mục, và lịch trực dán ở chỗ ai cũng thấy. Chi phí mỗi tháng khoảng bốn trăm nghìn đồng.",
        days_ago=75,
        picture="05-gift-store",
        alt="Tranh: kệ hàng và các hộp xếp ngay ngắn, một người đang ghi sổ",
    ),
    ExampleText(
        ExampleKind.PERSON,
        "Người giữ nếp hiến máu của khu phố",
        "Bà Mẫu Thị Hiền (mẫu)",
        "Mười năm nay, bà gọi điện nhắc từng người trong khu phố khi đủ ngày hiến máu lại.",
        "Bà giữ một cuốn sổ kẻ tay, mỗi trang một người. Ai hiến xong, bà ghi ngày được hiến lại, rồi đúng "
        "ngày thì gọi. Bà không ép ai, chỉ hỏi sức khỏe trước rồi mới nhắc.\n\n"
        "Từ khi có cổng, bà nhờ cháu nhập sổ lên máy, còn bà vẫn gọi điện vì nhiều người thích nghe tiếng hơn "
        "đọc tin. Khu phố của bà năm nào cũng vượt chỉ tiêu được giao.",
        days_ago=40,
        picture="01-blood-drive",
        alt="Tranh: một người nằm hiến máu bên cửa sổ, nhân viên y tế đứng cạnh, ba người chờ ở bàn tiếp đón",
        consent="Giấy đồng ý (mẫu) lưu tại Hội phường Mẫu 1",
    ),
    ExampleText(
        ExampleKind.GROUP,
        "Đội sơ cấp cứu trực cổng trường giờ tan học",
        "Đội sơ cấp cứu Trường THCS Mẫu Bình Minh",
        "Mười hai em học sinh và hai thầy cô trực ba mươi phút mỗi chiều, xử trí trầy xước, say nắng.",
        "Sau đợt tập huấn đầu năm, nhà trường cùng Hội phường lập đội trực cổng. Mỗi chiều, bốn em mặc áo ghi "
        "lê, đứng cạnh bàn sơ cấp cứu có nước, băng và đá lạnh.\n\n"
        "Trong một học kỳ, đội xử trí các vết trầy xước nhẹ và vài ca say nắng; ca nào nặng hơn đều gọi trạm "
        "y tế ngay. Các em thay phiên để không ai trực quá một buổi một tuần.\n\n"
        "Cách làm này cần tập huấn lại mỗi học kỳ và một thầy cô luôn có mặt cùng các em.",
        days_ago=12,
        picture="03-first-aid-class",
        alt="Tranh: lớp học sơ cấp cứu, các em tập ép tim trên hình nộm",
    ),
    ExampleText(
        ExampleKind.MODEL,
        "Mười cuộc gọi trước khi nước lên",
        "Nhóm gọi điện mùa triều cường",
        "Mỗi tổ có một người gọi mười nhà trước giờ triều lên; trong hai mươi phút cả khu phố biết tin.",
        "Khu phố có sáu hẻm thấp, mỗi tháng vài lần nước lên. Trước kia ai biết trước thì kê đồ, ai không biết "
        "thì ướt. Chi hội chia các nhà thành tổ mười nhà, mỗi tổ một người gọi.\n\n"
        "Khi có tin triều cao, chi hội trưởng gọi sáu người, sáu người gọi tiếp. Nhà nào có người già, trẻ nhỏ "
        "được gọi trước. Ba lần gần đây, mọi nhà đều hay tin trước ít nhất một giờ.",
    ),
    ExampleText(
        ExampleKind.MODEL,
        "Góc đọc sách hẻm 12",
        "Góc đọc sách hẻm 12",
        "Một kệ sách dưới mái hiên cho trẻ em đọc mỗi chiều.",
        "Hội viên góp sách cũ, đóng một kệ gỗ đặt dưới mái hiên nhà văn hóa. Chiều nào cũng có trẻ em đến đọc, "
        "cuối tuần có người đọc truyện cho các em nhỏ.\n\n"
        "Sách được bọc lại và đánh số; ai mượn thì ghi vào cuốn sổ treo bên kệ.",
        reason="Xin bổ sung số sách, số em đến đọc mỗi tuần và điều nơi khác có thể làm theo.",
    ),
)
