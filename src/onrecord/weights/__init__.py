"""Learned weights with their model cards; no code."""
