"""Associations, restaurants and institutions: one record for life, and who may act for it."""
