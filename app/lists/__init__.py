"""One list for every list at the desk: described once, searched, sorted, paged, saved as a file."""
