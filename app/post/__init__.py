"""How letters leave: made, spoken with the mail server about, sent again; and the worker."""
