from datetime import date

from allauth.account import views as allauth
from django.urls import include, path, re_path, register_converter

from metricgain.users import outbox, views
from metricgain.users.leaving.views import account_delete


class DayConverter:
    """A calendar day, such as 2026-11-30. A day that no calendar has answers 404."""

    regex = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
    to_python = staticmethod(date.fromisoformat)
    to_url = staticmethod(date.isoformat)


register_converter(DayConverter, "day")

ours = (
    [
        path("settings/", views.settings, name="settings"),
        path("settings/body-mass/", views.body_mass, name="body_mass"),
        path("settings/body-mass/<day:day>/delete/", views.body_mass_delete, name="body_mass_delete"),
        path("settings/plates/", views.plates, name="plates"),
        path("settings/time-zone/", views.time_zone, name="time_zone"),
        path("settings/deactivate/", views.account_deactivate, name="account_deactivate"),
        path("settings/delete/", account_delete, name="account_delete"),
        path(".well-known/change-password", views.well_known_change_password, name="well_known_change_password"),
        path("outbox/", outbox.outbox, name="outbox"),
    ],
    "users",
)

# django-allauth has the account pages. Only those that MetricGain has templates for are listed here.
urlpatterns = [
    path("signup/", views.Signup.as_view(), name="account_signup"),
    path("login/", views.Login.as_view(), name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("password/change/", views.PasswordChange.as_view(), name="account_change_password"),
    path("password/reset/", views.PasswordReset.as_view(), name="account_reset_password"),
    path("password/reset/done/", views.PasswordResetDone.as_view(), name="account_reset_password_done"),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # The pattern of django-allauth: the key may hold dashes, besides the one that ends the user's number.
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.PasswordResetFromKey.as_view(),
        name="account_reset_password_from_key",
    ),
    path("", include(ours)),
]
