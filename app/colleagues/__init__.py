"""Several named people enrolled at once, by an institution or by the desk."""
