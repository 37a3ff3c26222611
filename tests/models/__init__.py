"""Tests of the tables' constraints."""
