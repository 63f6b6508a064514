from metricgain.admin_site import add_page
from metricgain.operations.status import status

add_page("status/", status)
