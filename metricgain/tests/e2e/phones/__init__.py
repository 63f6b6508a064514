"""The contract with phones: what a phone of an earlier version kept and sent goes on working with the server of now.

`fixtures/<commit>/` holds what phones had at that commit: entries of the outbox as IndexedDB has them, the requests
that they became, two pages as they were saved, and the hashed JavaScript of these. `record.py` makes such a folder."""
