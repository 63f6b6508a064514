#!/usr/bin/env python
import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metricgain.settings")
    from django.conf import settings
    from django.core.management import execute_from_command_line

    from metricgain.operations.servers import embedded

    if settings.EMBEDDED_POSTGRES and sys.argv[1:2] != ["stop"]:
        try:
            embedded.start(settings.DATA_DIR)
        except embedded.EmbeddedPostgresError as error:
            sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
