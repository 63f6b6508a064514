from django.apps import AppConfig


class UsersConfig(AppConfig):
    name = "metricgain.users"
    label = "users"
