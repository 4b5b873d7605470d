"""How allauth writes letters and finds accounts here."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter


class AccountAdapter(DefaultAccountAdapter):
    pass


class SecondStepAdapter(DefaultMFAAdapter):
    pass
