"""A storm that breaks the network, the server and PostgreSQL to see whether anything is lost."""
