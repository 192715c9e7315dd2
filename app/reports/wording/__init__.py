"""What the report says: each section of the paper in a file, with its facts and figures."""
