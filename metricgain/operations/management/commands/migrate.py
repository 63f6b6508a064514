"""Django's own command, which first says what the server lacks: the migrations would end in an error of many lines."""

from django.core.management.commands import migrate

from metricgain.operations.servers import databases, schema


class Command(migrate.Command):
    @databases.directly()
    def handle(self, *args, **options):
        schema.check_extensions()
        return super().handle(*args, **options)
