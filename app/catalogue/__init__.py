"""The public face: events, catalogue and what the law asks us to say; reads only."""
