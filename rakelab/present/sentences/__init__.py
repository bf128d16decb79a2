"""What is said: how numbers and names are written, verdicts in words, and findings as sentences."""
