"""Addresses of papers and of the public check."""

from django.urls import path

from papers.views import desk, drafting, incoming, proofs, recognitions, register, unit_acts

DESK = "lam-viec/van-ban/"
urlpatterns = [
    path(DESK, register.paper_register, name="paper_register"),
    path(f"{DESK}moi/", drafting.paper_new, name="paper_new"),
    path(f"{DESK}den/", incoming.paper_incoming, name="paper_incoming"),
    path(f"{DESK}<uuid:key>/da-nhan/", incoming.paper_receive, name="paper_receive"),
    path(f"{DESK}so/<int:pk>/<int:year>/", register.paper_book, name="paper_book"),
    path(f"{DESK}the-thuc/<slug:code>/", register.paper_head, name="paper_head"),
    path(f"{DESK}<uuid:key>/", desk.paper, name="paper"),
    path(f"{DESK}<uuid:key>/sua/", drafting.paper_edit, name="paper_edit"),
    path(f"{DESK}<uuid:key>/van-ban.pdf", desk.paper_pdf, name="paper_pdf"),
    path(f"{DESK}<uuid:key>/van-ban.docx", desk.paper_docx, name="paper_docx"),
    path(f"{DESK}<uuid:key>/ban-quet/", desk.paper_scan, name="paper_scan"),
    path(f"{DESK}<uuid:key>/trinh-ky/", desk.paper_submit, name="paper_submit"),
    path(f"{DESK}<uuid:key>/huy/", desk.paper_cancel, name="paper_cancel"),
    path(f"{DESK}<uuid:key>/ky/", desk.paper_sign, name="paper_sign"),
    path(f"{DESK}<uuid:key>/tra-lai/", desk.paper_return, name="paper_return"),
    path(f"{DESK}<uuid:key>/cap-so/", desk.paper_number, name="paper_number"),
    path(f"{DESK}<uuid:key>/so-ngoai/", desk.paper_external, name="paper_external"),
    path(f"{DESK}<uuid:key>/them-ban-quet/", desk.paper_scan_add, name="paper_scan_add"),
    path(f"{DESK}<uuid:key>/het-hieu-luc/", desk.paper_end, name="paper_end"),
    path("lam-viec/sap-xep-don-vi/<int:pk>/", unit_acts.act, name="act"),
    path("lam-viec/sap-xep-don-vi/<int:pk>/soan-quyet-dinh/", unit_acts.act_decide, name="act_decide"),
    path("lam-viec/ban-hoi-dong/xet/<int:pk>/", recognitions.body_recognition, name="body_recognition"),
    path(
        "lam-viec/ban-hoi-dong/xet/<int:pk>/soan-quyet-dinh/",
        recognitions.recognition_draft,
        name="recognition_draft",
    ),
    path("xac-nhan/", proofs.proof_form, name="proof_form"),
    path("xac-nhan/<str:code>/", proofs.proof, name="proof"),
]
