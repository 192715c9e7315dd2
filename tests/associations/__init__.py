"""Tests of associations."""
