import os

import django
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest

from metricgain.postgresql import patience

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metricgain.settings")
django.setup(set_prefix=False)


class Request(WSGIRequest):
    """All of ours is UTF-8. Django would read addresses, too, by whatever codec a Content-Type names, "base64" say."""

    encoding = property(lambda self: None, lambda self, ignored: None)


class Handler(WSGIHandler):
    request_class = Request

    def __call__(self, environ, start_response):
        patience.begin_page()
        return super().__call__(environ, start_response)


application = Handler()
