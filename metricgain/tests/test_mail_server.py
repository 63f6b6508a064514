import pytest
from django.core import mail
from django.core.mail import mailers

from metricgain.mail_server import TIMEOUT, mailer
from metricgain.web.hosts import Refused


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://mail.example.org", 25, False, False),
        ("smtp+tls://us%40er:pass%2Fword@mail.example.org", 587, True, False),
        ("smtp+tls://us%40er:pass%2Fword@mail.example.org:2525", 2525, True, False),
        ("smtp+ssl://us%40er:pass%2Fword@mail.example.org", 465, False, True),
    ],
)
def test_a_mail_server_is_named_by_one_address(settings, url, port, tls, ssl):
    settings.MAILERS = {"default": mailer(url)}
    server = mailers.default
    assert (server.host, server.port, server.use_tls, server.use_ssl) == ("mail.example.org", port, tls, ssl)
    assert server.timeout == TIMEOUT
    if "@" in url:
        assert (server.username, server.password) == ("us@er", "pass/word")


def test_mail_can_go_into_files(settings, tmp_path):
    settings.MAILERS = {"default": mailer(f"filemail://{tmp_path}")}
    assert mailers.default.file_path == str(tmp_path)


def test_without_a_mail_server_mail_is_printed_with_its_link_whole(settings, capsys):
    assert not settings.MAIL_IS_SENT
    settings.MAILERS = {"default": mailer("consolemail://")}
    link = "https://gym.example.org/password/reset/key/" + "x" * 200
    mail.send_mail("A new password", f"Choose it here:\n\n{link}\n", None, ["alice@example.org"])
    printed = capsys.readouterr().out
    assert "Mail to alice@example.org: A new password" in printed
    assert link in printed.splitlines()


@pytest.mark.parametrize(
    "url", ["mail.example.org", "https://mail.example.org", "smtp://", "smtp://:secret@", "smtp://me:sec/ret@host:587"]
)
def test_what_names_no_mail_server_is_told_without_its_password(url):
    with pytest.raises(Refused, match=r"EMAIL_URL does not name a mail server") as told:
        mailer(url)
    assert "sec" not in str(told.value)
