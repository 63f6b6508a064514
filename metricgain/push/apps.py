from django.apps import AppConfig


class PushConfig(AppConfig):
    name = "metricgain.push"
    label = "push"
