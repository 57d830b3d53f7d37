"""What the base pipeline does, faster and with the same results."""
