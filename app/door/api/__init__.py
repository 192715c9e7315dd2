"""The door for phones and machines, over HTTP."""
