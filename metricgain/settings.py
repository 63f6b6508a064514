"""Settings of MetricGain. A setting that an owner may want to change is an environment variable (or a line in `.env`);
the README lists them. A secret may stand in a file instead, which NAME_FILE names (SECRET_KEY_FILE, DATABASE_URL_FILE).
Without any, the app listens on this machine only and runs its own PostgreSQL."""

from pathlib import Path
from urllib.parse import urlsplit

from django.templatetags.static import static
from django.utils.csp import CSP
from django.utils.functional import lazy

from metricgain.mail_server import mailer
from metricgain.operations import configuration
from metricgain.operations.servers import embedded
from metricgain.secret import kept_secret
from metricgain.users.invitations import way_in
from metricgain.web import hosts
from metricgain.web.file_headers import guarded_file

BASE_DIR = Path(__file__).resolve().parent.parent

env = configuration.Environment()
with configuration.told_in_a_sentence():
    env.read_env(BASE_DIR / ".env")
    DATA_DIR = (BASE_DIR / env("DATA_DIR", default="var")).resolve()
    DEBUG = configuration.is_on("DEBUG", env("DEBUG", default=""))
    SECRET_KEY = env.secret("SECRET_KEY") or kept_secret(DATA_DIR / "secret_key")
    SECRET_KEY_FALLBACKS = list(filter(None, map(str.strip, env.secret("SECRET_KEY_FALLBACKS").split(","))))
    HOST = hosts.listening(env("HOST", default=""))
    PORT = hosts.port(env("PORT", default=""))
    SITE_URL = hosts.site_url(env("SITE_URL", default=""), host=HOST, port=PORT)
    IS_SITE_NAMED = bool(env("SITE_URL", default="").strip())  # otherwise SITE_URL is a guess
    NAMED_HOSTS = hosts.named(host=HOST, site=SITE_URL, more=hosts.more_names(env.list("ALLOWED_HOSTS", default=[])))
    TRUSTED_PROXIES = hosts.proxies(env.list("TRUSTED_PROXIES", default=["127.0.0.1", "::1"]))
# A server on all interfaces may be reached by any private address. Django then lets all hosts in and HostMiddleware
# decides.
ALLOWED_HOSTS = ["*"] if HOST in hosts.ALL_INTERFACES else NAMED_HOSTS

INSTALLED_APPS = [
    "metricgain.jobs",
    "metricgain.users",
    "exercises",
    "training",
    "analytics",
    "metricgain.push",
    "metricgain.transfer",
    "metricgain.operations",
    "allauth",
    "allauth.account",
    "metricgain.apps.MetricGainAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "import_export",
    "pwa",
]

MIDDLEWARE = [
    "metricgain.operations.observing.ObservingMiddleware",
    "metricgain.web.hosts.ProxyMiddleware",
    # Before the middleware whose headers guard documents: on a page's forty files they weigh as much as the files.
    "metricgain.web.staticfiles.StaticFilesMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "metricgain.users.middleware.PermissionsPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "metricgain.operations.probes.ProbesMiddleware",
    "metricgain.web.hosts.HostMiddleware",
    "metricgain.web.compression.CompressionMiddleware",
    "metricgain.web.doors.DoorsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "metricgain.users.middleware.PrivatePagesMiddleware",  # outside the next, which has read the user of each page
    "metricgain.web.offline.MarkMiddleware",
    "metricgain.users.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "metricgain.users.middleware.TimezoneMiddleware",
]

ROOT_URLCONF = "metricgain.urls"
WSGI_APPLICATION = "metricgain.wsgi.application"

LOADERS = ["metricgain.web.page_templates.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "loaders": [("django.template.loaders.cached.Loader", LOADERS)],
            "libraries": {"page_templates": "metricgain.web.page_templates", "modules": "metricgain.web.modules"},
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {"environment": "metricgain.web.page_templates.environment"},
    },
]
FORM_RENDERER = "metricgain.web.page_templates.FormRenderer"

# Database: the owner's server where DATABASE_URL names one, otherwise the embedded PostgreSQL under DATA_DIR.
with configuration.told_in_a_sentence():
    database_url = env("DATABASE_URL", default="").strip()
    EMBEDDED_POSTGRES = not database_url
    if EMBEDDED_POSTGRES:
        database_url = embedded.database_url(DATA_DIR)
    DATABASES = {"default": configuration.database(database_url)}
    # The way past a pooler, for what a pooler is no place for.
    direct_url = env("DIRECT_DATABASE_URL", default="")
    DIRECT_DATABASE = configuration.database(direct_url, "DIRECT_DATABASE_URL") if direct_url else None
    # Seconds without an answer after which the embedded PostgreSQL counts as dead, and how often in ten minutes `serve`
    # starts a dead one again before it gives up.
    POSTGRES_MUTE = configuration.how_many("POSTGRES_MUTE", env("POSTGRES_MUTE", default=""), 60)
    POSTGRES_RESTARTS = configuration.how_many("POSTGRES_RESTARTS", env("POSTGRES_RESTARTS", default=""), 3)
