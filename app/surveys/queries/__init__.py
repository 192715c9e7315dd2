"""Named reads of surveys: audiences, one respondent's sitting, and how a wave stands."""
