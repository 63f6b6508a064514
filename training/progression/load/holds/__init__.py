"""What a hold is asked next: its seconds, and the weight once they leave the range."""
