"""Addresses of people, units, offices and signing in."""

from django.urls import URLPattern, URLResolver, include, path

from people.views import offices, people, units

urlpatterns: list[URLPattern | URLResolver] = [
    path("lam-viec/nguoi/", people.people_list, name="people_list"),
    path("lam-viec/nguoi/moi/", people.person_new, name="person_new"),
    path("lam-viec/nguoi/<uuid:key>/", people.person, name="person"),
    path("lam-viec/nguoi/<uuid:key>/tai-khoan/", people.person_account, name="person_account"),
    path("lam-viec/nguoi/<uuid:key>/ma-dang-nhap/", people.person_code, name="person_code"),
    path("lam-viec/don-vi/", units.unit_list, name="unit_list"),
    path("lam-viec/chuc-vu/", offices.office_list, name="office_list"),
    path("lam-viec/chuc-vu/moi/", offices.office_grant, name="office_grant"),
    path("lam-viec/chuc-vu/<int:pk>/ket-thuc/", offices.office_end, name="office_end"),
    path("tai-khoan/", include("people.account_urls")),
]
