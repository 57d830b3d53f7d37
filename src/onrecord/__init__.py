"""Who said what, who is in the story, and what is being claimed."""

__version__ = "0.1.0"
