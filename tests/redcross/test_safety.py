"""What stops an unsafe start: one sentence each, and `check --deploy` clean when all is right."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOOD = {
    "REDCROSS_MODE": "production",
    "SECRET_KEY": "Kf8-tR2_wq9ZpL0x7vN4bM6yHs1dGj5uEaXcQoTi3ePrVlBzWk",
    "AUDIT_DIGEST_KEY": "a1-Nhat-ky-9fK2mQ8xRt5Lw7Vz3Bc6Yd0P",
    "PERSON_HASH_KEY": "p2-Tra-cuu-8gJ3nW7yTs4Mx6Uv2Dd5Ze1Q",
    "PERSON_DATA_KEYS": "d3-Niem-phong-7hH4oE6zUr3Ny5Tw1Fe4Af0R",
    "SITE_URL": "https://cong-thong-tin.example.org",
    "ALLOWED_HOSTS": "cong-thong-tin.example.org",
    "SMTP_URL": "smtp://thu.example.org:587?tls=starttls",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """manage.py in a process of its own with production settings, changed as told ("" removes)."""
    kept = {
        k: v for k, v in os.environ.items() if k in {"PATH", "HOME", "DATABASE_URL", "REDIS_URL", "DATA_DIR"}
    }
    wanted = {k: v for k, v in {**kept, **GOOD, **environment}.items() if v}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=wanted, capture_output=True, text=True
    )


def test_check_deploy_is_clean_with_production_settings() -> None:
    done = manage("check", "--deploy", "--fail-level", "WARNING")

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "x" * 60}, "SECRET_KEY is weak"),
        ({"SECRET_KEY": "django-insecure-" + GOOD["SECRET_KEY"]}, "SECRET_KEY is weak"),
        ({"AUDIT_DIGEST_KEY": ""}, "AUDIT_DIGEST_KEY must be a secret of its own"),
        ({"PERSON_DATA_KEYS": "ngan"}, "PERSON_DATA_KEYS must be a secret of its own"),
        ({"SITE_URL": "http://cong-thong-tin.example.org"}, "SITE_URL must begin with https"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name"),
        ({"LETTERS_EMAIL_CHANNEL": "file"}, "LETTERS_EMAIL_CHANNEL must be smtp"),
        ({"REDCROSS_MODE": "prod"}, "REDCROSS_MODE=prod is unknown"),
    ],
)
def test_an_unsafe_start_is_stopped_with_a_sentence(change: dict[str, str], sentence: str) -> None:
    done = manage("shell", "-c", "import redcross.wsgi", **change)

    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_tools_read_the_settings_without_any_secret() -> None:
    done = manage("diffsettings", **dict.fromkeys(GOOD, ""))

    assert done.returncode == 0, done.stderr


def test_the_demo_is_not_loaded_outside_the_demo() -> None:
    done = manage("load_demo")

    assert done.returncode == 1
    assert "REDCROSS_MODE=demo" in done.stderr
    assert "Traceback" not in done.stderr
