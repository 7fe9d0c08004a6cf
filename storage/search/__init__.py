"""Full-text search: what is indexed, what is asked, and how each of the two databases answers."""
