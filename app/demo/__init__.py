"""The demo year 2010, a living edition around today, and small worlds for checks."""
