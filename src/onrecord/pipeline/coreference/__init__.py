"""Whom descriptions and pronouns stand for."""
