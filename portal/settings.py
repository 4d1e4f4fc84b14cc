"""Every setting of the portal; what may differ between machines comes from the environment (README, “Settings”)."""

import sys
from pathlib import Path

import environ
from celery.schedules import crontab
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal import broker

BASE_DIR = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules


class Environment(environ.Env):
    """The environment; a value of the wrong kind stops the start with a sentence instead of a riddle."""

    def get_value(self, var, cast=None, **options):
        try:
            return super().get_value(var, cast=cast, **options)
        except (ValueError, TypeError) as error:
            raise ImproperlyConfigured(f"The setting {var} is wrong: {error}. The README lists what it may be.") from None


env = Environment()


def required(name: str, why: str) -> str:
    """The setting `name`, or a start that stops with a sentence saying which is missing and how to give it."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"The setting {name} is missing: {why}")
    return value


# --- where we are ------------------------------------------------------------------------------------
DEMO = env.bool("DEMO", default=False)
DEBUG = False
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".local")))
DATA_DIR.mkdir(parents=True, exist_ok=True)
RELAXED = DEMO or TESTING  # a loopback demo and the tests speak plain http
ORGANISATION = env.str("ORGANISATION", default="Rivage")
PORT = env.int("PORT", default=8000)
SITE_URL = env.str("SITE_URL", default=f"http://localhost:{PORT}" if RELAXED else "").rstrip("/")
if not SITE_URL:
    raise ImproperlyConfigured("The setting SITE_URL is missing: give the address people type, such as https://people.example.org")

if TESTING:
    SECRET_KEY = "tests only " * 5
elif DEMO:
    from portal.demo.secrets import demo_secret

    SECRET_KEY = demo_secret(DATA_DIR / "secret-key")
else:
    SECRET_KEY = required("SECRET_KEY", "give a random text of 50 characters or more, kept secret.")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]", "testserver"] if RELAXED else [SITE_URL.split("//")[-1].split(":")[0]])
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- apps and rooms -----------------------------------------------------------------------------------
STAGES = ["recruitment", "onboarding", "mobility", "alumni"]
INSTALLED_APPS = [
    "portal",
    "portal.accounts",
    "portal.search",
    "portal.people",
    "portal.plans",
    "portal.panels",
    *[stage for stage in STAGES if (BASE_DIR / stage / "apps.py").exists()],
    *(["portal.demo"] if DEMO or TESTING else []),
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "taggit",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "portal.middleware.request_id",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "portal.middleware.headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.middleware.LanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.middleware.SecondFactorMiddleware",
    "portal.gate.LeaversMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
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
                "portal.context.house",
                *(["portal.demo.cast.context"] if DEMO or TESTING else []),
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "portal.templatetags.house"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

# --- data ---------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'portal.sqlite3'}")}
DATABASE = DATABASES["default"]
if not DATABASE["ENGINE"].endswith(("sqlite3", "postgresql")):
    raise ImproperlyConfigured("The setting DATABASE_URL is wrong: give postgres://USER:PASSWORD@HOST:5432/NAME, or leave it out for SQLite.")
if DATABASE["ENGINE"].endswith("sqlite3"):
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000; PRAGMA mmap_size=134217728;",
    }
else:
    DATABASE["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    DATABASE["CONN_HEALTH_CHECKS"] = True
    # Pages ask many small questions of large tables: look rows up rather than read whole tables, compile and divide nothing.
    DATABASE.setdefault("OPTIONS", {}).setdefault("options", "-c random_page_cost=1.1 -c jit=off -c max_parallel_workers_per_gather=0")
POSTGRESQL = not DATABASE["ENGINE"].endswith("sqlite3")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rate limits live here: shared by all processes, and they hold when Redis is away.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA_DIR / "files", "base_url": None}},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage" if TESTING else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
if env.str("S3_BUCKET", default=""):
    STORAGES["default"] = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": env.str("S3_BUCKET"), "default_acl": "private"}}
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_MAX_AGE = 300
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- languages and time -------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "portal.formats"
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.str("TIME_ZONE", default="Europe/Paris")

# --- search -------------------------------------------------------------------------------------------
SEARCH_BACKEND = env.str("SEARCH_BACKEND", default="postgresql" if POSTGRESQL else "whoosh")
SEARCH_INDEX_DIR = DATA_DIR / "index"

# --- background work ----------------------------------------------------------------------------------
NO_BROKER = "redis://127.0.0.1:9/0" if TESTING else ""  # tests that want one give it
REDIS_URL = env.str("REDIS_URL", default=broker.remembered(DATA_DIR) if DEMO else NO_BROKER)
if not REDIS_URL:
    raise ImproperlyConfigured("The setting REDIS_URL is missing: give the address of a Redis server, such as redis://127.0.0.1:6379/0")
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A killed worker's messages come back right after the visibility timeout, which exceeds the longest task.
    "visibility_timeout": 600,
    "unacked_restore_interval": 2,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
    "retry_on_timeout": False,
    # A page that rings while the broker is away gives up after two quick tries; kombu's own pauses take six seconds.
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
CELERY_TASK_DEFAULT_QUEUE = "default"
# What waits for machines that are not ours has queues and a worker of its own: a slow system delays nobody here.
CELERY_TASK_ROUTES = {
    "onboarding.ask_system": {"queue": "remote"},
    "plans.ask_revoked": {"queue": "remote"},
    "portal.send_webhooks": {"queue": "webhooks"},
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 540
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_PROC_ALIVE_TIMEOUT = 30.0  # on a busy machine a hand of the worker needs more than four seconds to start
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "portal.pulse:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
# What runs by itself. The queue is a doorbell: each of these looks at rows, so a lost message costs one interval.
CELERY_BEAT_SCHEDULE = {
    # Ten minutes before each quarter: what nine o'clock is judged by is then ten minutes old.
    "check-arrivals": {"task": "onboarding.check_arrivals", "schedule": crontab(minute="5,20,35,50")},
    "record-mornings": {"task": "onboarding.record_mornings", "schedule": crontab()},
    "write-digests": {"task": "onboarding.write_digests", "schedule": crontab(minute="*/15")},
    "send-agendas": {"task": "onboarding.send_agendas", "schedule": crontab(minute=10)},
    "ask-checkins": {"task": "onboarding.ask_checkins", "schedule": crontab(minute=40)},
    "expire-codes": {"task": "plans.expire_codes", "schedule": crontab(minute=25)},
    "match-mentors": {"task": "alumni.match_mentors", "schedule": 60.0},
    "expire-mentoring-requests": {"task": "alumni.tend_mentoring", "schedule": crontab(minute=15)},
    "tend-consents": {"task": "alumni.tend_consents", "schedule": crontab(minute=30, hour=6)},
    "end-for-leavers": {"task": "mobility.end_for_leavers", "schedule": crontab(minute="4,19,34,49")},
    "tell-followers": {"task": "mobility.tell_followers", "schedule": 60.0},
    "follow-departures": {"task": "alumni.follow_departures", "schedule": crontab(minute="2,32")},
    "ask-revoked": {"task": "plans.ask_revoked", "schedule": crontab(minute="7,22,37,52")},
    "unseal-panels": {"task": "panels.unseal_due", "schedule": 60.0},
    "draw-cvs": {"task": "recruitment.draw_cvs", "schedule": 60.0},
    "answer-link-requests": {"task": "recruitment.answer_link_requests", "schedule": 60.0},
    "heartbeat": {"task": "portal.beat", "schedule": 15.0},
    "send-mails": {"task": "portal.send_mails", "schedule": 20.0},
    "ring-webhooks": {"task": "portal.ring_webhooks", "schedule": 30.0},
    "announce-steps": {"task": "plans.announce_steps", "schedule": crontab(minute="12,27,42,57")},
    "drain-search-outbox": {"task": "search.drain_outbox", "schedule": 10.0},
    "watch-search-index": {"task": "search.watch_index", "schedule": 60.0},
    "tidy-search-index": {"task": "search.tidy_index", "schedule": crontab(minute=20, hour=3)},
    "carry-imports": {"task": "people.carry_imports", "schedule": 60.0},
    "keep-retention": {"task": "portal.keep_retention", "schedule": 24 * 3600.0},
    "seal-audit": {"task": "portal.seal_audit", "schedule": 24 * 3600.0},
}

# --- other systems asked before a first day; empty: not asked ------------------------------------------
SYSTEMS_PORT = env.int("SYSTEMS_PORT", default=PORT + 10)  # where `manage.py rivage_systems` listens: HTTP, and SMTP one above
PROBE_ACCOUNTS = env.str("PROBE_ACCOUNTS", default=f"http://127.0.0.1:{SYSTEMS_PORT}/accounts" if DEMO else "")
PROBE_MAIL = env.str("PROBE_MAIL", default=f"smtp://127.0.0.1:{SYSTEMS_PORT + 1}" if DEMO else "")
PROBE_CALENDAR = env.str("PROBE_CALENDAR", default=f"http://127.0.0.1:{SYSTEMS_PORT}/calendars/{{address}}.ics" if DEMO else "")
PROBE_SCIM = env.str("PROBE_SCIM", default="")
PROBE_LDAP = env.str("PROBE_LDAP", default="")
PROBE_LDAP_BASE = env.str("PROBE_LDAP_BASE", default="")
PROBE_TOKEN = env.str("PROBE_TOKEN", default="")

# --- webhooks: only the demo may tell systems on this very machine; tests say so themselves --------------
WEBHOOKS_LOOPBACK = DEMO

# --- identity -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.adapter.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "portal.adapter.SocialAccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # sign-up is closed; without "password1" allauth takes no password at sign-in
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "portal.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = RELAXED
USERSESSIONS_TRACK_ACTIVITY = False
# People of these roles must hold a second factor or a passkey (specs/trust.md); the demo lets the cast in by one click.
MFA_REQUIRED_ROLES = env.list("MFA_REQUIRED_ROLES", default=[] if RELAXED else ["hr", "hr_admin", "it", "operator"])
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
OIDC_ORIGINS = []
if env.str("OIDC_SERVER_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "company",
            "name": env.str("OIDC_NAME", default=ORGANISATION),
            "client_id": required("OIDC_CLIENT_ID", "the company's identity provider needs it (OIDC_SERVER_URL is set)."),
            "secret": required("OIDC_CLIENT_SECRET", "the company's identity provider needs it (OIDC_SERVER_URL is set)."),
            "settings": {"server_url": env.str("OIDC_SERVER_URL"), "token_auth_method": env.str("OIDC_TOKEN_AUTH", default="client_secret_basic")},
        }
    )
    OIDC_ORIGINS.append("/".join(env.str("OIDC_SERVER_URL").split("/")[:3]))

# --- who answers for the site: the legal notice, the privacy notice and security.txt say it --------------
LEGAL = {
    "organisation": env.str("LEGAL_NAME", default=ORGANISATION),
    "address": env.str("LEGAL_ADDRESS", default="12 quai de la Fosse, 44000 Nantes, France" if RELAXED else ""),
    "registration": env.str("LEGAL_REGISTRATION", default=""),
    "publisher": env.str("LEGAL_PUBLISHER", default="Maya Lefèvre" if RELAXED else ""),
    "host": env.str("LEGAL_HOST", default=""),
    "contact": env.str("CONTACT_EMAIL", default="people@rivage.example" if RELAXED else ""),
    "dpo": env.str("DPO_EMAIL", default="privacy@rivage.example" if RELAXED else ""),
    "security": env.str("SECURITY_EMAIL", default="security@rivage.example" if RELAXED else ""),
}

# --- mail ---------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"{ORGANISATION} <people@rivage.example>" if RELAXED else "")
if not DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured("The setting DEFAULT_FROM_EMAIL is missing: give the address the portal writes from.")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 10
if DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # the demo mailbox shows the rows themselves
else:
    vars().update(env.email_url("EMAIL_URL", default="smtp://127.0.0.1:25"))

# --- security -----------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *OIDC_ORIGINS],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not RELAXED)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 0 if RELAXED else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not RELAXED
SECURE_HSTS_PRELOAD = not RELAXED
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)  # one proxy of ours, which sets X-Forwarded-For and -Proto itself
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_PROXY else 0
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not RELAXED
SESSION_COOKIE_NAME = "sessionid" if RELAXED else "__Host-sessionid"
CSRF_COOKIE_NAME = "csrftoken" if RELAXED else "__Host-csrftoken"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = env.int("SESSION_HOURS", default=12) * 3600
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"
FIELD_ENCRYPTION_KEYS = env.list("FIELD_ENCRYPTION_KEYS", default=[])  # newest first; README, “Settings”
SILENCED_SYSTEM_CHECKS = []

# --- logs: one line an event, a request id, no personal data --------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "portal.logs.Line"}, "json": {"()": "portal.logs.Json"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line" if RELAXED else "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING" if RELAXED else "INFO")},
}
