"""What is claimed, by whom, how firmly, and how much it is worth checking."""
