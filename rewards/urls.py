"""Addresses of rewards."""

from django.urls import path

from rewards.views import policies, rounds, runs

DESK = "lam-viec/khen-thuong/"
urlpatterns = [
    path(DESK, rounds.nomination_list, name="reward_nominations"),
    path(f"{DESK}de-nghi/<uuid:key>/", rounds.nomination, name="reward_nomination"),
    path(f"{DESK}de-nghi/<uuid:key>/<slug:act>/", rounds.nomination_act, name="reward_nomination_act"),
    path(f"{DESK}dot/", rounds.round_list, name="reward_rounds"),
    path(f"{DESK}dot/<int:pk>/", rounds.round_page, name="reward_round"),
    path(f"{DESK}dot/<int:pk>/<slug:act>/", rounds.round_act, name="reward_round_act"),
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
    path(f"{DESK}phat-hien/<int:pk>/", runs.finding, name="reward_finding"),
    path(f"{DESK}phat-hien/<int:pk>/<slug:act>/", runs.finding_act, name="reward_finding_act"),
    path("hien-mau/bac-ton-vinh/", policies.ladder, name="reward_ladder"),
]
