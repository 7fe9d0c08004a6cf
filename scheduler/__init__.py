"""When things happen, to whom the digest goes, and the command line."""
