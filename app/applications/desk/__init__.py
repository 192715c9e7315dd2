"""The reviewers' desk: the list, one application, decisions for one or many."""
