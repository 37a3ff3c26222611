"""One file for each module of the API: typed study in, columns out.

A value that is odd becomes a slip and an empty column; a parser never raises.
"""
