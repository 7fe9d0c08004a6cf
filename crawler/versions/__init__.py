"""Versions of an article: when to look at it again, and whether what is seen then is a change. Pure functions."""
