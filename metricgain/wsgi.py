import os

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from metricgain.postgresql import patience

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metricgain.settings")
django.setup(set_prefix=False)


class Request(WSGIRequest):
    """A request that is always read as UTF-8. Django would read even the address with any codec that a Content-Type
    names, such as "base64"."""

    encoding = property(lambda self: None, lambda self, ignored: None)


class Handler(WSGIHandler):
    request_class = Request

    def __call__(self, environ, start_response):
        patience.begin_page()
        return super().__call__(environ, start_response)


application = Handler()
