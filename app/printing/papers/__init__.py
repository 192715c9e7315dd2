"""The PDF of a ticket, of badges, of a door list."""
