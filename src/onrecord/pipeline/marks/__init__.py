"""What stands between quotation marks, and what the marks are for."""
