from metricgain.tests.addresses import check, each_of

ADDRESSES = [
    ("analytics:progress", [], "/progress/"),
    ("analytics:stronger", [], "/progress/stronger/"),
    ("analytics:records", [], "/progress/records/"),
    ("analytics:enough", [], "/progress/enough/"),
    ("analytics:mesocycle_latest", [], "/progress/mesocycles/latest/"),
    ("analytics:mesocycle_progress", [5], "/progress/mesocycles/5/"),
    ("analytics:mesocycle_lineage", [5], "/progress/mesocycles/5/lineage/"),
    ("analytics:exercise_history", [3], "/progress/exercises/3/"),
    ("analytics:notes", [], "/progress/notes/"),
    ("analytics:sets_download", [], "/progress/sets.csv"),
]


@each_of(ADDRESSES)
def test_each_address_stays_and_its_view_bears_its_name(name, args, path):
    check("analytics", name, args, path)
