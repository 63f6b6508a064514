"""A storm: breaks the network, the server and PostgreSQL while phones log, and checks that nothing is lost."""
