"""How the yearly report is worded and laid out, from plain facts of a year."""
