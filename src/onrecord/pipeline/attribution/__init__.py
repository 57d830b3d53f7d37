"""Quotations and reported statements: finders by rule and by model, weighed and joined."""
