"""The gym floor: recording sets and answers, finishing, changing the plan of a session, shortening it."""
