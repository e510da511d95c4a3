"""Maturity self-assessments of health and care Places, as plain files."""

__version__ = "0.1.0"
