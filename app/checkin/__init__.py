"""Scans and what follows from them: admissions, the list on phones, walk-ins, quarantine."""
