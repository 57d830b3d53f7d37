"""Measures, gold sets, peers' figures and the gate that keeps the measures from falling."""
