"""Work outside requests: the table of jobs. The rooms that do and send it stand on top of the house."""
