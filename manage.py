#!/usr/bin/env python
import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "metricgain.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command, execute_from_command_line

    from metricgain.operations.servers import embedded

    if sys.argv[1:] in (["version"], ["--version"]):  # Django takes these for its own before it looks for commands
        django.setup()
        return call_command("version")
    # Beside `serve` the worker waits for PostgreSQL, which `serve` watches over, and starts again or gives up.
    is_started_by_others = any(one.startswith("--beside=") for one in sys.argv)
    needs_none = sys.argv[1:2] == ["stop"] or sys.argv[1:] == ["prepare", "--only-files"]
    if settings.EMBEDDED_POSTGRES and not needs_none and not is_started_by_others:
        try:
            embedded.start(settings.DATA_DIR)
        except embedded.EmbeddedPostgresError as error:
            sys.exit(str(error))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
