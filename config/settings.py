"""All settings in one file. What differs between machines comes from the environment
(names in docs/setup.md); every value has a default that works on a fresh clone."""

import os
import secrets
import sys
from datetime import timedelta
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])


def _secret_key() -> str:
    """SECRET_KEY of the environment, or one made at the first run and kept in DATA_DIR."""
    if given := env("SECRET_KEY", default=""):
        return given
    keeper = DATA_DIR / "secret_key"
    if not keeper.exists():
        # O_EXCL: when two processes start together, one makes the key and both read it.
        try:
            handle = os.open(keeper, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            pass
        else:
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_urlsafe(50))
    key = keeper.read_text().strip()
    if len(key) < 50:
        raise ImproperlyConfigured(f"{keeper} holds no usable key: delete it and start again.")
    return key


SECRET_KEY = _secret_key()

INSTALLED_APPS = [
    "branches",
    "meetings",
    "reports",
    "crispy_forms",
    "crispy_bootstrap5",
    "treebeard",
    "axes",
    "django_tasks_db",
    "django_linear_migrations",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]
# Only where the development packages are installed: it guards migrations, nothing at run time.
try:
    import django_linear_migrations  # noqa: F401
except ModuleNotFoundError:
    INSTALLED_APPS.remove("django_linear_migrations")

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "branches.squeeze.SqueezePagesMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Around the session and the check for forgery: what these refuse is an entry too.
    "branches.audit_requests.AuditMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "branches.session_limits.SessionLimitsMiddleware",
    # Default closed: a view without login has to say so itself.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "branches.context.navigation",
            ],
        },
    },
]
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Database -----------------------------------------------------------------------------
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a writer queues at BEGIN instead of failing when it upgrades its lock.
    # FULL: what was answered with "saved" survives a power cut.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        ),
    }
elif _database["ENGINE"] == "django.db.backends.postgresql":
    _database["OPTIONS"] = {"pool": True}
