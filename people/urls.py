"""Addresses of people, units, offices and signing in."""

from django.urls import URLPattern, URLResolver, include, path

from people.views import exports, my_data, offices, people, record, units

urlpatterns: list[URLPattern | URLResolver] = [
    path("lam-viec/nguoi/", people.people_list, name="people_list"),
    path("lam-viec/nguoi/moi/", people.person_new, name="person_new"),
    path("lam-viec/nguoi/theo-so-dinh-danh/", people.people_by_identity, name="people_by_identity"),
    path("lam-viec/nguoi/in/", exports.people_annex, name="people_annex"),
    path("lam-viec/nguoi/xuat/", exports.export_new, name="export_new"),
    path("lam-viec/nguoi/<uuid:key>/", record.person, name="person"),
    path("lam-viec/nguoi/<uuid:key>/sua/", people.person_edit, name="person_edit"),
    path("lam-viec/nguoi/<uuid:key>/so-dinh-danh/", record.person_reveal, name="person_reveal"),
    path("lam-viec/nguoi/<uuid:key>/tai-khoan/", record.person_account, name="person_account"),
    path("lam-viec/nguoi/<uuid:key>/ma-dang-nhap/", record.person_code, name="person_code"),
    path("lam-viec/nguoi/<uuid:key>/<slug:panel>/", record.person, name="person_panel"),
    path("lam-viec/tep-da-xuat/", exports.export_list, name="export_list"),
    path("lam-viec/tep-da-xuat/<int:pk>/", exports.export, name="export"),
    path("tep/<uuid:key>/", exports.stored_file, name="stored_file"),
    path("cua-toi/du-lieu/yeu-cau/", my_data.mine_data_request, name="mine_data_request"),
    path("cua-toi/du-lieu/dong-y/<slug:purpose>/", my_data.mine_consent, name="mine_consent"),
    path("lam-viec/yeu-cau-du-lieu/", my_data.data_request_list, name="data_request_list"),
    path("lam-viec/yeu-cau-du-lieu/<int:pk>/", my_data.data_request, name="data_request"),
    path("lam-viec/don-vi/", units.unit_list, name="unit_list"),
    path("lam-viec/chuc-vu/", offices.office_list, name="office_list"),
    path("lam-viec/chuc-vu/moi/", offices.office_grant, name="office_grant"),
    path("lam-viec/chuc-vu/<int:pk>/ket-thuc/", offices.office_end, name="office_end"),
    path("tai-khoan/", include("people.account_urls")),
]
