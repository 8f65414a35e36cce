"""The product's settings. A deployment sets environment variables; it edits nothing here."""

import sys
from datetime import timedelta

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from kombu import Queue

from config.embedded.place import BASE_DIR, SCALES, Place
from members.passwords import PROFILES

env = environ.Env()
PLACE = Place.current()
DATA_DIR = PLACE.folder
EMBEDDED_DATABASE = "DATABASE_URL" not in env
EMBEDDED_REDIS = "REDIS_URL" not in env

# Who may ask, and over what ----------------------------------------------------------------------------------

DEBUG = env.bool("DEBUG", default=False)
DEMO = DATA_DIR.name in SCALES  # demo data lie underneath: pages and prints say so
HTTPS = env.bool("HTTPS", default=not (DEBUG or DEMO))  # off where a browser on this machine asks us directly
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=not DEMO)


def secret_key() -> str:
    """From the environment, or from the file that the supervisor or the embedded database's owner keeps."""
    known = env.str("SECRET_KEY", default="")
    if not known and (EMBEDDED_DATABASE or (DATA_DIR / "secret-key").exists()):
        known = PLACE.secret("secret-key")
    if len(known) < 50 or len(set(known)) < 5 or known.startswith("django-insecure-"):
        raise ImproperlyConfigured("SECRET_KEY is missing or too weak: set 50 or more random characters.")
    return known


SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

# The house, from the ground up -------------------------------------------------------------------------------

INSTALLED_APPS = [
    "members",
    "alliances",
    "listings",
    "assessments",
    "config",  # for its commands
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "csp",
    "django_celery_beat",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "pghistory",
    "pgtrigger",
    "rest_framework",
]


MIDDLEWARE = [
    "members.middleware.RequestIdMiddleware",
    "members.middleware.CallerHeadersMiddleware",
    "members.middleware.DenialMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.middleware.SessionLimitsMiddleware",
    "members.middleware.TraceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
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
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "members.context.house",
                "config.navigation.nav",
            ],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What lasts, and what only rings the bell --------------------------------------------------------------------

DATABASES = {
    "default": {"ENGINE": "django.db.backends.postgresql", **PLACE.database()}
    if EMBEDDED_DATABASE
    else env.db_url("DATABASE_URL")
}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

REDIS_URL = env.str("REDIS_URL", default=f"unix://{PLACE.valkey_socket}")
CACHES = {
    "default": {
        "BACKEND": "config.cache.PatientRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "alliances",
        "OPTIONS": {
            "serializer": "config.cache.JSONSerializer",
            "socket_connect_timeout": 1,
            "socket_timeout": 1,
        },
    }
}

CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_timeout": 10}  # longer than any task
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# What leaves the house has a queue of its own, so that a subscriber who thinks for long delays nobody's notices. A
# worker that is told of no queue serves both.
CELERY_TASK_DEFAULT_QUEUE = "celery"
CELERY_TASK_QUEUES = (Queue("celery"), Queue("outgoing"))
CELERY_TASK_ROUTES = {"assessments.tasks.deliver": {"queue": "outgoing"}}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_PUBLISH_RETRY = False  # who rings the bell does not wait: the sweeper finds what nobody heard
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"

# What leaves the house ---------------------------------------------------------------------------------------

SITE_URL = env.str("SITE_URL", default="")  # the address that mails name
EMAIL_ON = "EMAIL_URL" in env  # without one nothing is mailed, and nobody is offered it
vars().update(env.email_url("EMAIL_URL", default="dummymail://"))
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="no-reply@localhost")
# Hosts and networks that may be called although they are not public, and those that may be without TLS.
OUTGOING_PRIVATE = env.list("OUTGOING_PRIVATE", default=[])
OUTGOING_PLAIN = env.list("OUTGOING_PLAIN", default=[])
ROBOT_HOSTS = env.list("ROBOT_HOSTS", default=["qyapi.weixin.qq.com", "oapi.dingtalk.com"])

# What was done is added to and never changed -----------------------------------------------------------------

PGHISTORY_APPEND_ONLY = True  # the histories by triggers of the database; Steps, Denials and seals have their own

# Language and time -------------------------------------------------------------------------------------------

LANGUAGE_CODE = "zh-hans"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
CELERY_TIMEZONE = TIME_ZONE
DJANGO_CELERY_BEAT_TZ_AWARE = True

