from metricgain.tests.addresses import check, each_of

ADDRESSES = [
    ("takeout:takeout_detail", [], "/takeout/"),
    ("takeout:takeout_begin", [], "/takeout/begin/"),
    ("takeout:takeout_file", [], "/takeout/file/"),
    ("takeout:bring_detail", [], "/takeout/back/"),
]


@each_of(ADDRESSES)
def test_each_address_stays_and_its_view_bears_its_name(name, args, path):
    check("metricgain.transfer.takeout", name, args, path)
