"""Commands: each parses arguments, calls one function and prints totals."""
