"""The parts of ``benchmarks/recount.py``. They import nothing of rakelab."""
