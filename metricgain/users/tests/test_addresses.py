from datetime import date

from metricgain.tests.addresses import check, each_of

ADDRESSES = [
    ("account_signup", [], "/signup/"),
    ("account_login", [], "/login/"),
    ("account_logout", [], "/logout/"),
    ("account_inactive", [], "/inactive/"),
    ("account_change_password", [], "/password/change/"),
    ("account_reset_password", [], "/password/reset/"),
    ("account_reset_password_done", [], "/password/reset/done/"),
    ("account_reset_password_from_key_done", [], "/password/reset/key/done/"),
    ("account_reset_password_from_key", ["b", "a-key"], "/password/reset/key/b-a-key/"),
    ("users:settings", [], "/settings/"),
    ("users:body_mass", [], "/settings/body-mass/"),
    ("users:body_mass_delete", [date(2026, 11, 30)], "/settings/body-mass/2026-11-30/delete/"),
    ("users:plates", [], "/settings/plates/"),
    ("users:time_zone", [], "/settings/time-zone/"),
    ("users:account_deactivate", [], "/settings/deactivate/"),
    ("users:account_delete", [], "/settings/delete/"),
    ("users:well_known_change_password", [], "/.well-known/change-password"),
    ("users:outbox", [], "/outbox/"),
]


@each_of(ADDRESSES)
def test_each_address_stays_and_its_view_bears_its_name(name, args, path):
    check("metricgain.users", name, args, path)
