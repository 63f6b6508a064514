from django import forms

from metricgain.push.guard import LONGEST_ENDPOINT, NoPushService, endpoint_of
from metricgain.push.keys import is_point, is_secret
from metricgain.push.models import LONGEST_DEVICE
from metricgain.push.ringing import LONGEST, MOST_WORDS
from metricgain.web.http import is_page_of_ours

UNREADABLE = "This browser gave no address to ring at."
HOURS = int(LONGEST.total_seconds()) // 3600
RINGS_WITHIN = f"A ring comes after one second at the earliest, and within {HOURS} hours."
LONGEST_URL = 300  # characters, so that a message fits into one of a push service, which is 4 kB
NO_PAGE = "A ring opens a page of MetricGain."


class CutField(forms.CharField):
    """Text of which the first `most` characters count."""

    def __init__(self, most: int):
        super().__init__(required=False)
        self.most = most

    def clean(self, value):
        return super().clean(value)[: self.most]


class SubscribeForm(forms.Form):
    """What a browser says of its subscription."""

    endpoint = forms.CharField(error_messages={"required": UNREADABLE})
    p256dh = forms.CharField(error_messages={"required": UNREADABLE})
    auth = forms.CharField(error_messages={"required": UNREADABLE})
    device = CutField(LONGEST_DEVICE)

    def __init__(self, *args, loopback: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.loopback = loopback

    def clean_endpoint(self) -> str:
        endpoint: str = self.cleaned_data["endpoint"]
        try:
            endpoint_of(endpoint, loopback=self.loopback)
        except NoPushService as error:
            raise forms.ValidationError(str(error)) from error
        return endpoint

    def clean_p256dh(self) -> str:
        return self._key("p256dh", is_point)

    def clean_auth(self) -> str:
        return self._key("auth", is_secret)

    def _key(self, name: str, is_right) -> str:
        key: str = self.cleaned_data[name].rstrip("=")
        if not is_right(key):
            raise forms.ValidationError(UNREADABLE)
        return key


class TryForm(forms.Form):
    endpoint = forms.CharField(required=False, max_length=LONGEST_ENDPOINT)


class RingForm(forms.Form):
    seconds = forms.IntegerField(
        min_value=1,
        max_value=int(LONGEST.total_seconds()),
        required=False,  # without, the ring that waits is taken back
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), RINGS_WITHIN),
    )
    words = CutField(MOST_WORDS)
    url = forms.CharField(required=False, max_length=LONGEST_URL, error_messages={"max_length": NO_PAGE})

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"] or "/"
        if not is_page_of_ours(url):
            raise forms.ValidationError(NO_PAGE)
        return url
