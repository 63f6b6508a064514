"""What stands between a request and a view: hosts and proxies, the size of a body, static files, outages, log lines."""