else:
    raise ImproperlyConfigured("DATABASE_URL must name an sqlite or a postgres database.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Users and sessions -------------------------------------------------------------------
# Two sets of numbers, chosen by name; each number can be given by itself (docs/accounts.md).
_NUMBERS = (
    "PASSWORD_MIN_LENGTH",
    "PASSWORD_MIN_CLASSES",
    "LOGIN_TRIES",
    "LOGIN_LOCK_MINUTES",
    "SESSION_IDLE_SECONDS",
    "SESSION_ABSOLUTE_SECONDS",
    "PASSWORD_LINK_HOURS",
)
SECURITY_PROFILES = {
    # What GB/T 22239 level 2 is usually read to ask for.
    "bureau": dict(zip(_NUMBERS, (8, 3, 5, 30, 30 * 60, 12 * 3600, 72), strict=True)),
    # For a bureau whose checklist goes further.
    "strict": dict(zip(_NUMBERS, (12, 3, 3, 60, 10 * 60, 8 * 3600, 24), strict=True)),
}
_profile = env("SECURITY_PROFILE", default="bureau")
if _profile not in SECURITY_PROFILES:
    raise ImproperlyConfigured(f"SECURITY_PROFILE is one of {', '.join(SECURITY_PROFILES)}.")


def _security(name: str) -> int:
    """The number of the environment, or of the profile. None of them makes sense below 1."""
    number: int = env.int(name, default=SECURITY_PROFILES[_profile][name])
    if number < 1:
        raise ImproperlyConfigured(f"{name} is a number from 1 on.")
    return number


AUTH_USER_MODEL = "branches.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",  # the lock-out, asked before any password
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": _security("PASSWORD_MIN_LENGTH")},
    },
    {
        "NAME": "branches.password_rules.CharacterClassesValidator",
        "OPTIONS": {"min_classes": _security("PASSWORD_MIN_CLASSES")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "branches.models.session"  # knows whose a session is
SESSION_COOKIE_AGE = _security("SESSION_IDLE_SECONDS")  # branches/session_limits.py
SESSION_ABSOLUTE_AGE = _security("SESSION_ABSOLUTE_SECONDS")
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
PASSWORD_LINK_HOURS = _security("PASSWORD_LINK_HOURS")

# Lock-out (branches/lockout.py). The audit log tells of logins; axes keeps the count alone.
AXES_FAILURE_LIMIT = _security("LOGIN_TRIES")
AXES_COOLOFF_TIME = timedelta(minutes=_security("LOGIN_LOCK_MINUTES"))
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "branches.lockout.account_key"
AXES_CLIENT_IP_CALLABLE = "branches.address.known_address"
AXES_RESET_ON_SUCCESS = True
# Trying on while locked does not prolong it: 30 minutes are 30 minutes.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
# The login page itself tells of the lock; the middleware would put a bare answer in its place.
SILENCED_SYSTEM_CHECKS = ["axes.W002"]

# Single sign-on by OpenID Connect (extra `sso`, docs/accounts.md). Off, nothing of it is loaded.
SSO_SERVER_URL = env("SSO_SERVER_URL", default="")
SSO_NAME = env("SSO_NAME", default="")
# Login by the bureau's directory (extra `ldap`). Off, nothing of it is loaded either.
LDAP_URL = env("LDAP_URL", default="")
if LDAP_URL:
    import ldap
    from django_auth_ldap.config import LDAPSearch

    # After the site's own passwords, which go on when the directory is away.
    AUTHENTICATION_BACKENDS.append("branches.directory.DirectoryBackend")
    AUTH_LDAP_SERVER_URI = LDAP_URL
    # Whoever listens on the way reads every password: plain only when it is said in so many words.
    AUTH_LDAP_START_TLS = env.bool("LDAP_START_TLS", default=not LDAP_URL.startswith("ldaps:"))
    AUTH_LDAP_USER_DN_TEMPLATE = env("LDAP_BIND_DN_TEMPLATE", default="") or None
    AUTH_LDAP_BIND_DN = env("LDAP_SEARCH_DN", default="")
    AUTH_LDAP_BIND_PASSWORD = env("LDAP_SEARCH_PASSWORD", default="")
    _user_attribute = env("LDAP_USER_ATTRIBUTE", default="uid")
    if not AUTH_LDAP_USER_DN_TEMPLATE:
        AUTH_LDAP_USER_SEARCH = LDAPSearch(
            env("LDAP_SEARCH_BASE"), ldap.SCOPE_SUBTREE, f"({_user_attribute}=%(user)s)"
        )
    AUTH_LDAP_USER_ATTR_MAP = {
        "username": _user_attribute,
        "name": env("LDAP_NAME_ATTRIBUTE", default="cn"),
    }
    AUTH_LDAP_BIND_AS_AUTHENTICATING_USER = True  # who may read their own entry, and no more
    AUTH_LDAP_ALWAYS_UPDATE_USER = False
    # Seconds; a directory that is away must not keep the site's own users waiting.
    AUTH_LDAP_CONNECTION_OPTIONS = {
        ldap.OPT_NETWORK_TIMEOUT: 5,
        ldap.OPT_TIMEOUT: 5,
        ldap.OPT_REFERRALS: 0,
    }
    if _ca_file := env("LDAP_CA_FILE", default=""):
        AUTH_LDAP_CONNECTION_OPTIONS[ldap.OPT_X_TLS_CACERTFILE] = _ca_file
        AUTH_LDAP_CONNECTION_OPTIONS[ldap.OPT_X_TLS_NEWCTX] = 0  # reads the file in; the last
# Two-factor login (extra `two-factor`). Off, nothing of it is loaded either.
TWO_FACTOR = env("TWO_FACTOR", default="")
if TWO_FACTOR not in ("", "optional", "administrators", "everyone"):
    raise ImproperlyConfigured("TWO_FACTOR is one of optional, administrators, everyone.")
if SSO_SERVER_URL or TWO_FACTOR:
    INSTALLED_APPS += ["allauth", "allauth.account"]
    MIDDLEWARE.append("allauth.account.middleware.AccountMiddleware")
    ACCOUNT_ADAPTER = "branches.two_factor.adapters.AccountAdapter"
    ACCOUNT_USER_MODEL_EMAIL_FIELD = None
    ACCOUNT_LOGIN_METHODS = {"username"}
    ACCOUNT_SIGNUP_FIELDS = ["username*"]
    ACCOUNT_EMAIL_VERIFICATION = "none"
if TWO_FACTOR:
    INSTALLED_APPS.append("allauth.mfa")
    AUTHENTICATION_BACKENDS.append("branches.two_factor.backend.CodeBackend")
    AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "second_code"]
    MFA_ADAPTER = "branches.two_factor.adapters.SealingAdapter"
    MFA_RECOVERY_CODE_DIGITS = 10
    MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds by which a phone's clock may be wrong
if SSO_SERVER_URL:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]
    ACCOUNT_ADAPTER = "branches.single_sign_on.AccountAdapter"
    SOCIALACCOUNT_ADAPTER = "branches.single_sign_on.SingleSignOnAdapter"
    SOCIALACCOUNT_LOGIN_ON_GET = True  # leads to the service and changes nothing here
    SOCIALACCOUNT_STORE_TOKENS = False
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "sso",
                    "name": SSO_NAME,
                    "client_id": env("SSO_CLIENT_ID"),
                    "secret": env("SSO_CLIENT_SECRET"),
                    # Who somebody is, the signed token alone tells.
                    "settings": {"server_url": SSO_SERVER_URL, "fetch_userinfo": False},
                }
            ],
        }
    }

