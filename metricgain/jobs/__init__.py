"""Work outside requests: this room enqueues it. The rooms that run and send it stand on top of the house."""
