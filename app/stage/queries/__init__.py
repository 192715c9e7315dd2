"""What is asked of stages and slots."""
