"""The demo's posts: fictitious words after the chapter's daily work. {yyyy-mm-dd} is a day of the pattern, shifted."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PostText:
    """One post of the demo; `day` as in the pattern, whose today is 24/11/2026."""

    day: date
    category: str
    unit: str
    title: str
    summary: str
    paragraphs: tuple[str, ...]
    picture: str
    alt: str
    caption: str = ""
    author: str = "Ban Truyền thông (mẫu)"
    video: str = ""


POSTS = (
    PostText(
        date(2026, 6, 14),
        "hien-mau",
        "P001",
        "Phường Mẫu 1 tiếp nhận 132 túi máu trong ngày hội “Giọt hồng tháng Sáu”",
        "Từ 7 giờ sáng, hơn 150 người dân, công nhân và sinh viên đã có mặt tại Nhà văn hóa Mẫu 1. "
        "Gần một phần ba trong số họ lần đầu hiến máu.",
        (
            "Sáng Chủ nhật {2026-06-14}, sân Nhà văn hóa Mẫu 1 đông từ khi cửa còn chưa mở. Bàn đón tiếp kê dưới "
            "bóng cây, nước trà và bánh quy đặt sẵn, ai đến trước ngồi trước, không ai phải đứng đợi ngoài nắng.",
            "Trong 168 người đăng ký, 151 người đã đến và 132 người đủ điều kiện hiến. Điểm hiến tiếp nhận 12 túi "
            "250 ml, 96 túi 350 ml và 24 túi 450 ml, tổng cộng 47.400 ml máu.",
            "Điều làm đội tổ chức vui nhất là 41 người lần đầu hiến máu. Phần lớn là sinh viên và công nhân ở các "
            "khu trọ quanh phường, đến theo lời rủ của bạn cùng phòng.",
            "<h2>Chuẩn bị kỹ để người hiến yên tâm</h2>",
            "Trước ngày hội một tuần, tình nguyện viên đã gọi điện nhắc từng người: ngủ đủ giấc, ăn sáng nhẹ, mang "
            "theo giấy tờ tùy thân. Ai chưa đủ điều kiện được giải thích riêng và hẹn dịp khác.",
            "Sau khi hiến, mỗi người nghỉ tại chỗ ít nhất 15 phút, có nhân viên y tế theo dõi. Không có trường hợp "
            "nào phải chuyển viện.",
            "Hội Chữ thập đỏ phường Mẫu 1 tặng thêm mỗi người một chiếc áo mưa. Món quà nhỏ, nhưng đúng mùa.",
            "Ngày hội kế tiếp dự kiến diễn ra vào Chủ nhật {2026-12-13}, cũng tại Nhà văn hóa Mẫu 1.",
        ),
        "01-blood-drive",
        "Tranh: một người nằm hiến máu bên cửa sổ, nhân viên y tế đứng cạnh, ba người chờ ở bàn tiếp đón",
        "Khu vực chờ của ngày hội (hình minh họa)",
        "Hội Chữ thập đỏ phường Mẫu 1",
    ),
    PostText(
        date(2026, 3, 27),
        "hoi-vien",
        "P001-KP04",
        "Chi hội khu phố 4 kết nạp 12 hội viên mới",
        "Buổi lễ diễn ra gọn trong ba mươi phút, ngay sau giờ dọn hẻm. Nhận thẻ xong, các hội viên đăng ký luôn "
        "lịch trực đội sơ cấp cứu.",
        (
            "Tối {2026-03-27}, sau khi cả xóm dọn xong con hẻm trước nhà văn hóa, chi hội khu phố 4 tổ chức lễ kết nạp "
            "12 hội viên mới. Không phông lớn, không diễn văn dài; chỉ có lá cờ Hội và ba hàng ghế nhựa.",
            "Đại diện Ban Chấp hành đọc quyết định công nhận, rồi trao thẻ tận tay từng người. Người lớn tuổi nhất "
            "trong đợt này đã 64 tuổi, người trẻ nhất vừa tròn 18.",
            "“Trước giờ nhà có việc gì cũng được bà con giúp, nay tới lượt mình”, một hội viên mới chia sẻ khi nhận thẻ.",
            "Ngay sau lễ, chi hội chuyền tay tờ lịch trực đội sơ cấp cứu của tháng sau. Chưa đầy mười phút, các ô đã "
            "kín tên.",
            "Với đợt kết nạp này, chi hội khu phố 4 có 50 hội viên đang sinh hoạt, là một trong những chi hội đông "
            "nhất của phường Mẫu 1.",
        ),
        "02-new-members",
        "Tranh: trong con hẻm treo cờ, một người mặc áo dài nhận thẻ hội viên, mọi người vỗ tay",
        "",
        "Chi hội khu phố 4",
    ),
    PostText(
        date(2026, 9, 25),
        "so-cap-cuu",
        "SCC",
        "40 trường mở lớp sơ cấp cứu trong học kỳ I",
        "Mỗi lớp không quá 30 học viên, học đủ 24 tiết với ít nhất hai tập huấn viên. Ai cũng phải tự tay ép tim, "
        "băng bó và xử trí hóc dị vật trước khi nhận chứng nhận.",
        (
            "Từ đầu tháng 9, 40 trường trên địa bàn đã mở lớp sơ cấp cứu cấp I cho học sinh và giáo viên. Đến "
            "{2026-09-25}, các lớp đều đã qua phần lý thuyết và bắt đầu thực hành.",
            "Nguyên tắc chung rất rõ: lớp không quá 30 người, học đủ 24 tiết, lúc nào cũng có ít nhất hai tập huấn viên "
            "đứng lớp. Học viên vắng buổi thực hành phải học bù mới được kiểm tra.",
            "<h2>Làm được mới là biết</h2>",
            "Mỗi học viên phải tự tay thực hiện ba việc trước khi nhận chứng nhận:",
            "<ul><li>ép tim đúng nhịp, đúng độ sâu trên mô hình;</li><li>băng bó vết thương chảy máu ở tay và chân;</li>"
            "<li>xử trí hóc dị vật cho người lớn và trẻ nhỏ.</li></ul>",
            "Ban Sơ cấp cứu – Phòng ngừa thảm họa cho mượn mô hình luân phiên, mỗi cụm trường giữ hai tuần. Nhờ vậy "
            "trường ở xa cũng không phải chờ.",
            "Một cô giáo dạy toán kể rằng, tuần trước cô đã dùng chính bài học này để giúp một em nhỏ bị hóc kẹo ở sân trường.",
            "Các lớp còn lại sẽ kiểm tra trước kỳ thi học kỳ. Danh sách lớp mở cho phụ huynh được gửi về từng trường.",
        ),
        "03-first-aid-class",
        "Tranh: học sinh ép tim trên mô hình, tập huấn viên hướng dẫn, các bạn đứng xem trước bảng",
        "Một giờ thực hành ép tim (hình minh họa)",
        "Ban Sơ cấp cứu – Phòng ngừa thảm họa",
        "first-aid.mp4",
    ),
    PostText(
        date(2026, 7, 17),
        "hoc-ky-nhan-dao",
        "TTN-TT",
        "Mười ngày học cách nói không với bạo lực",
        "60 học sinh Trường THCS Mẫu Bình Minh cùng đóng vai, tập lắng nghe và học sơ cứu. Ngày cuối, các em tự viết "
        "bản cam kết của lớp mình.",
        (
            "“Học kỳ Nhân đạo” hè này tại Trường THCS Mẫu Bình Minh khép lại vào {2026-07-17}, sau mười buổi học của hai "
            "lớp, mỗi lớp 30 em.",
            "Thay cho những bài giảng dài, các em đóng vai: người bị trêu chọc, người đứng xem, người lên tiếng. Sau "
            "mỗi màn, cả lớp ngồi vòng tròn và nói điều mình cảm thấy.",
            "Hai buổi dành riêng cho sơ cứu. Em nào cũng biết gọi đúng số cấp cứu, biết nói rõ mình đang ở đâu và điều gì "
            "vừa xảy ra.",
            "Ngày cuối, mỗi lớp tự viết bản cam kết của mình. Không có câu mẫu. Một lớp mở đầu bằng dòng: “Tụi mình sẽ "
            "không cười khi bạn đang buồn”.",
            "Bản cam kết được treo ở cửa lớp, dưới cùng là chữ ký của cả thầy cô.",
        ),
        "04-summer-of-kindness",
        "Tranh: học sinh ngồi thành vòng dưới tán cây trước trường, cùng cô giáo trò chuyện",
        "",
        "Ban Thanh thiếu niên – Truyền thông",
    ),
    PostText(
        date(2026, 9, 28),
        "noi-bo",
        "CTXH",
        "Tuần thứ 39 giữ nếp “Mỗi tuần một việc tốt”",
        "Tuần qua, Ban Công tác xã hội sắp xếp lại kho quà và tặng 86 cuốn sách cho tủ sách hẻm 12. Việc xong trong "
        "một buổi chiều, cả ban cùng làm.",
        (
            "Nếp “Mỗi tuần một việc tốt” của cơ quan đã sang tuần thứ 39. Tuần này đến lượt Ban Công tác xã hội.",
            "Buổi chiều đầu tuần, cả ban cùng xuống kho: phân loại quà, ghi lại hạn dùng, dán nhãn từng thùng. Những cuốn "
            "sách còn tốt được chọn riêng ra một góc.",
            "86 cuốn sách, phần lớn là truyện thiếu nhi, đã được chở sang tủ sách hẻm 12 ngay trong chiều. Các em nhỏ "
            "trong hẻm phụ xếp lên kệ, quyển nào mới được đọc liền quyển đó.",
            "Kho gọn lại còn giúp đợt cấp phát sau nhanh hơn: danh mục nay nằm trên một trang giấy, ai tìm cũng thấy.",
            "Tuần sau, việc tốt do Văn phòng thực hiện.",
        ),
        "05-gift-store",
        "Tranh: hai tình nguyện viên xếp quà và sách lên kệ trong kho có nắng",
        "",
        "Ban Công tác xã hội",
    ),
    PostText(
        date(2026, 8, 22),
        "phong-ngua-tham-hoa",
        "X054",
        "Xã Mẫu Đông diễn tập sơ tán 120 hộ dân ven sông",
        "Tình huống giả định là triều cường kèm mưa lớn. Từ lúc nhận lệnh đến khi hộ cuối cùng lên điểm trú, đội ứng "
        "phó mất 47 phút, nhanh hơn năm ngoái 12 phút.",
        (
            "Sáng {2026-08-22}, loa xã Mẫu Đông phát lệnh sơ tán. Đó là một buổi diễn tập, nhưng 120 hộ ven sông đã làm "
            "như thật: khóa cửa, tắt điện, xách túi đồ đã soạn sẵn.",
            "Tình huống giả định là triều cường lên cùng lúc với mưa lớn. Đội ứng phó thảm họa chia làm bốn tổ: báo tin, "
            "dẫn đường, đưa người già và trẻ nhỏ, trực điểm trú.",
            "Hộ cuối cùng lên đến điểm trú sau 47 phút, nhanh hơn năm ngoái 12 phút. Phần nhanh hơn đến từ tấm bản đồ "
            "hẻm vẽ tay mà tổ báo tin chuẩn bị trước một tháng.",
            "<h2>Ba điều rút ra</h2>",
            "<ol><li>Hai đoạn đường còn tối, cần thêm đèn trước mùa mưa.</li><li>Nhà có người nằm một chỗ phải có cáng "
            "để sẵn tại chi hội.</li><li>Túi đồ khẩn cấp nên có bản chép số điện thoại, phòng khi điện thoại hết pin.</li></ol>",
            "Bà con góp ý ngay tại chỗ, ban tổ chức ghi lại từng điều và hẹn kiểm tra lại trong tháng sau.",
        ),
        "06-evacuation-drill",
        "Tranh: dưới mưa, hai chiếc thuyền chở người mặc áo phao về điểm trú ven sông",
        "Diễn tập sơ tán ven sông (hình minh họa)",
        "Hội Chữ thập đỏ xã Mẫu Đông",
        "https://www.youtube.com/watch?v=MAU00000000",
    ),
    PostText(
        date(2026, 8, 15),
        "dia-chi-nhan-dao",
        "X054",
        "Mái nhà mới ở ấp Mẫu 3",
        "Sau bốn tháng, căn nhà dột của một gia đình ba thế hệ đã có mái tôn mới và nền xi măng. Kinh phí 68 triệu "
        "đồng do 41 người góp, người ít nhất 20.000 đồng.",
        (
            "Căn nhà ở ấp Mẫu 3 từng phải hứng nước bằng bảy chiếc thau mỗi khi mưa. Nay mái tôn đã kín, nền đã khô, "
            "và bàn học của hai đứa nhỏ không còn phải dời chỗ.",
            "Kinh phí sửa nhà là 68 triệu đồng, do 41 người góp trong bốn tháng. Người góp nhiều nhất 10 triệu đồng, "
            "người ít nhất 20.000 đồng. Tất cả đều có tên trong bảng công khai tại ấp, theo ý của từng người.",
            "Thợ là người trong ấp. Ai không góp tiền thì góp ngày công; có hôm mười hai người cùng lợp mái dưới nắng.",
            "Gia đình xin không chụp ảnh mặt. Bài viết này tôn trọng điều đó, và chỉ kể về căn nhà.",
            "Danh sách thu, chi đầy đủ được giữ tại Hội Chữ thập đỏ xã Mẫu Đông. Ai đã góp đều có thể đến xem.",
        ),
        "07-new-roof",
        "Tranh: hai người lợp mái tôn đỏ, gia đình ba thế hệ đứng trước sân nhìn lên",
        "",
        "Hội Chữ thập đỏ xã Mẫu Đông",
    ),
    PostText(
        date(2026, 6, 14),
        "khen-thuong",
        "TP",
        "183 người hiến máu tiêu biểu được tôn vinh",
        "Người hiến nhiều nhất đã 47 lần, người trẻ nhất 23 tuổi cũng vừa chạm mốc 20. Mười bốn người bận ca trực đã "
        "nhờ người thân lên nhận thay.",
        (
            "Chiều {2026-06-14}, Thành Hội tổ chức lễ tôn vinh 183 người hiến máu tiêu biểu của đợt 1. Hội trường kín chỗ, "
            "hàng ghế đầu dành cho gia đình.",
            "Người hiến nhiều nhất năm nay đã 47 lần. Người trẻ nhất 23 tuổi, vừa chạm mốc 20 lần; chị bắt đầu hiến từ khi "
            "đủ tuổi và chưa bỏ lỡ lần nào.",
            "161 người trực tiếp lên nhận, 14 người bận ca trực đã nhờ người thân nhận thay. Những phần còn lại sẽ được "
            "trao bù tại đơn vị.",
            "“Mỗi lần cầm tờ giấy hẹn, tôi lại nghĩ có một gia đình nào đó bớt lo”, một người được tôn vinh nói.",
            "Trước lễ, danh sách đã được đối chiếu với cơ sở tiếp nhận máu để không sót, không trùng. Ai thấy thông tin "
            "của mình chưa đúng có thể báo Hội phường nơi đăng ký.",
        ),
        "08-donors-honoured",
        "Tranh: trên sân khấu, những người hiến máu nhận hoa và giấy chứng nhận",
        "",
        "Ban Truyền thông (mẫu)",
    ),
    PostText(
        date(2026, 11, 23),
        "tet-nhan-ai",
        "TP",
        "Kỷ niệm 80 năm thành lập Hội, phát động “Tết Nhân ái” – Xuân Đinh Mùi 2027",
        "Năm nay, phong trào hướng đến 10.500 suất quà, ưu tiên người già neo đơn, người khuyết tật và công nhân không "
        "về quê. Thu, chi được công khai hằng tuần trên cổng thông tin.",
        (
            "Ngày {2026-11-23}, trong lễ kỷ niệm 80 năm thành lập Hội, Thành Hội phát động phong trào “Tết Nhân ái” – "
            "Xuân Đinh Mùi 2027 với mục tiêu 10.500 suất quà.",
            "Quà năm nay ưu tiên ba nhóm: người già neo đơn, người khuyết tật và công nhân không về quê ăn Tết. Danh sách "
            "do chi hội lập, niêm yết tại khu phố, ấp trước khi trao.",
            "Ngay trong ngày đầu, các đơn vị đã đăng ký 1,24 tỷ đồng. Chưa suất nào được trao; việc trao quà bắt đầu từ "
            "tháng Chạp.",
            "<h2>Góp như thế nào</h2>",
            "<ul><li>Đăng ký tại Hội Chữ thập đỏ phường, xã, đặc khu nơi bạn ở.</li><li>Góp hiện vật: gạo, dầu ăn, bánh, "
            "còn hạn dùng ít nhất sáu tháng.</li><li>Góp ngày công: đóng gói và chở quà vào các ngày cuối tuần.</li></ul>",
            "Thu và chi được công khai hằng tuần trên cổng thông tin này. Mỗi khoản đều có chứng từ, ai cũng có thể hỏi.",
            "Năm ngoái, phong trào đã trao 10.200 suất quà. Con số ấy có được nhờ hàng nghìn người, phần lớn góp những "
            "khoản rất nhỏ.",
        ),
        "09-tet-gifts",
        "Tranh: tình nguyện viên trao giỏ quà Tết cho bà cụ bên chậu mai vàng",
        "Quà Tết chờ trao (hình minh họa)",
    ),
    PostText(
        date(2026, 11, 20),
        "thong-bao",
        "VP",
        "Từ ngày {2026-12-01|dm}, hội viên xem thẻ và hội phí trên điện thoại",
        "Chưa có thư điện tử vẫn dùng được: cán bộ Hội phường cấp mã đăng nhập in sẵn. Ai không tiện dùng điện thoại "
        "có thể nhờ chi hội trưởng tra cứu giúp.",
        (
            "Từ {2026-12-01}, hội viên có thể xem thẻ hội viên và hội phí đã đóng ngay trên điện thoại, tại mục “Của tôi” "
            "của cổng thông tin này.",
            "Bạn chưa có thư điện tử vẫn dùng được. Cán bộ Hội phường, xã sẽ cấp một mã đăng nhập in sẵn; mã chỉ dùng một "
            "lần và hết hạn sau ít ngày.",
            "Bạn không tiện dùng điện thoại có thể nhờ chi hội trưởng tra cứu giúp. Chi hội trưởng chỉ xem được hội viên "
            "của chi hội mình.",
            "<h2>Giữ an toàn cho tài khoản</h2>",
            "Hội không bao giờ hỏi mật khẩu hay mã xác nhận của bạn qua điện thoại. Nếu có người hỏi, bạn hãy gác máy và "
            "báo cho chi hội.",
            "Cần giúp đỡ, bạn gọi cho Hội Chữ thập đỏ nơi bạn sinh hoạt, hoặc viết thư về Văn phòng Thành Hội.",
        ),
        "10-card-on-phone",
        "Tranh: hai người ngồi ghế đá xem điện thoại, bên cạnh là màn hình lớn có thẻ hội viên",
        "",
        "Văn phòng Thành Hội",
    ),
)

DRAFTS = (
    PostText(
        date(2026, 11, 24),
        "hien-mau",
        "TP",
        "Lịch hiến máu tháng 12 tại các phường",
        "Bảy điểm hiến máu mở trong tháng 12. Bạn xem ngày, giờ và địa điểm gần nhà để sắp xếp.",
        (
            "Trong tháng 12, bảy điểm hiến máu sẽ mở tại các phường. Điểm đầu tiên đón người hiến từ 7 giờ đến 11 giờ 30, "
            "Chủ nhật {2026-12-13}, tại Nhà văn hóa Mẫu 1.",
            "Bạn nên ngủ đủ giấc, ăn sáng nhẹ và mang theo giấy tờ tùy thân. Người hiến lần đầu có tình nguyện viên đi cùng "
            "từ bàn đón tiếp đến khi ra về.",
        ),
        "01-blood-drive",
        "Tranh: một người nằm hiến máu bên cửa sổ, nhân viên y tế đứng cạnh, ba người chờ ở bàn tiếp đón",
    ),
    PostText(
        date(2026, 11, 27),
        "so-cap-cuu",
        "SCC",
        "Mở đăng ký lớp sơ cấp cứu cuối tuần cho người đi làm",
        "Lớp học vào bốn sáng thứ Bảy, 30 chỗ, không thu phí. Bạn đăng ký tại Hội Chữ thập đỏ nơi bạn ở.",
        (
            "Lớp sơ cấp cứu cuối tuần dành cho người đi làm sẽ mở từ đầu tháng 12, học vào bốn sáng thứ Bảy liên tiếp.",
            "Mỗi lớp 30 chỗ, không thu phí. Học viên dự đủ buổi và đạt phần thực hành được cấp giấy chứng nhận.",
        ),
        "03-first-aid-class",
        "Tranh: học sinh ép tim trên mô hình, tập huấn viên hướng dẫn, các bạn đứng xem trước bảng",
    ),
    PostText(
        date(2026, 10, 5),
        "thong-bao",
        "VP",
        "Thông báo nghỉ tiếp dân để sửa chữa trụ sở",
        "Bộ phận tiếp dân tạm nghỉ một ngày. Các việc gấp vẫn được tiếp nhận qua điện thoại.",
        (
            "Để sửa mái che trước trụ sở, bộ phận tiếp dân tạm nghỉ một ngày. Các việc gấp vẫn được tiếp nhận qua điện thoại.",
            "Văn phòng Thành Hội xin lỗi vì sự bất tiện này.",
        ),
        "",
        "",
        "",
        "Văn phòng Thành Hội",
    ),
    PostText(
        date(2026, 11, 22),
        "hoi-vien",
        "P001",
        "Phường Mẫu 1 thăm hội viên cao tuổi nhân ngày Đại đoàn kết",
        "Dịp Ngày hội Đại đoàn kết, đoàn của Hội Chữ thập đỏ phường Mẫu 1 đã đến từng nhà thăm hỏi.",
        ("Đoàn của Hội Chữ thập đỏ phường Mẫu 1 đã đến thăm các hội viên cao tuổi.",),
        "",
        "",
        "",
        "Hội Chữ thập đỏ phường Mẫu 1",
    ),
)
