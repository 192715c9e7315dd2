"""Building worlds through the ordinary services."""
