"""The verbs of the site plan.

Every verb locks in one order: applications, stalls, cabinets, taps, each by id. One part of a
stall has one live holding by a partial unique index; sums are read under the locks of the
cabinet and the tap.
"""
