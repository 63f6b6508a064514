"""What one exercise is asked next: weight, reps and reps in reserve."""
