"""`.venv/bin/python -m metricgain.tests.landed` adds the hashes of new migrations to the list, and a dump of the state
that they make. What is there already is left as it is."""

import os

import django

from metricgain.operations.servers import embedded
from metricgain.tests.database import ENVIRONMENT, Database


def main() -> None:
    from django.core.management import call_command
    from django.test.utils import setup_test_environment

    from metricgain.operations import assets
    from metricgain.operations.servers import databases
    from metricgain.tests.landed import fingerprints, lifter, states

    setup_test_environment()
    with assets.collected(), databases.beside("landed") as scratch, databases.connected_to(scratch):
        call_command("migrate", verbosity=0)
        new = fingerprints.append()
        if not new:
            print(f"{fingerprints.LIST} has them all.")
            return
        call_command("seed", verbosity=0)
        lifter.train()
        print("Added", *new, "and", states.write(new[-1], scratch))


if __name__ == "__main__":
    os.environ |= ENVIRONMENT | {"DJANGO_SETTINGS_MODULE": "metricgain.settings"}
    database = Database()  # that of the tests, not the owner's
    try:
        django.setup()
        if database.embedded:
            embedded.start(database.directory, fsync=False)
        main()
    finally:
        database.pytest_unconfigure()
