from metricgain.tests.addresses import check, each_of

ADDRESSES = [
    ("training:exercise_settings", [3], "/exercises/3/settings/"),
    ("training:exercise_settings_delete", [3], "/exercises/3/settings/delete/"),
    ("training:exercise_measure", [3], "/exercises/3/measure/"),
    ("training:exercise_merge", [3], "/exercises/3/merge/"),
]


@each_of(ADDRESSES)
def test_each_address_stays_and_its_view_bears_its_name(name, args, path):
    check("training.own_exercise", name, args, path)
