"""Addresses of donors."""

from django.urls import path

from donors.views import donors, self_check

urlpatterns = [
    path("hien-mau/tu-kiem-tra/", self_check.self_check, name="donor_self_check"),
    path("cua-toi/hien-mau/", donors.mine_donations, name="mine_donations"),
    path("lam-viec/hien-mau/", donors.donor_list, name="donor_list"),
    path("lam-viec/hien-mau/<str:code>/", donors.donor, name="donor"),
    path("lam-viec/hien-mau/lan-hien/<int:pk>/", donors.donation_decide, name="donation_decide"),
]
