"""Pages are compressed as the browser takes it."""

import gzip

import brotli
import pytest
from django.test import Client

PAGE = "/how-it-decides/"


@pytest.mark.parametrize(
    ("takes", "comes", "unpack"),
    [
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_a_page_comes_as_the_browser_takes_it(db, static_files, takes, comes, unpack):
    answer = Client().get(PAGE, headers={"accept-encoding": takes})
    assert answer.headers.get("Content-Encoding") == comes
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert b"How MetricGain decides" in unpack(answer.content)


def test_its_length_tells_less_than_it_is(db, static_files):
    """Whoever can make a page repeat what they sent could learn a token from how well it compresses."""
    answers = [Client().get(PAGE, headers={"accept-encoding": "br"}) for _ in range(20)]
    assert len({len(answer.headers["Padding"]) for answer in answers}) > 5


def test_what_is_small_stays_as_it_is(db, static_files):
    answer = Client().get("/healthz", headers={"accept-encoding": "br, gzip"})
    assert "Content-Encoding" not in answer.headers
