from metricgain.tests.addresses import check, each_of

ADDRESSES = [
    ("transfer:import_list", [], "/import/"),
    ("transfer:import_shared", [], "/import/shared/"),
    ("transfer:import_detail", [7], "/import/7/"),
    ("transfer:import_columns", [7], "/import/7/columns/"),
    ("transfer:import_name", [7, 0], "/import/7/names/0/"),
    ("transfer:import_store", [7], "/import/7/store/"),
    ("transfer:import_undo", [7], "/import/7/undo/"),
    ("transfer:import_template", [7], "/import/7/template/"),
]


@each_of(ADDRESSES)
def test_each_address_stays_and_its_view_bears_its_name(name, args, path):
    check("metricgain.transfer", name, args, path)
