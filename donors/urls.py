"""Addresses of donors and drives."""

from django.urls import path

from donors.views import calendar, donors, drives, self_check, signups

DESK = "lam-viec/hien-mau/dot/"
urlpatterns = [
    path("hien-mau/tu-kiem-tra/", self_check.self_check, name="donor_self_check"),
    path("hien-mau/", calendar.blood_home, name="blood_home"),
    path("hien-mau/lich/", calendar.drive_calendar, name="drive_calendar"),
    path("hien-mau/lich/hien-mau.ics", calendar.drive_ics, name="drive_ics"),
    path("hien-mau/lich/<int:pk>/", calendar.drive_public, name="drive_public"),
    path("cua-toi/hien-mau/dot/<int:pk>/", signups.mine_drive, name="mine_drive"),
    path(DESK, drives.drive_register, name="drive_register"),
    path(f"{DESK}moi/", drives.drive_new, name="drive_new"),
    path(f"{DESK}<int:pk>/", drives.drive, name="drive"),
    path(f"{DESK}<int:pk>/sua/", drives.drive_edit, name="drive_edit"),
    path(f"{DESK}<int:pk>/danh-sach/", drives.drive_list, name="drive_list"),
    path(f"{DESK}<int:pk>/huy/", drives.drive_cancel, name="drive_cancel"),
    path(f"{DESK}<int:pk>/so-luong/", drives.drive_count, name="drive_count"),
    path(f"{DESK}<int:pk>/nhan-ban/", drives.drive_copy, name="drive_copy"),
    path(f"{DESK}<int:pk>/buoc/<slug:step>/", drives.drive_step, name="drive_step"),
    path("cua-toi/hien-mau/", donors.mine_donations, name="mine_donations"),
    path("lam-viec/hien-mau/", donors.donor_list, name="donor_list"),
    path("lam-viec/hien-mau/<str:code>/", donors.donor, name="donor"),
    path("lam-viec/hien-mau/lan-hien/<int:pk>/", donors.donation_decide, name="donation_decide"),
]
