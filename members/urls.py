"""Addresses of membership life."""

from django.urls import path

from members.views import admissions, applications, dues, dues_money, dues_removals, joining, life, mine

DESK = "lam-viec/ket-nap/"
DUES = "lam-viec/hoi-phi/"
urlpatterns = [
    path("tham-gia/", joining.join, name="join"),
    path("tham-gia/don/<slug:step>/", joining.join_step, name="join_step"),
    path("tham-gia/theo-doi/", joining.join_follow, name="join_follow"),
    path("tham-gia/tra-loi/", joining.join_answer, name="join_answer"),
    path(DESK, applications.application_list, name="application_list"),
    path(f"{DESK}moi/", applications.application_new, name="application_new"),
    path(f"{DESK}hop-xet/", admissions.meeting, name="meeting"),
    path(f"{DESK}don/<uuid:key>/", applications.application, name="application"),
    path(f"{DESK}don/<uuid:key>/y-kien/", applications.application_opinion, name="application_opinion"),
    path(f"{DESK}don/<uuid:key>/<slug:step>/", applications.application_step, name="application_step"),
    path(f"{DESK}xet/<int:pk>/", applications.application_approval, name="application_approval"),
    path(f"{DESK}dot/<int:pk>/", admissions.admission, name="admission"),
    path(f"{DESK}dot/<int:pk>/quyet-dinh/", admissions.admission_decision, name="admission_decision"),
    path(f"{DESK}dot/<int:pk>/le-ket-nap/", admissions.admission_ceremony, name="admission_ceremony"),
    path(f"{DESK}dot/<int:pk>/the.pdf", admissions.admission_cards, name="admission_cards"),
    path("lam-viec/hoi-vien/<int:pk>/viec/<slug:act>/", life.life_act, name="life_act"),
    path("lam-viec/hoi-vien/hoan-tac/<int:pk>/", life.life_undo, name="life_undo"),
    path("lam-viec/hoi-vien/<int:pk>/tro-lai/", life.membership_rejoin, name="membership_rejoin"),
    path("lam-viec/hoi-vien/<int:pk>/the/", life.membership_card, name="membership_card"),
    path("lam-viec/hoi-vien/<int:pk>/chuyen/", life.transfer_new, name="transfer_new"),
    path("lam-viec/the/<int:pk>/in.pdf", life.card_print, name="card_print"),
    path("lam-viec/the/<int:pk>/<slug:step>/", life.card_step, name="card_step"),
    path("lam-viec/chuyen-sinh-hoat/", life.transfer_list, name="transfer_list"),
    path("lam-viec/chuyen-sinh-hoat/<int:pk>/", life.transfer, name="transfer"),
    path("lam-viec/chuyen-sinh-hoat/xet/<int:pk>/", life.transfer_approval, name="transfer_approval"),
    path("lam-viec/chuyen-sinh-hoat/<int:pk>/<slug:step>/", life.transfer_step, name="transfer_step"),
    path("cua-toi/hoi-vien/", mine.mine_membership, name="mine_membership"),
    path("cua-toi/hoi-vien/<int:pk>/chuyen/", mine.mine_transfer, name="mine_transfer"),
    path("cua-toi/hoi-vien/thoi-chuyen/<int:pk>/", mine.mine_transfer_cancel, name="mine_transfer_cancel"),
    path(DUES, dues.dues_list, name="dues_list"),
    path(f"{DUES}muc-thu/", dues_money.dues_terms_page, name="dues_terms"),
    path(f"{DUES}<int:pk>/", dues.dues_campaign, name="dues_campaign"),
    path(f"{DUES}<int:pk>/doi-chieu/", dues.dues_reconcile, name="dues_reconcile"),
    path(f"{DUES}<int:pk>/dong/", dues.dues_close, name="dues_close"),
    path(f"{DUES}<int:pk>/mien-giam/", dues.dues_reliefs, name="dues_reliefs"),
    path(f"{DUES}mien-giam/<int:pk>/rut/", dues.dues_relief_end, name="dues_relief_end"),
    path(f"{DUES}<int:pk>/chua-nop/", dues_money.dues_unpaid, name="dues_unpaid"),
    path(f"{DUES}<int:pk>/chi-hoi/<slug:code>/", dues_money.dues_branch, name="dues_branch"),
    path(f"{DUES}<int:pk>/chi-hoi/<slug:code>/danh-dau/", dues_money.dues_tick, name="dues_tick"),
    path(
        f"{DUES}<int:pk>/chi-hoi/<slug:code>/phieu-thu/", dues_money.dues_receipt_new, name="dues_receipt_new"
    ),
    path(f"{DUES}<int:pk>/chi-hoi/<slug:code>/ban-in/", dues_money.dues_sheet, name="dues_sheet"),
    path(f"{DUES}<int:pk>/trich-nop/", dues_money.dues_remit, name="dues_remit"),
    path(f"{DUES}phieu-thu/<int:pk>/", dues_money.dues_receipt, name="dues_receipt"),
    path(f"{DUES}bang-ke/<int:pk>/", dues_money.dues_remittance, name="dues_remittance"),
    path(f"{DUES}<int:pk>/de-nghi-xoa-ten/", dues_removals.dues_removals_new, name="dues_removals_new"),
    path(f"{DUES}xoa-ten/<int:pk>/", dues_removals.dues_removals, name="dues_removals"),
    path(f"{DUES}xoa-ten/xet/<int:pk>/", dues_removals.dues_removals_decide, name="dues_removals_decide"),
    path(f"{DUES}xoa-ten/<int:pk>/<slug:step>/", dues_removals.dues_removals_step, name="dues_removals_step"),
    path(f"{DUES}xac-nhan/<int:pk>/", dues_money.dues_confirm, name="dues_confirm"),
]
