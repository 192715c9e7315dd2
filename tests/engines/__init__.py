"""The page of the door in the engines of Chromium, Firefox and WebKit."""
