from metricgain.tests.addresses import check, each_of

ADDRESSES = [
    ("training:how_it_decides", [], "/how-it-decides/"),
]


@each_of(ADDRESSES)
def test_each_address_stays_and_its_view_bears_its_name(name, args, path):
    check("training.rulebook", name, args, path)
