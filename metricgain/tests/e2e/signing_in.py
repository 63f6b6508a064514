"""Signs a phone of the browser tests in: by its form, or with a session at once."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from metricgain.users.models import User

ALICE = "alice@example.org"
PASSWORD = "correct-horse-7"


def sign_in(page: Page, email: str = ALICE) -> None:
    """Types into the form and waits for the answer: whoever goes on before it takes back the sign-in, or is overtaken
    by its cookies."""
    page.goto("/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    expect(page.locator("html[data-user]")).to_be_attached()


def signed_in(page: Page, email: str = ALICE) -> Page:
    """Gives the page's phone a session and opens nothing yet: without the form, and the three pages around it."""
    client = Client()
    client.force_login(User.objects.get(email=email))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "domain": "127.0.0.1", "path": "/"}]
    )
    return page
