"""Runs a notebook, keeps only released outputs, and writes the page with its companions.

Doors: papermill's engine (``engine``), nbconvert's exporter (``exporter``), and ``run.report`` that composes the two.
"""
