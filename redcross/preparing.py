"""What must be true before the first page is served, in one process: tables, cache table, static files, demo.

bin/serve runs `python -m redcross.preparing`; everything here may run again without harm.
What it prints, the launcher shows: the demo accounts.
"""

import hashlib
import os
import sys
from pathlib import Path


def main() -> int:
    """Exit code 0, or 2 after one sentence on standard error."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "redcross.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command

    try:
        django.setup()
        from django.conf import settings

        bring_tables_up_to_date()
        collect_static_files()
        if settings.DEMO:
            call_command("load_demo", stdout=sys.stderr)
            call_command("demo_accounts")
    except (CommandError, ImproperlyConfigured) as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def bring_tables_up_to_date() -> None:
    from django.core.management import call_command

    try:
        call_command("migrate", check_unapplied=True, verbosity=0, stdout=sys.stderr)
    except SystemExit:
        call_command("migrate", verbosity=0, stdout=sys.stderr)
        call_command("createcachetable", verbosity=0)


def collect_static_files() -> None:
    """Collects them when a source file, the settings or a package changed since the last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.DATA_DIR) / "run" / "static.stamp"
    now = static_digest()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    stamp.write_text(now)


def static_digest() -> str:
    """Changes with the name, size or time of any static file, of the settings, or of the place they go to."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    files = [(path, storage.path(path)) for finder in get_finders() for path, storage in finder.list([])]
    for name, place in sorted([*files, ("settings", str(settings.BASE_DIR / "redcross" / "settings.py"))]):
        status = Path(place).stat()
        digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
