"""What was published about each subject, and what waits for a person."""
