"""The registers keep what the report counts."""

from datetime import date

import pytest
from flask import Flask

from app.core.refusals import NotFound
from app.core.unit_of_work import unit_of_work
from app.programme import queries, services
from app.programme.rules import EngagementKind

PLAN = EngagementKind.HELHEDSPLAN


def test_the_total_of_the_person_years_is_computed(app: Flask) -> None:
    with unit_of_work():
        for number, years in enumerate((200, 100, 100), start=1):
            services.add_main_area(2011, number, {"da": f"Område {number}"}, years)
        services.add_main_area(2012, 1, {"da": "Næste år"})
    planned = queries.plan(2011)
    assert [str(one.person_years) for one in planned.areas] == ["2", "1", "1"]
    assert str(planned.person_years) == "4"
    assert [one.year for one in queries.plans()] == [2012, 2011]
    assert str(queries.plan(1999).person_years) == "0"


def test_a_second_main_area_of_the_same_number_is_refused(app: Flask) -> None:
    with unit_of_work():
        services.add_main_area(2011, 1, {"da": "Inklusion"}, 200)
    with pytest.raises(services.NumberTaken) as refused, unit_of_work():
        services.add_main_area(2011, 1, {"da": "Inklusion igen"}, 100)
    assert refused.value.facts == {"year": 2011, "number": 1}


def test_allocating_again_replaces_the_person_years(app: Flask) -> None:
    with unit_of_work():
        area = services.add_main_area(2011, 1, {"da": "Inklusion"}, 200)
        services.allocate(area, 150)
    assert str(queries.plan(2011).person_years) == "1.5"


def test_engagements_stand_in_the_danish_order(app: Flask) -> None:
    names = ["Mjølnerparken", "Tingbjerg", "Æblehaven", "Øbrohus", "Aalekisten"]
    with unit_of_work():
        for name in reversed(names):
            services.add_engagement(PLAN, name, date(2010, 3, 1))
    assert [one.name for one in queries.engagements_in(2010)] == names


def test_an_ended_engagement_leaves_the_years_after(app: Flask) -> None:
    with unit_of_work():
        engagement = services.add_engagement(PLAN, "Mjølnerparken", date(2009, 3, 1))
        services.add_engagement(EngagementKind.OMRAADELOEFT, "Sundholm", date(2010, 5, 1))
    assert len(queries.engagements_in(2010)) == 2
    with unit_of_work():
        services.end_engagement(queries.engagement(engagement.id), date(2009, 12, 31))
    assert [one.name for one in queries.engagements_in(2010)] == ["Sundholm"]
    assert queries.engagements_in(2010, PLAN) == []
    assert len(queries.engagements()) == 2


def test_a_period_that_ends_before_it_starts_is_refused(app: Flask) -> None:
    with pytest.raises(services.EndsBeforeItStarts), unit_of_work():
        services.add_engagement(PLAN, "Akacieparken", date(2010, 5, 1), date(2010, 4, 30))


def test_a_project_that_is_handed_over_ends_with_us(app: Flask) -> None:
    with unit_of_work():
        project = services.add_project("Fra Sport til Job", date(2010, 1, 1))
        services.hand_over(project, "Jobcenter Skelbækgade", date(2010, 5, 31))
    found = queries.projects_in(2010)[0]
    assert (found.handed_to, found.ends_on) == ("Jobcenter Skelbækgade", date(2010, 5, 31))
    assert queries.projects_in(2011) == []
    assert queries.project(found.id) is found
    assert queries.projects() == [found]


def test_publications_are_listed_by_year(app: Flask) -> None:
    with unit_of_work():
        services.add_publication(2010, {"da": "Atlas"}, {"da": "under færdiggørelse"})
        services.add_publication(2011, {"da": "Katalog"})
    assert [one.title["da"] for one in queries.publications()] == ["Katalog", "Atlas"]
    assert [one.note for one in queries.publications(2010)] == [{"da": "under færdiggørelse"}]


def test_what_does_not_exist_is_not_found(app: Flask) -> None:
    with pytest.raises(NotFound):
        queries.engagement(404)
    with pytest.raises(NotFound):
        queries.project(404)
