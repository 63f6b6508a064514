from metricgain.tests.addresses import check, each_of

ADDRESSES = [
    ("demo_start", [], "/demo/"),
]


@each_of(ADDRESSES)
def test_each_address_stays_and_its_view_bears_its_name(name, args, path):
    check("metricgain.operations", name, args, path)
