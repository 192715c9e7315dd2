"""The verbs of an application.

Every applicant's verb takes an `Actor` and refuses strangers with NotFound. A role's own package
(associations, vendors, stage) checks its form and then calls `submit` with the checked answers and
`rules.needs_from(answers)`. Where something above depends on an application (a stall, a slot), the
role's package wraps `withdraw`, `cancel`, `lapse` and `submit`, and its pages call the wrappers.
"""
