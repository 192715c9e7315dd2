"""The door itself: the phone's page, the lead's pages, the machine interface."""
