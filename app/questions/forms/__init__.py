"""The pages that ask questions, and those that make them."""
