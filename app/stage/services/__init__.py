"""The verbs of stages and slots.

All that changes one event's programme holds its line-up first (`line_ups.held`), then the
application, so that of two who give the same time the second finds what the first did. That no two
slots overlap is held by the database itself beside that (`models`).
"""
