from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "metricgain.transfer"
    label = "transfer"
