"""Two persons or two organisations that turn out to be one."""
