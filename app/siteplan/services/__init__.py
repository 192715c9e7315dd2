"""The verbs that change a plan; no change leaves whoever stands there beyond a limit."""