DATABASES["default"] |= {"CONN_MAX_AGE": 600, "CONN_HEALTH_CHECKS": True}

# Backups lie beside the clone (beside DATA_DIR where that is set), so `git clean` and deleting the clone leave them.
# The place follows from the clone, not from a home directory, so cron finds it whatever user it runs as.
BACKUP_BESIDE = BASE_DIR if DATA_DIR == BASE_DIR / "var" else DATA_DIR
BACKUP_DIR = (BASE_DIR / (env("BACKUP_DIR", default="") or f"{BACKUP_BESIDE}-backups")).resolve()
with configuration.told_in_a_sentence():
    BACKUP_DAYS = configuration.how_many("BACKUP_DAYS", env("BACKUP_DAYS", default=""), 30)

# All workers share this cache, because each of them counts the attempts to sign in. A migration of `users` makes its
# table. It has room for many entries: a full cache drops some, and with them the counts of guessed passwords.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# Work outside requests: a table of jobs, which `manage.py work` does, beside `serve` or as a unit of its own.
TASKS = {
    "default": {
        "BACKEND": "metricgain.jobs.tasks_backend.JobsBackend",
        "OPTIONS": {
            "recurring": [
                "metricgain.jobs.sweeping.forget_jobs",
                "metricgain.users.sessions.sweep_sessions",
                "training.session.sweeping.sweep_deleted_sets",
                "metricgain.push.morning.look_for_mornings",
                "metricgain.operations.backups.keeping.keep_backups",
                "metricgain.operations.demo.renewal.renew_demo",
            ]
        },
    }
}

# Accounts: an email address and a password, nothing else to remember.
AUTH_USER_MODEL = "users.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "training:today"
with configuration.told_in_a_sentence():
    SIGNUP = way_in(env("SIGNUP", default=""))
    # Visitors may look around as the demo lifter, whom `serve` renews every day.
    DEMO = configuration.is_on("DEMO", env("DEMO", default=""))
    BACKUP = configuration.is_on("BACKUP", env("BACKUP", default="on"))
    # Seconds in which a load balancer has to hear that a server goes. haproxy needs six, as it comes.
    DRAIN_SECONDS = configuration.how_many("DRAIN_SECONDS", env("DRAIN_SECONDS", default=""), 10)
    # Kinds of jobs that a machine does or not.
    JOBS_OF_THIS_MACHINE = {
        "metricgain.operations.backups.keeping.keep_backups": BACKUP,
        "metricgain.operations.demo.renewal.renew_demo": DEMO,
    }
    MIGRATES_WITHOUT_BACKUP = configuration.is_on("MIGRATE_WITHOUT_BACKUP", env("MIGRATE_WITHOUT_BACKUP", default=""))
ACCOUNT_ADAPTER = "metricgain.users.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "metricgain.users.forms.SignupDetails"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGOUT_ON_GET = False
# Without a mail server no address can be confirmed, so sign-up says plainly that an address is taken.
ACCOUNT_PREVENT_ENUMERATION = False
# That of django-allauth reads and writes a table of further addresses, which takes longer where there is an account.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
# Too many attempts lock a person out for minutes, not for ever. The admin uses the same sign-in page and limits.
# The low limits count by the client's address and the email address together, so that a stranger elsewhere does not
# lock out the owner of an account. The high ones count by the email address alone: they bound what many clients do.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",  # key: the client's address and the email address typed
    "login_failed_anywhere": "100/5m/key",  # key: the email address typed
    "signup": "20/m/ip",
    "ask_reset": "10/m/ip",
    "reset_password_here": "5/h/key",  # key: the client's address and the one that gets the mail
    "reset_password": "20/m/ip,20/h/key",  # key: the address that gets the mail
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "5/m/user",
    "subscribe_push": "20/h/user",
    "try_push": "10/m/user",
}
SESSION_ENGINE = "metricgain.users.sessions"
SESSION_COOKIE_AGE = 365 * 24 * 3600

# Mail: only links for a new password. Without a mail server they are printed to the console, for the owner.
with configuration.told_in_a_sentence():
    MAIL_IS_SENT = bool(env("EMAIL_URL", default=""))
    MAILERS = {"default": mailer(env("EMAIL_URL") if MAIL_IS_SENT else "consolemail://")}
MAIL_BY_SMTP = MAILERS["default"]["BACKEND"].endswith("smtp.EmailBackend")  # which takes time, and may fail
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default=f"MetricGain <metricgain@{urlsplit(SITE_URL).hostname}>")
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""

# Pushes: rings and notes that reach a phone whose page sleeps. The key is made by the first use and is in the database,
# unless the owner has one already.
with configuration.told_in_a_sentence():
    VAPID_PRIVATE_KEY = configuration.push_key(env("VAPID_PRIVATE_KEY", default=""))
