"""What the team fills in when two are one."""
