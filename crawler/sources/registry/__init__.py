"""The built-in sources, one file a country; data only."""
