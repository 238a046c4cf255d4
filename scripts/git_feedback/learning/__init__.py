"""What a desk has learned: its knowledge articles and its training, checked, drafted, found, and counted."""
