"""Accounts: signing up and in, preferences, the settings page."""
