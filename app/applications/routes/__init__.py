"""An applicant's pages: what one can ask for, the form, where the case stands."""
