"""Bringing people and skills in from files, and writing the same columns out."""
