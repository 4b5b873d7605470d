"""Addresses of donors, their donations and papers; those of drives stand in urls.py."""

from django.urls import path

from donors.views import attested, donors, families, lines, lists, mine, register, rules

DESK = "lam-viec/hien-mau/"
MINE = "cua-toi/hien-mau/"
urlpatterns = [
    path("hien-mau/so-lan/<str:code>/", attested.donor_count, name="donor_count"),
    path(MINE, mine.mine_donations, name="mine_donations"),
    path(f"{MINE}khai/", mine.mine_declare, name="mine_declare"),
    path(f"{MINE}viec/<slug:act>/", mine.mine_donor_act, name="mine_donor_act"),
    path(f"{MINE}giay/<int:pk>/", mine.mine_confirmation, name="mine_confirmation"),
    path(DESK, register.donor_list, name="donor_list"),
    path(f"{DESK}xuat-danh-sach/", register.donor_list_export, name="donor_list_export"),
    path(f"{DESK}nhap/<int:pk>/", lines.lines, name="donor_lines"),
    path(f"{DESK}nhap/<int:pk>/tim/", lines.line_find, name="line_find"),
    path(f"{DESK}nhap/<int:pk>/dong/", lines.line_save, name="line_save"),
    path(f"{DESK}danh-sach/", lists.donation_lists, name="donation_lists"),
    path(f"{DESK}danh-sach/moi/", lists.donation_list_new, name="donation_list_new"),
    path(f"{DESK}danh-sach/<int:pk>/", lists.donation_list, name="donation_list"),
    path(f"{DESK}danh-sach/<int:pk>/cot/", lists.donation_list_columns, name="donation_list_columns"),
    path(f"{DESK}danh-sach/<int:pk>/dau-bang/", lists.donation_list_header, name="donation_list_header"),
    path(f"{DESK}danh-sach/<int:pk>/ket-qua/", lists.donation_list_result, name="donation_list_result"),
    path(f"{DESK}danh-sach/<int:pk>/con-ngo/", lists.donation_queue, name="donation_queue"),
    path(f"{DESK}danh-sach/<int:pk>/viec/<slug:act>/", lists.donation_list_act, name="donation_list_act"),
    path(f"{DESK}khai/", attested.declared_list, name="declared_list"),
    path(f"{DESK}anh/<int:pk>/", attested.donation_photo, name="donation_photo"),
    path(f"{DESK}giay/<int:pk>/", attested.donor_confirmation, name="donor_confirmation"),
    path(f"{DESK}quy-dinh/", rules.donor_rules, name="donor_rules"),
    path(f"{DESK}quy-dinh/<int:pk>/thoi/", rules.local_rule_end, name="local_rule_end"),
    path(f"{DESK}gia-dinh/", families.family_list, name="family_list"),
    path(f"{DESK}gia-dinh/<int:pk>/", families.donor_family, name="donor_family"),
    path(f"{DESK}gia-dinh/thanh-vien/<int:pk>/", families.family_leave, name="family_leave"),
    path(f"{DESK}lan-hien/<int:pk>/", donors.donation_decide, name="donation_decide"),
    path(f"{DESK}<str:code>/", donors.donor, name="donor"),
    path(f"{DESK}<str:code>/viec/<slug:act>/", donors.donor_act, name="donor_act"),
]
