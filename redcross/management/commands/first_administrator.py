"""The first administrator of a new chapter: the city unit, a person, the office, a code to print."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from foundation.dates import today
from people.actions import add_person, found_unit, give_account, grant_office, make_sign_in_code
from people.actors import system_actor
from people.enums import OfficeCode, UnitKind
from people.models import Unit


class Command(BaseCommand):
    help = "Found the city unit and its first administrator; prints a sign-in code once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("full_name", help='As on the identity card, for example "Nguyễn Văn An".')
        parser.add_argument("username", help="Login name: small letters, digits, dots, dashes.")
        parser.add_argument("--unit", default="Hội Chữ thập đỏ Thành phố", help="Name of the city unit.")

    def handle(self, *args: Any, **options: Any) -> None:
        if Unit.objects.exists():
            raise CommandError("Đã có đơn vị trong cơ sở dữ liệu: hãy giao quyền trên trang Chức vụ.")
        by, day = system_actor(), today()
        with transaction.atomic():
            city = found_unit(
                by=by, code="TP", kind=UnitKind.CITY, name=options["unit"], founded_on=day, parent=None
            )
            person = add_person(by=by, full_name=options["full_name"], unit=city)
            give_account(by=by, person=person, username=options["username"])
            grant_office(
                by=by,
                person=person,
                office=OfficeCode.ADMINISTRATOR,
                unit=city,
                from_on=day,
                until_on=None,
                reason="Thiết lập ban đầu",
            )
            code = make_sign_in_code(by=by, person=person)
        self.stdout.write(f"Tên đăng nhập: {options['username']}\nMã đăng nhập (dùng một lần): {code}")
