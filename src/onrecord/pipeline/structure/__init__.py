"""The parts of an article, by its lines: headline, byline, dateline, paragraphs, captions."""
