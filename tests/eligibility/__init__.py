"""Tests of the eligibility reader. Every text here is written for the tests."""
