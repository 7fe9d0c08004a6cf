"""How fast, how big and how good: side by side with others, and as the archive grows. Not part of the tests."""
