"""Names for people who do not exist: common families, middles and given names, drawn by chance."""

import random
from typing import NamedTuple

FAMILIES = {
    "Nguyễn": 380, "Trần": 110, "Lê": 95, "Phạm": 70, "Huỳnh": 30, "Hoàng": 21, "Phan": 45, "Vũ": 20,
    "Võ": 19, "Đặng": 21, "Bùi": 20, "Đỗ": 14, "Hồ": 13, "Ngô": 13, "Dương": 10, "Lý": 5, "Trương": 12,
    "Đinh": 9, "Đoàn": 8, "Lâm": 8, "Mai": 7, "Trịnh": 7, "Đào": 7, "Cao": 6, "Tô": 4, "Châu": 4,
    "Hà": 6, "Tạ": 4, "Quách": 2, "Thạch": 2, "Kiều": 2, "La": 2, "Âu": 1, "Ung": 1,
}  # fmt: skip
MIDDLES = {
    "male": "Văn Hữu Đức Minh Quốc Thành Hoàng Công Anh Xuân Ngọc Gia Đình Thanh Quang Tấn Trung",
    "female": "Thị Ngọc Thanh Thu Kim Mỹ Phương Bích Hồng Minh Thúy Như Khánh Bảo Cẩm Tuyết Diệu",
}
GIVEN = {
    "male": """An Anh Ân Bảo Bình Cường Danh Dũng Duy Đạt Đức Giang Hải Hậu Hiếu Hòa Hoàng Hùng Huy Hưng
        Khang Khánh Khoa Khôi Kiên Lâm Long Lộc Luân Minh Nam Nghĩa Nhân Phát Phong Phú Phúc Quân Quang Quý
        Sang Sơn Tài Tâm Tân Thái Thành Thắng Thiện Thịnh Thuận Tiến Toàn Trí Trung Trường Tú Tuấn Tùng Việt
        Vinh Vũ Vỹ""",
    "female": """An Anh Ánh Châu Chi Diễm Dung Duyên Đào Giang Hà Hạnh Hằng Hạ Hiền Hoa Hồng Huệ Hương
        Hường Khuê Lan Lê Liên Linh Loan Ly Mai My Mỹ Nga Ngân Ngọc Nguyệt Nhi Nhung Oanh Phương Phượng Quyên
        Quỳnh Tâm Thảo Thanh Thơ Thu Thùy Thúy Thư Thương Trang Trâm Trân Trinh Trúc Tuyền Tuyết Uyên Vân Vy
        Xuân Yến Ý""",
}


class Invented(NamedTuple):
    """A made-up person's sex and full name."""

    sex: str
    full_name: str


def invent(chance: random.Random) -> Invented:
    """A name as one meets it; the same chance gives the same names."""
    sex = chance.choice(("male", "female"))
    middle = " ".join(chance.sample(MIDDLES[sex].split(), 1 + (chance.random() < 0.35)))
    family = chance.choices(list(FAMILIES), list(FAMILIES.values()))[0]
    return Invented(sex, f"{family} {middle} {chance.choice(GIVEN[sex].split())}")
