"""What the name of an exercise means, however another app writes it. Pure: no database."""
