"""Who speaks in each quotation: from the words of a source to people, bodies, groups and documents."""
