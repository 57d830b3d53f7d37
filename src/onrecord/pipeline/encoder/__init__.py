"""The learned encoder: word pieces in; attributions, names and scores of rows out."""
