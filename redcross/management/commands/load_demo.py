"""Loads the demo once; says so when it is there already."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from foundation.dates import today
from foundation.refusal import Refused
from redcross.demo.load import load_demo


class Command(BaseCommand):
    help = "Load the demo chapter (once)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_demo(today())
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write("Đã nạp dữ liệu mẫu." if loaded else "Dữ liệu mẫu đã có sẵn.")
