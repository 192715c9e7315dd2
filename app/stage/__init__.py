"""What an artist tells with the application for the stage."""
