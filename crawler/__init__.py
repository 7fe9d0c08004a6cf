"""Finding, fetching and understanding articles. Imports storage; the scheduler stands on it."""
