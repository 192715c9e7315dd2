"""The forms of organisations: who one is, the profile, consent, contact persons and claims."""
