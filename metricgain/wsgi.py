import os

from django.core.wsgi import get_wsgi_application

from metricgain.postgresql import patience

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metricgain.settings")
pages = get_wsgi_application()


def application(environ, start_response):
    patience.begin_page()
    return pages(environ, start_response)
