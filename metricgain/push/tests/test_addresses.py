from metricgain.tests.addresses import check, each_of

ADDRESSES = [
    ("push:key", [], "/push/key/"),
    ("push:subscribe", [], "/push/subscribe/"),
    ("push:remove", [7], "/push/7/remove/"),
    ("push:try", [], "/push/try/"),
    ("push:ring", [], "/push/ring/"),
    ("push:morning", [], "/push/morning/"),
]


@each_of(ADDRESSES)
def test_each_address_stays_and_its_view_bears_its_name(name, args, path):
    check("metricgain.push", name, args, path)
