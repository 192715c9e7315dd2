"""A questionnaire as data: its questions, conditions, versions, answers and form."""
