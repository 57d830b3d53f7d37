"""English as the rules see it: cues, clauses, sources, edges, negation, numbers, plural nouns."""
