from allauth.account import views as allauth
from django.urls import include, path

from metricgain.users import views

ours = (
    [
        path("settings/", views.settings, name="settings"),
    ],
    "users",
)

# Accounts are django-allauth's; only the pages that MetricGain has templates for are reachable.
urlpatterns = [
    path("signup/", views.Signup.as_view(), name="account_signup"),
    path("login/", views.Login.as_view(), name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("", include(ours)),
]
