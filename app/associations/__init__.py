"""What an association tells with its application for a stall."""
