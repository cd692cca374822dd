"""Erreichbar: a service centre for public offices that keeps its promise of a callback, and can prove it."""

__version__ = "0.1.0"
