"""What takes long by nature, one part after the other: `make drill`."""
