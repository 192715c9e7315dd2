"""The year's plan: main areas, person-years, engagements in area plans, publications, projects."""