# Who somebody is ---------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "members.backends.AccountBackend"]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/login/"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
PASSWORD_PROFILE = env.str("PASSWORD_PROFILE", default="djbh3")  # or asvs
if PASSWORD_PROFILE not in {"djbh3", "asvs"}:
    raise ImproperlyConfigured("PASSWORD_PROFILE is djbh3 or asvs.")
AUTH_PASSWORD_VALIDATORS = PROFILES[PASSWORD_PROFILE]

SESSION_ENGINE = "members.sessions"  # half an hour idle
SESSION_COOKIE_AGE = 12 * 3600  # and half a day at most
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]  # by address alone would lock a whole office
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
# How many proxies of ours stand in front. 0: X-Forwarded-For is what a stranger wrote, and is not read.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)
AXES_CLIENT_IP_CALLABLE = "members.middleware.address_of"
AXES_LOCKOUT_CALLABLE = "members.views.login.locked"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# What a browser may do with an answer ------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # the prober beside us speaks plainly
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "members.views.errors.forbidden"
CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**19  # 2.5 MiB
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = [
    "members.uploads.BoundedUpload",  # 20 MiB a file
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Files that are the same for everybody -----------------------------------------------------------------------

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = env.bool("SERVE_SOURCE_FILES", default=DEBUG or DEMO)  # no collectstatic needed
STATIC_ROOT = None if WHITENOISE_USE_FINDERS else BASE_DIR / "staticfiles"
WHITENOISE_AUTOREFRESH = DEBUG
# Files that people upload: never served by address, only by a view that asks who wants them.
MEDIA_ROOT = DATA_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
_STORAGE = "django.contrib.staticfiles.storage.StaticFilesStorage"
if not WHITENOISE_USE_FINDERS:
    _STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"
# Backups of the night lie here, the newest of them; without a folder the operator sees to them (docs/operations.md).
BACKUP_DIR = env.str("BACKUP_DIR", default="")
BACKUP_KEEP = max(env.int("BACKUP_KEEP", default=14), 1)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _STORAGE},
}

# Programs that ask -------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "members.authentication.KeyAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["members.permissions.NeedsScope"],
    "DEFAULT_THROTTLE_CLASSES": ["members.throttling.CallerThrottle"],
    "DEFAULT_RENDERER_CLASSES": ["members.rendering.QuickJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["members.parsers.StrictJSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["members.filters.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "members.pagination.CursorPages",
    "DEFAULT_SCHEMA_CLASS": "members.schema.HouseSchema",
    "EXCEPTION_HANDLER": "members.problems.problem_handler",
    "COERCE_DECIMAL_TO_STRING": True,
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "党建联合体平台",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": r"/api/v1/",
    "SERVE_INCLUDE_SCHEMA": True,
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "config.openapi.contract"],
    "ENUM_NAME_OVERRIDES": {  # many nouns have a kind, each its own
        "OrganizationKind": "members.models.Organization.Kind",
        "ActivityKind": "alliances.models.Activity.Kind",
        "BeltKind": "alliances.models.Belt.Kind",
        "DeliveryState": "members.models.Delivery.State",
        "DeliveryChannel": "members.models.Delivery.Channel",
        "DigestHour": "members.models.preference.HOURS",
        "RobotKind": "members.models.Robot.Kind",
        "DecisionState": "alliances.models.Decision.State",
        "FundKind": "alliances.models.FundEntry.Kind",
        "MeetingKind": "alliances.models.Meeting.Kind",
        "PartnerKind": "alliances.models.Partner.Kind",
        "PostKind": "alliances.models.Post.Kind",
        "StaffKind": "alliances.models.Staff.Kind",
        "VenueKind": "alliances.models.Venue.Kind",
        "TemplateInterval": "alliances.models.ActivityTemplate.Every",
        "Skill": "alliances.models.Skill",
        "ListingKind": "listings.models.listing.Kind",
        "CaseKind": "listings.models.JointCase.Kind",
        "CallRole": "listings.models.Call.Role",
        "ClaimRole": "listings.models.Claim.Role",
        "FundSource": "alliances.models.standing.SOURCES",
        "IndicatorSource": "assessments.models.Indicator.Source",
        "RewardKind": "alliances.models.standing.Reward.Kind",
        "ProposalKind": "assessments.models.review.Kind",
    },
}

# What is written down about a request ------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "config.logs.RequestIdFilter"}},
    "formatters": {"line": {"()": "config.logs.LineFormatter"}},
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "line",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING" if DEMO else "INFO")},
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
