"""Words of the web that every capability speaks; none of the domain's."""
