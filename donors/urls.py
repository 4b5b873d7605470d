"""Addresses of donors and drives."""

from django.urls import path

from donors.views import calendar, checkins, donors, drive_page, drives, reconciling, self_check, signups

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
    path(f"{DESK}<int:pk>/", drive_page.drive, name="drive"),
    path(f"{DESK}<int:pk>/sua/", drives.drive_edit, name="drive_edit"),
    path(f"{DESK}<int:pk>/danh-sach/", drive_page.drive_list, name="drive_list"),
    path(f"{DESK}<int:pk>/huy/", drive_page.drive_cancel, name="drive_cancel"),
    path(f"{DESK}<int:pk>/so-luong/", drive_page.drive_count, name="drive_count"),
    path(f"{DESK}<int:pk>/nhan-ban/", drive_page.drive_copy, name="drive_copy"),
    path(f"{DESK}<int:pk>/buoc/<slug:step>/", drive_page.drive_step, name="drive_step"),
    path(f"{DESK}<int:pk>/diem-danh/", checkins.checkin_open, name="checkin_open"),
    path(f"{DESK}may/<int:pk>/thu-hoi/", checkins.checkin_revoke, name="checkin_revoke"),
    path(f"{DESK}luot/<int:pk>/", checkins.checkin_settle, name="checkin_settle"),
    path(f"{DESK}<int:pk>/doi-chieu/", reconciling.drive_compare, name="drive_compare"),
    path(f"{DESK}<int:pk>/doi-chieu/danh-sach/", reconciling.drive_compare_list, name="drive_compare_list"),
    path(f"{DESK}<int:pk>/doi-chieu/lai/", reconciling.drive_compare_again, name="drive_compare_again"),
    path(f"{DESK}<int:pk>/doi-chieu/xong/", reconciling.drive_compare_finish, name="drive_compare_finish"),
    path(f"{DESK}dong/<int:pk>/", reconciling.drive_compare_row, name="drive_compare_row"),
    path("diem-danh/", checkins.checkin_shell, name="checkin_shell"),
    path("diem-danh/sw.js", checkins.checkin_worker, name="checkin_worker"),
    path("diem-danh/danh-sach/", checkins.checkin_list, name="checkin_list"),
    path("diem-danh/gui/", checkins.checkin_send, name="checkin_send"),
    path("cua-toi/hien-mau/", donors.mine_donations, name="mine_donations"),
    path("lam-viec/hien-mau/", donors.donor_list, name="donor_list"),
    path("lam-viec/hien-mau/<str:code>/", donors.donor, name="donor"),
    path("lam-viec/hien-mau/lan-hien/<int:pk>/", donors.donation_decide, name="donation_decide"),
]
