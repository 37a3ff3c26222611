"""The parts of `search_bench.py`."""
