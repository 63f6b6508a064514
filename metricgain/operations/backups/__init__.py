"""Backups: taking, checking, restoring and keeping them."""
