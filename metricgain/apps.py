from django.contrib.admin.apps import AdminConfig


class MetricGainAdminConfig(AdminConfig):
    default_site = "metricgain.admin_site.AdminSite"
