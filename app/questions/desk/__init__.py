"""The one editor of questions: for whoever asks, without code."""
