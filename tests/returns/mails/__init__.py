"""Mails that came back, as mail servers and people write them; names and addresses are invented."""
