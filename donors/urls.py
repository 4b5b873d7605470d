"""Addresses of donors."""

from django.urls import path

from donors.views import self_check

urlpatterns = [
    path("hien-mau/tu-kiem-tra/", self_check.self_check, name="donor_self_check"),
]
