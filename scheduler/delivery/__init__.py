"""How a digest reaches its readers: one small file a channel."""
