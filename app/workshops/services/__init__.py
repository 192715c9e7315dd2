"""The verbs of workshops: enrol, give up, change, move up, plan, print."""
