"""Django's settings, derived from the publication's own options (`options.py`)."""

import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

if sys.platform != "win32":
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3  # see wiring/database/base.py: the system's SQLite is not safe

import os

from django.conf import global_settings

from broadsheet.kit import shrinking
from broadsheet.kit.sealing import Keyring
from broadsheet.mail import transports
from broadsheet.wiring import options
from broadsheet.wiring.database_url import parse
from broadsheet.wiring.languages import spoken

BASE = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("BROADSHEET_HOME", "var")).resolve()
OPTIONS: dict[str, Any] = options.read(HOME)
KEYRING = Keyring(HOME / "keys")

SECRET_KEY = KEYRING.signing
DEBUG = False
URL = str(OPTIONS["url"]).rstrip("/")
ALLOWED_HOSTS = [urlsplit(URL).hostname or "127.0.0.1", "127.0.0.1", "localhost", "[::1]", *OPTIONS["hosts"]]
_SECURE = URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [URL] if _SECURE else []

INSTALLED_APPS = [
    "broadsheet.wiring",
    "broadsheet.events",
    "broadsheet.limits",
    "broadsheet.mail",
    "broadsheet.readers",
    "broadsheet.masthead",
    "broadsheet.articles",
    "broadsheet.discussion",
    "broadsheet.notices",
    "broadsheet.accounts",
    "broadsheet.press",
    "broadsheet.transfer",
    "broadsheet.search",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.snippets",
    "wagtail.contrib.table_block",
    "broadsheet.readers.accounts.AccountsConfig",
    "wagtail.images",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.admin",
    "wagtail",
    "modelsearch",
    "taggit",
    "modelcluster",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "broadsheet.press.headers.PublicHeaders",
    "broadsheet.masthead.speaking.Languages",
    "broadsheet.press.outage.DatabaseOutage",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "broadsheet.wiring.guarding.NewsroomGuard",
    "allauth.account.middleware.AccountMiddleware",
    "broadsheet.readers.seeing.SeeSessions",
    "broadsheet.readers.wall.SecondFactorWall",
]

ROOT_URLCONF = "broadsheet.wiring.urls"
WSGI_APPLICATION = "broadsheet.wiring.wsgi.application"
APPEND_SLASH = False

OWN_TEMPLATES = "own"
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # The publisher's own before ours (theming.py); each is read once.
        "DIRS": [HOME / "theme" / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["broadsheet.wiring.theming.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
    # Ours alone, for a page that a theme breaks.
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "NAME": OWN_TEMPLATES,
        "APP_DIRS": True,
    },
]

_SQLITE = {
    "ENGINE": "broadsheet.wiring.database",
    "OPTIONS": {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-65536",
    },
}
if url := os.environ.get("DATABASE_URL"):
    DATABASES = {"default": parse(url)}
    LIMITS_DATABASE = "default"
else:
    DATABASES = {
        "default": {**_SQLITE, "NAME": HOME / "db" / "broadsheet.sqlite3"},
        # A limit that is forgotten in a power cut costs nothing: this file is not synced.
        "limits": {
            **_SQLITE,
            "NAME": HOME / "db" / "limits.sqlite3",
            "OPTIONS": {
                "timeout": 5,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF",
            },
        },
    }
    LIMITS_DATABASE = "limits"
for _database in DATABASES.values():
    _database["CONN_MAX_AGE"] = None
    # One file, one server: a test run never shares a database with a publication.
    if "NAME" in _database and isinstance(_database["NAME"], Path):
        _database["TEST"] = {"NAME": str(_database["NAME"]) + ".test"}
DATABASE_ROUTERS = ["broadsheet.limits.routing.LimitsRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "readers.Reader"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]
try:
    transports.parse(str(OPTIONS["mail_url"]))
except ValueError as unreadable:
    raise options.OptionError(str(unreadable)) from None
EMAIL_BACKEND = "broadsheet.mail.carrying.WatchedBackend"
DEFAULT_FROM_EMAIL = str(OPTIONS["mail_from"]) or f"newsroom@{urlsplit(URL).hostname or 'localhost'}"
LOGIN_URL = "/newsroom/login/"
LOGIN_REDIRECT_URL = "/newsroom/"
ACCOUNT_ADAPTER = "broadsheet.readers.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = (
    False  # theirs count in each process for itself; ours (readers/tries.py) do not
)
MFA_ADAPTER = "broadsheet.readers.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # steps of 30 s before and after this one, for telephones whose clock is off
MFA_ALLOW_UNVERIFIED_EMAIL = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _SECURE
SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

LOCALE_PATHS = [HOME / "locale", BASE / "locale"]  # the publisher's own words come first
LANGUAGE_CODE = spoken(str(OPTIONS["language"]), LOCALE_PATHS)
LANGUAGES = [*global_settings.LANGUAGES, (LANGUAGE_CODE, LANGUAGE_CODE)]
TIME_ZONE = str(OPTIONS["time_zone"])
USE_TZ = USE_I18N = True

PRINTS = HOME / "prints"
MEDIA_ROOT = HOME / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = PRINTS / "static"
STATIC_URL = "/static/"
STATICFILES_DIRS = [folder for folder in [HOME / "theme" / "static"] if folder.is_dir()]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "broadsheet.wiring.static.StaticStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 10

PUBLICATION_PREVIEW = "broadsheet.articles.pages.front.preview_of"
KEPT_WITH_COMMENTS = ["broadsheet.notices.taking_out.of_comment"]
"""What apps above the discussion keep of a comment, and add where it is taken out."""
KEPT_WITH_ACCOUNTS = ["broadsheet.notices.taking_out.of_reader"]
"""What apps beside the accounts keep of a reader, each list by the name of its file, and add to what is taken out."""
WAGTAIL_SITE_NAME = "Broadsheet"
WAGTAILADMIN_BASE_URL = URL
WAGTAIL_EDITING_SESSION_PING_INTERVAL = 5_000  # ms until an editor is told that a colleague saved
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
# It would send mail from inside a request; `broadsheet init` gives a link instead.
WAGTAIL_PASSWORD_RESET_ENABLED = False
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database.fallback"}}
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILIMAGES_IMAGE_MODEL = "articles.Picture"
WAGTAILIMAGES_IMAGE_FORM_BASE = "broadsheet.articles.newsroom_pictures.PictureForm"
WAGTAILIMAGES_MAX_IMAGE_PIXELS = shrinking.MOST_PIXELS
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "avif"]
WAGTAILADMIN_LOGIN_URL = LOGIN_URL
TAGGIT_CASE_INSENSITIVE = True

SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" would make browsers send "Origin: null" with a comment
SECURE_CONTENT_TYPE_NOSNIFF = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "broadsheet.kit.log_lines.Unnamed",
            "fmt": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # What is not there is asked for by the thousand, by whoever looks for holes: a line for each would fill the disk.
    "loggers": {"django.request": {"level": "ERROR"}},
}
