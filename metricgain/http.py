from django.http.response import HttpResponseRedirectBase
from django.shortcuts import resolve_url


class SeeOther(HttpResponseRedirectBase):
    """303: what was posted is stored; get the page that shows it."""

    status_code = 303

    def __init__(self, to, *args, **kwargs):
        super().__init__(resolve_url(to, *args, **kwargs))
