"""Measures of DESIGN §7, gold sets, peers' figures and the gate that keeps them from falling."""
