from datetime import UTC, datetime, timedelta
from pathlib import Path

from metricgain.operations.backups.census import Table
from metricgain.operations.backups.manifests import BEFORE_MIGRATING, DAILY, Backup, Manifest
from metricgain.operations.backups.retention import superfluous

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)


def backup(ago: timedelta, *, reason=DAILY, migrations=("training.0001",), database="1/metricgain") -> Backup:
    manifest = Manifest(
        made_at=NOW - ago,
        reason=reason,
        database=database,
        server_version="18.6",
        client_version=18,
        migrations=list(migrations),
        tables={"users": Table(1, "1")},
        size=1,
        sha256="",
        seconds=0.1,
    )
    return Backup(Path(f"{ago}-{reason}"), manifest)


def days_ago(number, **more):
    return backup(timedelta(days=number), **more)


def going(*backups, days=30):
    return superfluous(backups, now=NOW, days=days)


def test_thirty_daily_ones_stay_and_the_older_ones_go():
    daily = [days_ago(number) for number in range(40)]
    assert going(*daily) == daily[30:]


def test_the_last_one_stays_however_old():
    assert going(days_ago(400)) == []


def test_days_without_a_backup_do_not_count():
    """After three months without the app, the backups from before are still there."""
    old = [days_ago(100 + number) for number in range(29)]
    assert going(days_ago(0), *old) == []


def test_the_newest_of_a_day_stands_for_it():
    morning, evening = backup(timedelta(days=5, hours=3)), backup(timedelta(days=5))
    assert going(days_ago(0), morning, evening) == [morning]


def test_all_of_the_last_two_days_stay():
    hourly = [backup(timedelta(hours=number)) for number in range(47)]
    assert going(*hourly) == []


def test_the_one_from_before_a_migration_is_not_pushed_out_by_the_evenings():
    before = backup(timedelta(days=5, hours=3), reason=BEFORE_MIGRATING)
    evening = days_ago(5, migrations=("training.0001", "training.0002"))
    assert going(days_ago(0), before, evening) == []


def test_two_databases_that_share_a_directory_keep_their_own():
    mine, another = days_ago(5), days_ago(5, database="2/metricgain")
    assert going(days_ago(0), mine, another) == []
    abandoned = days_ago(300, database="3/metricgain")
    assert going(*[days_ago(number) for number in range(30)], abandoned) == []
