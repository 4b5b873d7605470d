"""One settings file, driven by the environment (django-environ).

It imports without secrets, so that tools (mypy, makemigrations) can read it;
what must not start without them is stopped by `redcross.safety`.
REDCROSS_MODE: "demo" and "local" (bin/serve), "production", "test", or "bare" (tools).
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
YEAR = 365 * DAY

BASE_DIR = Path(__file__).resolve().parent.parent
MODE: str = env.str("REDCROSS_MODE", default="bare")
DEMO: bool = MODE == "demo"
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".data")))

SECRET_KEY: str = env.str("SECRET_KEY", default="")
SECRET_KEY_FALLBACKS: list[str] = env.list("SECRET_KEY_FALLBACKS", default=[])
# Tools read the settings without a secret; redcross.safety lets nothing start with this one.
NO_SECRET = "bare-tools-only-" + "x" * 40
SECRET_KEY = SECRET_KEY or NO_SECRET
DEBUG = False
SITE_URL: str = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
IS_HTTPS = SITE_URL.startswith("https://")
ALLOWED_HOSTS: list[str] = env.list(
    "ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"]
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "redcross.apps.RedcrossConfig",
    "rewards",
    "activities",
    "members",
    "donors",
    "evaluations",
    "news",
    "papers",
    "people",
    "letters",
    "ledger",
    "foundation",
    "redcross.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_prose_editor",
]

MIDDLEWARE = [
    # First: a kept page is answered without running anything else.
    "news.middleware.PageCacheMiddleware",
    "news.middleware.OldPathMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "people.middleware.AccessMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "redcross.urls"
WSGI_APPLICATION = "redcross.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "redcross.context.chapter",
                "redcross.context.signed_in_pages",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "redcross.templatetags.citations",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- database, cache, queue -------------------------------------------------

DATABASES = {"default": env.db_url("DATABASE_URL", default="postgresql:///redcross")}
DATABASES["default"] |= {
    "ENGINE": "foundation.database",
    "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=10 * MINUTE),
    "CONN_HEALTH_CHECKS": True,
    "ATOMIC_REQUESTS": False,
    # bin/test migrates one database and copies it for each worker.
    "TEST": {"TEMPLATE": env.str("TEST_DATABASE_TEMPLATE", default="") or None},
}
# SQL of public pages is prepared (foundation.database). Off behind a pooler that cannot keep it.
DATABASES["default"].setdefault("OPTIONS", {})["prepare_threshold"] = (
    5 if env.bool("DATABASE_PREPARES", default=True) else None
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL: str = env.str("REDIS_URL", default="redis://localhost:6379/0")
PAGE_CACHE: bool = env.bool("PAGE_CACHE", default=True)
PAGE_CACHE_SECONDS = 60
# Readings of articles are written together after so many seconds; 0: only when asked (tests).
READINGS_FLUSH_SECONDS: int = env.int("READINGS_FLUSH_SECONDS", default=0 if MODE == "test" else 15)
# How long a process keeps which numbers of documents the library holds; None: citations lead nowhere.
CITATIONS_KEPT_SECONDS: int | None = 60
CACHES = {
    # Rate limits and used one-time codes live in PostgreSQL: they hold when Valkey is gone.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "redcross_cache",
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
}

CELERY_BROKER_URL = (
    "redis+socket://" + REDIS_URL.removeprefix("unix://") if REDIS_URL.startswith("unix://") else REDIS_URL
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 30 * MINUTE
CELERY_TASK_SOFT_TIME_LIMIT = 25 * MINUTE
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": HOUR,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"

# --- people and sessions ----------------------------------------------------

AUTH_USER_MODEL = "ledger.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
WHITENOISE_AUTOREFRESH: bool = MODE == "test"  # else each of a suite's thousands of clients lists every file
if MODE == "test":  # a slow hash is right for people and wrong for thousands of test sign-ins
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 14 * DAY
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "phien"
CSRF_COOKIE_NAME = "chong_gia_mao"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "redcross.pages.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "start"

# allauth
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
ACCOUNT_ADAPTER = "people.adapters.AccountAdapter"
ACCOUNT_SIGNUP_FORM_CLASS = "people.forms.full_name.FullNameForm"
ACCOUNT_FORMS = {
    "login": "people.forms.sign_in.SignInForm",
    "signup": "people.forms.sign_in.SignUpForm",
    "reset_password": "people.forms.sign_in.ResetForm",
    "reset_password_from_key": "people.forms.sign_in.NewPasswordForm",
    "change_password": "people.forms.sign_in.ChangePasswordForm",
    "set_password": "people.forms.sign_in.SetPasswordForm",
    "reauthenticate": "people.forms.sign_in.ConfirmPasswordForm",
    "add_email": "people.forms.sign_in.AddEmailForm",
    "confirm_email_verification_code": "people.forms.sign_in.ConfirmEmailForm",
    "confirm_login_code": "people.forms.sign_in.PhoneCodeForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * MINUTE
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * MINUTE
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
# Wrong tries are counted for the account at one address; the loose count for the account
# everywhere spares addresses it has signed in from (people/adapters.py).
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip,5/5m/key", "login_failed_everywhere": "60/10m/key"}
MFA_ADAPTER = "people.adapters.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "people.forms.sign_in.SecondStepForm",
    "reauthenticate": "people.forms.sign_in.ConfirmSecondStepForm",
    "activate_totp": "people.forms.sign_in.SetUpAppForm",
    "add_webauthn": "people.forms.sign_in.AddPasskeyForm",
    "edit_webauthn": "people.forms.sign_in.NamePasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off; a code still works once
MFA_TOTP_ISSUER = env.str("CHAPTER_SHORT_NAME", default="Hội Chữ thập đỏ")
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_TRUST_ENABLED = False
USERSESSIONS_TRACK_ACTIVITY = False

# --- letters ----------------------------------------------------------------

# "file" writes into DATA_DIR/letters (demo), "smtp" speaks to SMTP_URL (letters/channels/smtp.py).
LETTERS_EMAIL_CHANNEL: str = env.str(
    "LETTERS_EMAIL_CHANNEL", default="smtp" if MODE == "production" else "file"
)
# Code of a channel to the class that serves it; SMS and Zalo are added here (docs/letters.md).
LETTERS_CHANNELS: dict[str, str] = {
    "email": {
        "smtp": "letters.channels.smtp.SmtpChannel",
        "file": "letters.channels.file.FileChannel",
    }[LETTERS_EMAIL_CHANNEL]
}
if DEMO:
    LETTERS_CHANNELS["sms"] = "letters.channels.phone_file.PhoneFileChannel"
LETTERS_DIR = DATA_DIR / "letters"
# How often the sweep comes by itself; after how many seconds of silence a claimed letter goes
# back to the queue, and one whose hand-over had begun is taken for unsure (longer than a mail
# server's last answer may take); how long a living worker tries to record an outcome while the
# database is away.
LETTERS_SWEEP_SECONDS: float = env.float("LETTERS_SWEEP_SECONDS", default=5)
LETTERS_CLAIM_SECONDS: float = env.float("LETTERS_CLAIM_SECONDS", default=3 * MINUTE)
LETTERS_HAND_OVER_SECONDS: float = env.float("LETTERS_HAND_OVER_SECONDS", default=10 * MINUTE)
LETTERS_RECORD_SECONDS: float = env.float("LETTERS_RECORD_SECONDS", default=15 * MINUTE)
SMTP_URL: str = env.str("SMTP_URL", default="smtp://localhost:25")
LETTERS_FROM: str = env.str("LETTERS_FROM", default="Hội Chữ thập đỏ (mẫu) <khong-tra-loi@example.org>")
# Django's own mail is never used: a letter is a row first.
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

# --- files ------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {
        "BACKEND": env.str("FILE_STORAGE", default="django.core.files.storage.FileSystemStorage"),
        "OPTIONS": env.json("FILE_STORAGE_OPTIONS", default={}),
    },
    "staticfiles": {"BACKEND": "redcross.storage.HashedStaticStorage"},
}
FILE_UPLOAD_HANDLERS = [
    "redcross.uploads.SizeLimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = env.str("FILE_UPLOAD_TEMP_DIR", default="") or None
VIDEO_MAX_BYTES = 200 * 1024 * 1024
PICTURE_MAX_BYTES = 20 * 1024 * 1024

# --- papers -----------------------------------------------------------------

# Four styles of one typeface with the widths of Times New Roman; a chapter may point to its licensed file.
PAPER_FONTS: str = env.str("PAPER_FONTS", default=str(BASE_DIR / "papers" / "fonts"))

# --- language and time ------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Vietnamese"))]
LOCALE_PATHS = [BASE_DIR / "redcross" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = "redcross.formats"

# --- safety -----------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "worker-src": [SELF],
        "img-src": [SELF, "data:"],
        "media-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT: bool = env.bool("SECURE_SSL_REDIRECT", default=IS_HTTPS)
SECURE_HSTS_SECONDS: int = env.int("SECURE_HSTS_SECONDS", default=YEAR if IS_HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_HSTS_PRELOAD = IS_HTTPS
SESSION_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SECURE = IS_HTTPS
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many trusted proxies stand before the web process; 0: the socket's address is the visitor's.
ALLAUTH_TRUSTED_PROXY_COUNT: int = env.int("TRUSTED_PROXY_COUNT", default=0)
AUDIT_DIGEST_KEY: str = env.str("AUDIT_DIGEST_KEY", default="") or SECRET_KEY
# Seals identity numbers (oldest key first) and hashes them for look-up; production sets its own.
PERSON_DATA_KEYS: list[str] = env.list("PERSON_DATA_KEYS", default=[]) or [SECRET_KEY]
PERSON_HASH_KEY: str = env.str("PERSON_HASH_KEY", default="") or SECRET_KEY

# --- the chapter ------------------------------------------------------------

CHAPTER = {
    "name": env.str("CHAPTER_NAME", default="Hội Chữ thập đỏ Thành phố (mẫu)"),
    "short_name": env.str("CHAPTER_SHORT_NAME", default="Hội Chữ thập đỏ"),
    "slogan": env.str("CHAPTER_SLOGAN", default="Cổng thông tin (mẫu)"),
    "logo_url": env.str("CHAPTER_LOGO_URL", default=""),
    "address": env.str("CHAPTER_ADDRESS", default="Số 1 đường Mẫu, phường Mẫu 1 (địa chỉ mẫu)"),
    "phone": env.str("CHAPTER_PHONE", default=""),
    "email": env.str("CHAPTER_EMAIL", default="van-phong@example.org"),
    "responsible": env.str("CHAPTER_RESPONSIBLE", default="Ban Biên tập (mẫu)"),
    "data_officer": env.str("CHAPTER_DATA_OFFICER", default="Người phụ trách bảo vệ dữ liệu cá nhân (mẫu)"),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "django.request": {"level": "ERROR"},
        "celery": {"level": "WARNING"},
        "PIL": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},  # else it names the passkeys
    },
}
