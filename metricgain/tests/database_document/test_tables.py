import pytest
from django.conf import settings

from metricgain.tests.database_document import additions, document
from metricgain.tests.database_document.catalog import columns, constraints, foreign_keys, indexes

pytestmark = pytest.mark.django_db


def lines(table: str) -> dict[str, str]:
    return dict(line.split(maxsplit=1) for line in table.strip().splitlines())


def named(tables: dict) -> list:
    return [pytest.param(*entry, id=entry[0]) for entry in tables.items()]


@pytest.mark.parametrize(("table", "expected"), named(document.TABLES))
def test_a_table_has_every_column_of_the_document(table, expected):
    wanted, found = lines(expected), columns(table)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(("table", "expected"), named(additions.TABLES))
def test_a_table_has_every_column_that_we_add(table, expected):
    wanted, found = lines(expected), columns(table)
    assert {name: found.get(name) for name in wanted} == wanted


@pytest.mark.parametrize("table", document.TABLES)
def test_what_we_add_never_stands_in_the_way_of_an_insert_that_does_not_know_it(table):
    filled_by_trigger = {"sets": {"user_id"}}
    ours = set(columns(table)) - set(lines(document.TABLES[table])) - filled_by_trigger.get(table, set())
    demanding = {
        name
        for name, column in columns(table).items()
        if name in ours and "not null" in column and "default" not in column
    }
    assert not demanding


@pytest.mark.parametrize("table", document.TABLES)
def test_a_table_is_keyed_by_its_id(table):
    [key] = [index for index in indexes(table) if index.name in constraints(table, "p")]
    assert key.keys == ["id"]


@pytest.mark.parametrize(("table", "names"), named(document.CHECKS))
def test_a_table_has_every_check_of_the_document(table, names):
    assert names <= constraints(table, "c")


@pytest.mark.parametrize(("table", "names"), named(document.UNIQUE))
def test_a_table_has_every_unique_constraint_of_the_document(table, names):
    assert names <= constraints(table, "u")


@pytest.mark.parametrize(
    ("table", "index"),
    [pytest.param(table, index, id=index.name) for table, found in document.INDEXES.items() for index in found],
)
def test_each_index_of_the_document_exists_or_one_that_begins_with_it(table, index):
    serving = [ours.name for ours in indexes(table) if ours.serves(index)]
    if index.name in document.INDEXES_SERVED_BY_ANOTHER:
        assert serving
    else:
        assert index.name in serving


def test_an_index_that_is_left_out_does_not_exist_and_is_told_of():
    existing = {index.name for table in document.TABLES for index in indexes(table)}
    assert not document.INDEXES_SERVED_BY_ANOTHER & existing
    told = (settings.BASE_DIR / "docs" / "database.md").read_text()
    assert [name for name in document.INDEXES_SERVED_BY_ANOTHER if f"`{name}`" not in told] == []


def test_a_prefix_in_another_order_or_of_fewer_rows_serves_nothing():
    [newest_first] = [i for i in document.INDEXES["sets"] if i.name == "idx_sets_performed_at"]
    [by_exercise] = [i for i in document.INDEXES["sets"] if i.name == "idx_sets_user_exercise_time"]
    [names] = [i for i in document.INDEXES["exercises"] if i.name == "idx_exercises_name"]
    [system_names] = [i for i in document.INDEXES["exercises"] if i.name == "idx_exercises_system_name"]
    assert not by_exercise.serves(newest_first)
    assert not system_names.serves(names)
    assert not names.serves(system_names)


@pytest.mark.parametrize(("key", "rule"), named(document.FOREIGN_KEYS))
def test_each_foreign_key_of_the_document_exists_with_its_rule(key, rule):
    rules = {ours.on_delete for ours in foreign_keys() if f"{ours.table}.{ours.column} -> {ours.target}" == key}
    assert rules == {rule}


def test_the_index_for_a_users_history_of_an_exercise_answers_without_the_table():
    [history] = [index for index in indexes("sets") if index.name == "idx_sets_user_history"]
    assert history.keys == ["user_id", "exercise_id", "performed_at DESC"]
    assert history.included == ["weight", "weight_kg", "reps"]
