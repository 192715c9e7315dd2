"""Questions made and published, and the answers to them written down."""
