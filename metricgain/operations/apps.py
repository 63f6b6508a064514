from django.apps import AppConfig


class OperationsConfig(AppConfig):
    name = "metricgain.operations"
    label = "operations"
