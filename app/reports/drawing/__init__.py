"""How the report is laid out for those who read it elsewhere than on the desk."""
