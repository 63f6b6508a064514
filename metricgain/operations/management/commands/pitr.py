"""Point-in-time recovery: brings the embedded PostgreSQL back to any moment of the last seven days."""

from datetime import UTC, datetime

from django.core.management import BaseCommand, CommandError

from metricgain.operations.point_in_time import roll_forward, walarchive
from metricgain.operations.servers import embedded


class Command(BaseCommand):
    help = (
        "Keeps the embedded PostgreSQL's log for seven days, so that you can bring the database back to any moment in "
        "them. Run `enable` once; then a running `serve` makes a base backup every day (`base-backup` makes one by "
        "hand). `recover --to TIME` brings the database back."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
        actions.add_parser("enable", help="archive the log from now on, and make the first base backup")
        actions.add_parser("base-backup", help="make another base backup, and remove what seven days do not need")
        actions.add_parser("status", help="show the moments to which you can go back")
        actions.add_parser("disable", help="stop archiving; what is archived stays")
        recover = actions.add_parser("recover", help="bring the database back to a moment")
        recover.add_argument(
            "--to",
            required=True,
            metavar="TIME",
            help='"2026-11-24 21:30" in this machine\'s time zone; "2026-11-24 21:30+01:00" has its own; or latest',
        )

    def handle(self, *, action: str, **options):
        try:
            getattr(self, action.replace("-", "_"))(**options)
        except embedded.EmbeddedPostgresError as error:
            raise CommandError(str(error)) from error

    def enable(self, **options):
        archive = walarchive.enable(self.say)
        self.say(f"PostgreSQL's log is archived in {archive.path}. Going back: manage.py pitr recover --to TIME")

    def base_backup(self, **options):
        archive = walarchive.of_this_server()
        if not walarchive.is_on():
            raise CommandError("The log is not archived yet: `manage.py pitr enable` comes first.")
        base = archive.take_base()
        gone = archive.prune(now=datetime.now(UTC))
        self.say(f"Base backup made: {base.path}. Removed {gone} pieces of the log that seven days do not need.")

    def status(self, **options):
        bases = walarchive.of_this_server().bases()
        if not walarchive.is_on():
            self.say("Off. `manage.py pitr enable` turns it on.")
        elif bases:
            begin = bases[0].ended_at.astimezone()
            self.say(f"On: {len(bases)} base backups; any moment from {begin:%Y-%m-%d %H:%M:%S %Z} on.")
        if failed := walarchive.failure():
            raise CommandError(f"PostgreSQL could not archive {failed}. See postgres.log in DATA_DIR.")

    def disable(self, **options):
        walarchive.disable(self.say)
        self.say("PostgreSQL's log is no longer archived.")

    def recover(self, *, to: str, **options):
        roll_forward.recover(None if to == "latest" else self.moment(to), self.say)

    def moment(self, text: str) -> datetime:
        try:
            return datetime.fromisoformat(text).astimezone()  # a time without an offset is in this machine's time zone
        except ValueError as error:
            raise CommandError(
                f'{text} is not a time. For example: "2026-11-24 21:30" or "2026-11-24T21:30Z"'
            ) from error

    def say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
