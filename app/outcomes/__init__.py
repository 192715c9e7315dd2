"""What came of it: indicators as data and the figures they give, each traced to its rows."""
