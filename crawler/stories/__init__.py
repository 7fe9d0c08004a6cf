"""Each story once: copies of a text, and articles on one event over outlets and languages."""
