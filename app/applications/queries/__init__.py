"""Named reads of applications."""
