"""The yardstick: people brought in with django-import-export as its documentation shows, on our own models.

It does the least that makes the same people: name parts, sex, birth, e-mail, address, phone, sealed number
and belonging. It looks for no doubles by phone and name, judges no cell, writes no log, makes no result.
"""

from typing import Any


def resource_for(unit: Any, on: Any) -> Any:
    """A resource that knows a person by the digest of the identity number, as import_id_fields would."""
    from import_export import fields, resources

    from foundation.text import fold
    from people.models import Belonging, IdentityNumber, Person, Phone
    from people.rules.days import read_birth
    from people.rules.phones import read_phones
    from people.sealing import identity_digest, seal, tail_digest

    class PersonResource(resources.ModelResource):
        full_name = fields.Field(attribute="full_name", column_name="Họ và tên")
        email = fields.Field(attribute="email", column_name="Email")
        address = fields.Field(attribute="address", column_name="Địa chỉ")

        class Meta:
            model = Person
            fields = ("full_name", "email", "address")
            import_id_fields: tuple[str, ...] = ()
            use_transactions = True
            skip_unchanged = True

        def get_instance(self, instance_loader: Any, row: Any) -> Any:
            number = row.get("Số CCCD")
            if not number:
                return None
            return Person.objects.filter(identity_numbers__digest=identity_digest(str(number))).first()

        def import_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            super().import_instance(instance, row, **kwargs)
            for name in ("email", "address"):
                setattr(instance, name, getattr(instance, name) or "")
            instance.sex = "male" if fold(str(row.get("Giới tính"))) == "nam" else "female"
            born = read_birth(row.get("Ngày, tháng, năm sinh"), on=on, cell="")
            instance.birth_date, instance.birth_year = born.day, born.year
            instance.clean()

        def after_save_instance(self, instance: Any, row: Any, **kwargs: Any) -> None:
            Belonging.objects.get_or_create(
                person=instance, unit=unit, kind="record", defaults={"during": (on, None), "cause": "bench"}
            )
            if number := row.get("Số CCCD"):
                sealed, version = seal(str(number))
                values = {"sealed": sealed, "key_version": version, "tail_digest": tail_digest(str(number))}
                IdentityNumber.objects.update_or_create(
                    person=instance,
                    kind="cccd",
                    defaults={**values, "digest": identity_digest(str(number))},
                )
            if text := row.get("Điện thoại"):
                for phone in read_phones(str(text), on=on, cell="").phones:
                    values = {"as_given": phone.as_given, "kind": phone.kind}
                    Phone.objects.get_or_create(person=instance, number=phone.number, defaults=values)

        def skip_row(
            self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None
        ) -> bool:
            return False

    return PersonResource()


def bring_in(path: str, officer: Any) -> dict[str, Any]:
    """Read with tablib, a dry run, the run: what the library's admin pages do."""
    import tablib
    from openpyxl import load_workbook

    from foundation.dates import today
    from people.models import Unit

    rows = load_workbook(path, read_only=True).active.iter_rows(min_row=4, values_only=True)
    data = tablib.Dataset(headers=next(rows))
    for row in rows:
        data.append(row)
    resource = resource_for(Unit.objects.get(code="P003"), today())
    for dry_run in (True, False):
        result = resource.import_data(data, dry_run=dry_run, raise_errors=True)
        if result.has_errors():
            raise SystemExit("django-import-export refused the list")
    return {"changed": result.totals["new"] + result.totals["update"]}
