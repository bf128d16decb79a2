"""Figures of released numbers: what each draws, and the pen that draws it."""
