"""Everything between a request and a view: hosts and proxies, body sizes, static files, outages, log lines."""
