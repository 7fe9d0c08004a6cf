"""What Khabar keeps: articles, stories, the state of sources, runs, digests. Imports neither crawler nor scheduler."""
