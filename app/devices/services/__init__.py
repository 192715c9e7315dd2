"""The verbs of phones: pair, revoke, leave; who calls, and what is sealed or stamped for it."""
