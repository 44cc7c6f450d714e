"""Telling other systems of changes as they happen (webhook)."""
