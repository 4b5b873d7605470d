"""Prints the demo's accounts with their current second-step code."""

from typing import Any

from django.core.management.base import BaseCommand

from redcross.demo.accounts import PASSWORD
from redcross.demo.shown import shown_accounts


class Command(BaseCommand):
    help = "Print the accounts of the demo."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Tài khoản mẫu (mật khẩu chung: {PASSWORD}):")
        for shown in shown_accounts():
            self.stdout.write(f"  {shown.username:<16}{shown.office:<36}{shown.code}")
