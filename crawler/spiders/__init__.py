"""The spiders: `news` crawls the sources."""
