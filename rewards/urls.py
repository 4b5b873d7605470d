"""Addresses of rewards."""

from django.urls import path

from rewards.views import ceremony, figures, gifts, mine, policies, rounds, runs

DESK = "lam-viec/khen-thuong/"
urlpatterns = [
    path(DESK, rounds.nomination_list, name="reward_nominations"),
    path(f"{DESK}de-nghi/<uuid:key>/", rounds.nomination, name="reward_nomination"),
    path(f"{DESK}de-nghi/<uuid:key>/<slug:act>/", rounds.nomination_act, name="reward_nomination_act"),
    path(f"{DESK}dot/", rounds.round_list, name="reward_rounds"),
    path(f"{DESK}dot/<int:pk>/", rounds.round_page, name="reward_round"),
    path(f"{DESK}dot/<int:pk>/le/", ceremony.ceremony, name="reward_ceremony"),
    path(f"{DESK}dot/<int:pk>/in/<slug:what>/", ceremony.ceremony_print, name="reward_ceremony_print"),
    path(f"{DESK}dot/<int:pk>/<slug:what>.pdf", ceremony.round_pdf, name="reward_round_pdf"),
    path(f"{DESK}dot/<int:pk>/<slug:act>/", rounds.round_act, name="reward_round_act"),
    path(f"{DESK}giay-moi/<uuid:key>/", ceremony.invitation, name="reward_invitation"),
    path(f"{DESK}giay-moi/<uuid:key>/<slug:act>/", ceremony.invitation_act, name="reward_invitation_act"),
    path(f"{DESK}trao-bu/", ceremony.late_list, name="reward_late"),
    path(f"{DESK}giay-chung-nhan/<int:pk>.pdf", ceremony.award_certificate, name="reward_certificate"),
    path(f"{DESK}nop/", figures.unit_rounds, name="reward_unit_rounds"),
    path(f"{DESK}so-lieu/", figures.figures, name="reward_figures"),
    path(f"{DESK}khan-cap/", figures.emergencies, name="reward_emergencies"),
    path(f"{DESK}kho-qua/", gifts.gift_list, name="gift_list"),
    path(f"{DESK}kho-qua/<int:pk>/", gifts.gift, name="gift"),
    path(f"{DESK}kho-qua/dot-hien-mau/<int:pk>/", gifts.gift_drive, name="gift_drive"),
    path(f"{DESK}kho-qua/<int:pk>/<slug:act>/", gifts.gift_act, name="gift_act"),
    path(f"{DESK}ho-so/<int:pk>/", rounds.dossier, name="reward_dossier"),
    path(f"{DESK}ho-so/<int:pk>/<slug:act>/", rounds.dossier_act, name="reward_dossier_act"),
    path(f"{DESK}quy-che/", policies.policy_list, name="reward_policies"),
    path(f"{DESK}quy-che/moi/", policies.policy_new, name="reward_policy_new"),
    path(f"{DESK}quy-che/<int:pk>/", policies.policy, name="reward_policy"),
    path(f"{DESK}quy-che/<int:pk>/chay-thu/", policies.policy_simulate, name="reward_policy_simulate"),
    path(f"{DESK}quy-che/<int:pk>/<slug:act>/", policies.policy_act, name="reward_policy_act"),
    path(f"{DESK}lan-chay/", runs.run_list, name="reward_runs"),
    path(f"{DESK}lan-chay/<int:pk>/", runs.run, name="reward_run"),
    path(f"{DESK}lan-chay/<int:pk>/<slug:act>/", runs.run_act, name="reward_run_act"),
    path(f"{DESK}phat-hien/", runs.finding_list, name="reward_findings"),
    path(f"{DESK}phat-hien/<int:pk>/", runs.finding, name="reward_finding"),
    path(f"{DESK}phat-hien/<int:pk>/<slug:act>/", runs.finding_act, name="reward_finding_act"),
    path("cua-toi/ton-vinh/", mine.mine_honours, name="mine_honours"),
    path("cua-toi/ton-vinh/<int:pk>/giay-chung-nhan.pdf", mine.mine_certificate, name="mine_certificate"),
    path("loi-moi/<uuid:key>/", mine.invitation_public, name="reward_invitation_public"),
    path("hien-mau/bang-vang/", mine.honours_roll, name="reward_roll"),
    path("hien-mau/bac-ton-vinh/", policies.ladder, name="reward_ladder"),
]
