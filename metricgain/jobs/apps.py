from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "metricgain.jobs"
    label = "jobs"
