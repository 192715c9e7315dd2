"""The yearly report: figures computed from rows, beside the editors' own text."""
