"""rakelab: a workbench for practice research in structural social work (rakenteellinen sosiaalityö)."""

__version__ = "0.1.0"
