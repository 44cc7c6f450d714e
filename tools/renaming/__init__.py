"""Rename identifiers of the package by a map, so exactly that the map in reverse gives the syntax trees of before."""
