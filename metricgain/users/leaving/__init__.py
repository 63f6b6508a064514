"""Deleting an account: what goes, the deletion, and the ledger by which no restored backup brings it back."""
