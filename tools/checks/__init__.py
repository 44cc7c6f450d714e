"""The promises of the house that a machine keeps; `python -m tools.checks` runs them all."""
