"""Addresses of evaluation and additional income."""

from django.urls import path

from evaluations.views import cycles, mine, ratings, sheets, staff

DESK, PAY, STAFF = "lam-viec/danh-gia/", "lam-viec/thu-nhap-tang-them/", "lam-viec/nhan-su/"
urlpatterns = [
    path(DESK, cycles.rating_cycles, name="rating_cycles"),
    path(f"{DESK}tieu-chi/", staff.criteria_sets, name="criteria_sets"),
    path(f"{DESK}<int:pk>/", cycles.rating_cycle, name="rating_cycle"),
    path(f"{DESK}<int:pk>/theo-tieu-chi/", ratings.rating_grid, name="rating_grid"),
    path(f"{DESK}<int:pk>/tong-hop/", cycles.rating_summary, name="rating_summary"),
    path(f"{DESK}<int:pk>/buoc/", cycles.rating_step, name="rating_step"),
    path(f"{DESK}<int:pk>/bien-ban/<int:minutes>/", cycles.rating_minutes, name="rating_minutes"),
    path(f"{DESK}<int:pk>/cong-bo/", cycles.rating_publish, name="rating_publish"),
    path(f"{DESK}phieu/<uuid:key>/", ratings.rating, name="rating"),
    path(f"{DESK}phieu/<uuid:key>/cham/", ratings.rating_score, name="rating_score"),
    path(f"{DESK}phieu/<uuid:key>/quyet-dinh/", ratings.rating_decide, name="rating_decide"),
    path(f"{DESK}phieu/<uuid:key>/mo-lai/", ratings.rating_reopen, name="rating_reopen"),
    path(f"{DESK}phieu/<uuid:key>/kien-nghi/", ratings.rating_answer, name="rating_answer"),
    path(STAFF, staff.staff_list, name="staff_list"),
    path(f"{STAFF}moi/", staff.staff_new, name="staff_new"),
    path(f"{STAFF}<int:pk>/", staff.staff, name="staff"),
    path(f"{STAFF}cham-cong/", staff.timesheet, name="timesheet"),
    path(f"{STAFF}cham-cong/mau.xlsx", staff.timesheet_template, name="timesheet_template"),
    path(PAY, sheets.pay_sheets, name="pay_sheets"),
    path(f"{PAY}muc-nam/", staff.year_rates, name="year_rates"),
    path(f"{PAY}quy/<int:pk>/lap/", sheets.pay_sheet_make, name="pay_sheet_make"),
    path(f"{PAY}quy/<int:pk>/kinh-phi/", cycles.rating_fund, name="rating_fund"),
    path(f"{PAY}<uuid:key>/", sheets.pay_sheet, name="pay_sheet"),
    path(f"{PAY}<uuid:key>/dong/<int:line>/", sheets.pay_line, name="pay_line"),
    path(f"{PAY}<uuid:key>/dong-bang/", sheets.pay_sheet_close, name="pay_sheet_close"),
    path(f"{PAY}<uuid:key>/doi-chieu/", sheets.pay_sheet_check, name="pay_sheet_check"),
    path(f"{PAY}<uuid:key>/bang.xlsx", sheets.pay_sheet_excel, name="pay_sheet_excel"),
    path(f"{PAY}<uuid:key>/bang.pdf", sheets.pay_sheet_pdf_file, name="pay_sheet_pdf"),
    path(f"{PAY}<uuid:key>/bang.csv", sheets.pay_sheet_csv, name="pay_sheet_csv"),
    path("cua-toi/danh-gia/", mine.mine_ratings, name="mine_ratings"),
    path("cua-toi/danh-gia/<uuid:key>/", mine.mine_rating, name="mine_rating"),
    path("cua-toi/danh-gia/<uuid:key>/kien-nghi/", mine.mine_petition, name="mine_petition"),
    path("cua-toi/danh-gia/<uuid:key>/gop-y/", mine.mine_comment, name="mine_comment"),
]
