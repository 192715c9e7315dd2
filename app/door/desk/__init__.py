"""The lead's pages: how it goes at the doors, what needs a look, phones, terms, crowd, paper."""
