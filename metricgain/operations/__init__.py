"""Running it: servers, backups, going back in time, the demo. It stands on top and sees every room."""
