"""Decisions about questionnaires on plain values: answers, conditions, instruments, page flow."""
