"""Settings of both processes. What differs between installations comes from the environment (see ``boot``)."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from erreichbar.site.secret import secret_key

DATABASE = os.environ.get("ERREICHBAR_DB", "var/erreichbar.sqlite3")
"""Path of the SQLite file, ``:memory:``, or a ``postgresql://`` address."""
ERREICHBAR_DEMO = os.environ.get("ERREICHBAR_DEMO") == "1"
"""Any seat without a password. Only ``erreichbar demo`` sets it, and only for the fictional office on loopback."""
ERREICHBAR_SPEED = float(os.environ.get("ERREICHBAR_CLOCK", "||1").split("|")[2])
"""How many seconds of the office pass in one real second; 1 outside training."""
ERREICHBAR_INTAKE_TOKENS = [
    tuple(pair.split(":", 1)) for pair in os.environ.get("ERREICHBAR_INTAKE_TOKENS", "").split(",") if ":" in pair
]
"""Organisations that may report tickets, with the SHA-256 of their tokens: ``service-centre:9f86d0…,other:…``."""
ERREICHBAR_INTAKE_PER_MINUTE = int(os.environ.get("ERREICHBAR_INTAKE_PER_MINUTE", "120"))
"""How many requests an organisation may send by API in a minute. Assumption: a busy centre writes two tickets a second at most."""
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
"""How long a request may be that is no file, in bytes; 2,000 intervals of call figures are about 300,000."""
ERREICHBAR_CALENDAR_HOSTS = [
    host for host in os.environ.get("ERREICHBAR_CALENDAR_HOSTS", "").lower().split(",") if host
]
"""Hosts that calendars may be read from, such as the office's Exchange. Without any, calendars come as files only."""
VIRTUAL = os.environ.get("ERREICHBAR_VIRTUAL") == "1"
"""A day in virtual time, which can be run again at will: nothing waits for the disk."""
ON_POSTGRESQL = DATABASE.startswith(("postgresql://", "postgres://"))
RUN_FOLDER = Path(
    os.environ.get("ERREICHBAR_RUN")
    or (Path("var") if ON_POSTGRESQL or DATABASE == ":memory:" else Path(DATABASE).resolve().parent)
)
"""Where head file, bell, spool and secrets live: beside the database."""

DATABASES: dict[str, dict[str, object]]
if ON_POSTGRESQL:
    address = urlsplit(DATABASE)
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": address.path.lstrip("/"),
            "USER": unquote(address.username or ""),
            "PASSWORD": unquote(address.password or ""),
            "HOST": address.hostname or "",
            "PORT": address.port or "",
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATABASE,
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                # Django's default lets two transactions read first and then both fail to write.
                "transaction_mode": "IMMEDIATE",
                "timeout": 5,
                "init_command": "PRAGMA journal_mode=WAL; "
                + ("PRAGMA synchronous=OFF;" if VIRTUAL else "PRAGMA synchronous=FULL;"),
            },
        }
    }

SECRET_KEY = secret_key(RUN_FOLDER)
DEBUG = False
ALLOWED_HOSTS = os.environ.get("ERREICHBAR_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("ERREICHBAR_ORIGINS", "").split(",") if origin]
BEHIND_TLS = os.environ.get("ERREICHBAR_TLS") == "1"
"""True where a reverse proxy speaks TLS in front of us and sets X-Forwarded-Proto."""
if BEHIND_TLS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "erreichbar.centre",
    "erreichbar.desk",
    "erreichbar.evidence",
    "erreichbar.site",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "erreichbar.desk.trouble.TroubleMiddleware",
    "erreichbar.intake.not_there.NotThereMiddleware",
]
ROOT_URLCONF = "erreichbar.site.urls"
ASGI_APPLICATION = "erreichbar.site.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "erreichbar.desk.context.desk",
            ]
        },
    }
]

AUTH_USER_MODEL = "centre.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "desk:sign_in"
LOGIN_REDIRECT_URL = "/"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": os.environ.get("ERREICHBAR_LOG", "WARNING")},
}
