from metricgain.tests.addresses import check, each_of

ADDRESSES = [
    ("exercises:exercise_list", [], "/exercises/"),
    ("exercises:exercise_create", [], "/exercises/new/"),
    ("exercises:exercise_detail", [3], "/exercises/3/"),
    ("exercises:exercise_edit", [3], "/exercises/3/edit/"),
    ("exercises:exercise_archive", [3], "/exercises/3/archive/"),
    ("exercises:exercise_unarchive", [3], "/exercises/3/unarchive/"),
]


@each_of(ADDRESSES)
def test_each_address_stays_and_its_view_bears_its_name(name, args, path):
    check("exercises", name, args, path)
