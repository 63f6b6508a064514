from metricgain.tests.addresses import check, each_of

ADDRESSES = [
    ("training:first_run", [], "/first-run/"),
    ("training:template_list", [], "/templates/"),
    ("training:template_import", [], "/templates/import/"),
    ("training:template_shared", ["a-token"], "/templates/shared/a-token/"),
    ("training:template_share", [6], "/templates/6/share/"),
    ("training:template_unshare", [6], "/templates/6/unshare/"),
    ("training:template_download", [6], "/templates/6/download/"),
    ("training:template_edit", [6], "/templates/6/edit/"),
    ("training:template_equipment", [6], "/templates/6/equipment/"),
    ("training:template_delete", [6], "/templates/6/delete/"),
    ("training:template_save", [5], "/mesocycles/5/template/"),
    ("training:template_detail", [6], "/templates/6/"),
    ("training:mesocycle_start", [6], "/templates/6/start/"),
]


@each_of(ADDRESSES)
def test_each_address_stays_and_its_view_bears_its_name(name, args, path):
    check("training.catalogue", name, args, path)
