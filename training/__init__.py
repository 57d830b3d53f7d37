"""Training of the models that ship in `onrecord.weights`; not part of the wheel."""
