"""Accounts, preferences, signing in, the settings page."""
