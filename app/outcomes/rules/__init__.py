"""What the team's figures mean: arithmetic, definitions, disclosure and wording on plain values."""
