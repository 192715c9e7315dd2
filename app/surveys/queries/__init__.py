"""Named reads of surveys: audiences, one respondent, and how a wave stands."""