# For tests alone: lets pushes go to this machine, and names the file of the only certificates that are trusted.
PUSH_LOOPBACK, PUSH_TRUSTS = False, None

# Security. One setting switches on everything about HTTPS: SITE_URL=https://...
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_FAILURE_VIEW = "metricgain.users.outbox.csrf_failure"
if SITE_URL.startswith("https://"):
    # With HTTPS a reverse proxy stands in front. ProxyMiddleware keeps the proxy's headers and replaces its address
    # with the client's. It removes these headers from every other request, so this one can be believed.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    # With its port. Without it, a request that reaches us past the proxy would be redirected to our own port.
    SECURE_SSL_HOST = SITE_URL.removeprefix("https://")
    SECURE_REDIRECT_EXEMPT = [r"^(livez|readyz|healthz|metrics)$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    # HSTS for subdomains and HSTS preloading would bind every site under the owner's domain for good; we are only one
    # of these sites.
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
else:
    TRUSTED_PROXIES = []  # no proxy stands in front, so anybody could send such a header

# Languages and time: stored in UTC, shown in the time zone of the user.
LANGUAGE_CODE = "en"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

# Static files: hashed, compressed, served by WhiteNoise.
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = (BASE_DIR / (env("STATIC_ROOT", default="") or DATA_DIR / "static")).resolve()
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_ADD_HEADERS_FUNCTION = guarded_file
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "metricgain.web.staticfiles.HashedStaticFilesStorage"},
}

# The app on the home screen (django-pwa). Read at import: overriding one in a test changes nothing.
hashed = lazy(static, str)  # known once the files are collected
PWA_APP_NAME = "MetricGain"
PWA_APP_DESCRIPTION = "Plan a mesocycle, train it, and see why next week asks what it asks."
PWA_APP_LANG = "en"
PWA_APP_DIR = "ltr"
PWA_APP_DEBUG_MODE = False
PWA_APP_START_URL = PWA_APP_SCOPE = "/"
PWA_APP_BACKGROUND_COLOR = PWA_APP_THEME_COLOR = "#f5f4ef"  # --paper in static/css/tokens.css
PWA_APP_ICONS = [
    {"src": hashed("icons/app-192.png"), "sizes": "192x192", "type": "image/png"},
    {"src": hashed("icons/app-512.png"), "sizes": "512x512", "type": "image/png"},
    {"src": hashed("icons/maskable-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "maskable"},
    {"src": hashed("icons/maskable-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
]
PWA_APP_ICONS_APPLE = [{"src": hashed("icons/apple-180.png"), "sizes": "180x180"}]
PWA_APP_SPLASH_SCREEN: list[dict[str, str]] = []
PWA_APP_SCREENSHOTS = [
    {
        "src": hashed("screenshots/workout.png"),
        "sizes": "780x1688",
        "type": "image/png",
        "form_factor": "narrow",
        "label": "A workout: what is asked, and what was done",
    },
    {
        "src": hashed("screenshots/today.png"),
        "sizes": "1280x800",
        "type": "image/png",
        "form_factor": "wide",
        "label": "Today: the next workout, what changes in it and why",
    },
]
# The phone saves all of these pages, so the shortcuts work offline.
PWA_APP_SHORTCUTS = [
    {"name": name, "url": url, "icons": [{"src": hashed("icons/app-192.png"), "sizes": "192x192"}]}
    for name, url in (("Today’s workout", "/"), ("Exercises", "/exercises/"), ("Progress", "/progress/"))
]

# What an operator sees. Errors are told once a minute in full, each kind for itself, and mailed to ERROR_MAIL.
with configuration.told_in_a_sentence():
    ACCESS_LOG = configuration.kind_of_log(env("ACCESS_LOG", default=""))
    ERROR_MAIL = configuration.mail_addresses("ERROR_MAIL", env.list("ERROR_MAIL", default=[]))
    METRICS_TOKEN = env.secret("METRICS_TOKEN")

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {
        "outage": {"()": "metricgain.web.log_lines.OneLineASecond"},
        "one_line": {"()": "metricgain.web.log_lines.OneLine"},
        "kind": {"()": "metricgain.web.log_lines.InFullOnceAMinute"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["outage", "one_line", "kind"]},
        "access": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"},
        "mail": {"class": "metricgain.operations.error_mails.ErrorMails", "level": "ERROR", "filters": ["one_line"]},
    },
    "root": {"handlers": ["console", "mail"], "level": "WARNING"},
    # A refused form (422), a missing page (404) and a request that waits in the queue are normal: no log line.
    "loggers": {
        "django.request": {"level": "ERROR"},
        "waitress.queue": {"level": "ERROR"},
        "metricgain.access": {"level": "INFO", "handlers": ["access"], "propagate": False},
    },
}