# --- Safety in the browser ----------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
# The intranet is often plain HTTP; behind TLS one switch makes cookies secure and adds HSTS.
_behind_tls = env.bool("BEHIND_TLS", default=False)
if _behind_tls:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _behind_tls
# Proxies of one's own between the browser and this server, of whose X-Forwarded-For the client's
# address is read (branches/address.py). deploy/nginx.conf is one.
PROXY_COUNT = env.int("PROXY_COUNT", default=1 if _behind_tls else 0)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000  # an attendance grid of several hundred people
# Attached files: the largest one, how many a record has, and all of one request together.
LARGEST_ATTACHMENT = env.int("ATTACHMENT_MAX_MB", default=20) * 1024**2
MOST_ATTACHMENTS = env.int("ATTACHMENT_MAX_COUNT", default=40)
LARGEST_UPLOAD_REQUEST = 10 * LARGEST_ATTACHMENT
FILE_UPLOAD_HANDLERS = [
    "meetings.attachments.fence.RequestSizeFence",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# --- Language and time --------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# --- Static files -------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = DATA_DIR / "static"
_testing = "pytest" in sys.modules
# Names with a hash need collectstatic; a test or a development server reads static/ itself.
if not (DEBUG or _testing):
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
WHITENOISE_USE_FINDERS = DEBUG or _testing
WHITENOISE_AUTOREFRESH = DEBUG
# The fonts are embedded in PDF files, no page fetches them: squeezing 22 MB takes a minute.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "ttf")

# Keys of the encrypted fields, newest first; without any, one is made in DATA_DIR.
SENSITIVE_KEYS = env.list("SENSITIVE_KEYS", default=[])

# --- Background work ----------------------------------------------------------------------
TASKS = {
    "default": {
        "BACKEND": env("TASKS_BACKEND", default="django_tasks_db.DatabaseBackend"),
    },
}

# --- Rules of the house -------------------------------------------------------------------
# A record entered this many days after the day it tells of is shown as a late entry 补录.
LATE_ENTRY_DAYS = env.int("LATE_ENTRY_DAYS", default=15)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {"axes": {"level": "ERROR"}},  # failed logins stand in the audit log
}
