"""Torvet: the application put together; the only module that knows every part."""

from __future__ import annotations

import gc
from pathlib import Path

from flask import Blueprint
from flask_mail import Mail
from flask_migrate import Migrate

from app.advisory import desk as advisory_desk
from app.applications import emails as applications_emails
from app.applications import jobs as applications_jobs
from app.applications.role_pages import RolePages, know_roles
from app.applications.rules.states import STALL_ROLES, Role
from app.applications.services.own_questions import APPLICANTS
from app.associations.role_pages import ASSOCIATION_STALL
from app.catalogue import api as catalogue_api
from app.catalogue import cli as catalogue_cli
from app.catalogue import papers as catalogue_papers
from app.catalogue import routes as catalogue_routes
from app.checkin import jobs as checkin_jobs
from app.colleagues import desk as colleagues_desk
from app.colleagues import routes as colleagues_routes
from app.core import (
    access,
    access_log,
    answers,
    cli,
    database,
    idempotency,
    kept_forms,
    kept_pages,
    language_choice,
    limits,
    logs,
    outbox,
    owner,
    pages,
    prepared,
    security,
    sent_forms,
    static_files,
)
from app.core import routes as core_routes
from app.core.application import Torvet
from app.core.attachments import LOGO, Renderer
from app.demo import cli as demo_cli
from app.demo import routes as demo_routes
from app.devices.queries import devices as device_queries
from app.door import cli as door_cli
from app.door import routes as door_routes
from app.events import desk as events_desk
from app.home import desk as home_desk
from app.home import routes as home_routes
from app.installation import papers, queries
from app.lifecycle import desk as lifecycle_desk
from app.lifecycle import jobs as lifecycle_jobs
from app.mailings import desk as mailings_desk
from app.mailings.rules.states import About
from app.merging import desk as merging_desk
from app.organisations import desk as organisations_desk
from app.organisations import routes as organisations_routes
from app.outcomes import api as outcomes_api
from app.outcomes import cli as outcomes_cli
from app.outcomes import desk as outcomes_desk
from app.people import cli as people_cli
from app.people import desk as people_desk
from app.people import jobs as people_jobs
from app.people import queries as people_queries
from app.people import routes as people_routes
from app.post import cli as post_cli
from app.post import office as post_office
from app.post.mime import quoted_sender, sender_address
from app.post.worker import Job, WorkerParts, hand_over
from app.printing import desk as printing_desk
from app.printing import jobs as printing_jobs
from app.printing import routes as printing_routes
from app.printing.papers import tickets
from app.privacy import cli as privacy_cli
from app.privacy import jobs as privacy_jobs
from app.privacy import routes as privacy_routes
from app.privacy.desk import record as privacy_desk
from app.programme import desk as programme_desk
from app.questions.rules.askers import Asker
from app.reminding import desk as reminding_desk
from app.reminding import jobs as reminding_jobs
from app.reports import cli as reports_cli
from app.reports import desk as reports_desk
from app.reports.queries import versions
from app.returns import jobs as returns_jobs
from app.stage import desk as stage_desk
from app.stage import jobs as stage_jobs
from app.stage import papers as stage_papers
from app.stage import routes as stage_routes
from app.stage.role_pages import ACT
from app.stage.services import ending as stage_ending
from app.surveys import cli as surveys_cli
from app.surveys import desk as surveys_desk
from app.surveys import jobs as surveys_jobs
from app.surveys import routes as surveys_routes
from app.surveys.services.asking import RESPONDENTS
from app.vendors import api as vendors_api
from app.vendors import desk as vendors_desk
from app.vendors import jobs as vendors_jobs
from app.vendors import routes as vendors_routes
from app.vendors.role_pages import FOOD_STALL
from app.vendors.services import ending as vendors_ending
from app.workshops import api as workshops_api
from app.workshops import emails as workshops_emails
from app.workshops.papers import calendars
from app.workshops.services.questions import PARTICIPANTS
from config import Settings

ROOT = Path(__file__).resolve().parent.parent

# Every page, in the order of the layers.
PAGES: tuple[Blueprint, ...] = (
    core_routes.pages,
    people_routes.pages,
    people_desk.pages,
    events_desk.pages,
    pages.all_pages_of("app.questions.desk"),
    organisations_routes.pages,
    organisations_desk.pages,
    mailings_desk.pages,
    pages.all_pages_of("app.applications.routes"),
    pages.all_pages_of("app.applications.desk"),
    stage_routes.pages,
    stage_desk.pages,
    vendors_routes.pages,
    vendors_desk.pages,
    vendors_api.pages,
    catalogue_routes.pages,
    catalogue_api.pages,
    programme_desk.pages,
    pages.all_pages_of("app.workshops.routes"),
    pages.all_pages_of("app.workshops.desk"),
    workshops_api.pages,
    printing_routes.pages,
    printing_desk.pages,
    reminding_desk.pages,
    colleagues_routes.pages,
    colleagues_desk.pages,
    pages.all_pages_of("app.siteplan.desk"),
    lifecycle_desk.pages,
    advisory_desk.pages,
    door_routes.pages,
    door_routes.worker,
    pages.all_pages_of("app.door.desk"),
    pages.all_pages_of("app.door.api"),
    surveys_routes.pages,
    surveys_desk.pages,
    outcomes_desk.pages,
    outcomes_api.pages,
    reports_desk.pages,
    merging_desk.pages,
    privacy_routes.pages,
    privacy_desk.pages,
    home_routes.pages,
    home_desk.pages,
)
# What the roles of a festival bring to the pages they share, in the order visitors read of them.
ROLES: tuple[RolePages, ...] = (ASSOCIATION_STALL, FOOD_STALL, ACT)
# Whoever has a stall or a time on a stage gives it up with the place.
STEP_BACKS = dict.fromkeys(STALL_ROLES, vendors_ending.withdraw) | {Role.ACT: stage_ending.withdraw}
# What the worker does when time passes.
JOBS: tuple[Job, ...] = (
    outbox.empty_old_letters,
    idempotency.sweep_keys,
    kept_forms.sweep_kept_forms,
    limits.sweep_limits,
    returns_jobs.read_returned_mail,
    people_jobs.drop_old_sign_ins,
    applications_jobs.lapse_unconfirmed,
    applications_jobs.drop_old_links,
    vendors_jobs.lapse_unconfirmed,
    vendors_jobs.free_stalls,
    vendors_jobs.confirm_holdings,
    stage_jobs.free_slots,
    printing_jobs.print_orders,
    reminding_jobs.remind_participants,
    printing_jobs.drop_old_files,
    lifecycle_jobs.forget_how_it_stood,
    checkin_jobs.hash_short_codes,
    checkin_jobs.forget_walk_ins,
    surveys_jobs.plan_invitations,
    surveys_jobs.send_invitations,
    surveys_jobs.send_reminders,
    surveys_jobs.note_bounces,
    surveys_jobs.note_arrivals,
    surveys_jobs.close_waves,
    privacy_jobs.drop_receipts,
)
# Who renders what a letter names as attached.
RENDERERS: dict[str, Renderer] = {
    "ticket": tickets.ticket,
    "calendar": calendars.calendar,
    "event": catalogue_papers.event_calendar,
    "slot": stage_papers.slot_calendar,
    LOGO: papers.for_letter,
    "inline-qr": tickets.qr_picture,
}
# Who can be written to, by what they are in the list a letter to many is written from.
ADDRESS_BOOKS: dict[str, mailings_desk.AddressBook] = {
    About.APPLICATION: applications_emails.addressees,
    About.ENROLMENT: workshops_emails.addressees,
}
ASKERS: tuple[Asker, ...] = (APPLICANTS, PARTICIPANTS, RESPONDENTS)
COMMANDS = (
    post_cli.worker,
    people_cli.staff,
    outcomes_cli.outcomes,
    reports_cli.report,
    demo_cli.demo,
    catalogue_cli.catalogue,
    privacy_cli.privacy,
    demo_cli.seed,
    surveys_cli.survey,
    door_cli.door,
)
# Who knows a bearer token, by its prefix.
BEARERS = {
    people_queries.API_TOKEN_PREFIX: people_queries.token_bearer,
    device_queries.DEVICE_TOKEN_PREFIX: device_queries.device_bearer,
}


def create_app(settings: Settings | None = None) -> Torvet:
    """The application for these settings, by default those of the environment."""
    settings = settings or Settings.from_environment()
    post_office.check_addresses(settings.mail_sender, settings.contact_mail)
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    app = Torvet(__name__, template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(_flask_settings(settings))
    logs.write_logs(app)
    database.connect_database(app)
    prepared.prepare_statements(app)
    Migrate(app, database.db, directory=str(ROOT / "migrations"), render_as_batch=True)
    security.secure(app)
    language_choice.speak_languages(app)
    owner.know_the_owner(app, queries.ASKING)
    pages.dress_templates(app)
    kept_pages.keep_pages(app)
    static_files.serve_static(app)
    limits.share_limits(app)
    access.guard_pages(app, access.Recognition(people_queries.signed_in, BEARERS))
    sent_forms.answer_repeats(app)
    kept_forms.drop_what_is_sent(app)
    access_log.keep_access_log(app)
    answers.answer_refusals(app)
    office = post_office.post_office(settings.mail_url, Mail(app), settings.mail_sender)
    app.extensions["address_books"] = ADDRESS_BOOKS
    app.extensions["askers"] = ASKERS
    app.extensions["corrections"] = home_desk.correction_pages
    app.extensions["year_is_closed"] = versions.year_is_locked
    hand_over(app, WorkerParts(JOBS, RENDERERS, office))
    know_roles(app, ROLES, STEP_BACKS)
    for part in (*PAGES, *((demo_routes.pages,) if settings.development else ())):
        if part.name.endswith("_api"):
            security.csrf.exempt(part)
        app.register_blueprint(part)
    cli.add_commands(app)
    for command in COMMANDS:
        app.cli.add_command(command)
    return app


def serve_app() -> Torvet:
    """The application of a server's process. All that is loaded by now stays for good: the garbage
    collector need not walk through it, which took a tenth of a second within a request."""
    app = create_app()
    gc.collect()
    gc.freeze()
    return app


def _flask_settings(settings: Settings) -> dict[str, object]:
    sender = sender_address(settings.mail_sender)
    return {
        "SECRET_KEY": settings.secret_key,
        "DEVELOPMENT": settings.development,
        "BASE_URL": settings.base_url,
        "DATA_DIR": settings.data_dir,
        "OVER_LOOPBACK": settings.over_loopback,
        "TRUSTED_PROXIES": settings.trusted_proxies,
        "SQLALCHEMY_DATABASE_URI": settings.sqlalchemy_url,
        "SQLALCHEMY_ENGINE_OPTIONS": database.engine_options(
            settings.sqlalchemy_url, settings.pool_size
        ),
        "TRANSLATIONS": str(ROOT / "translations"),
        "MIGRATIONS": str(ROOT / "migrations"),
        "RETURNS_URL": settings.returns_url,
        "CONTACT_MAIL": settings.contact_mail,
        "CONTACT_PHONE": settings.contact_phone,
        "MAIL_DOMAIN": sender.domain,
        "MAIL_DEFAULT_SENDER": quoted_sender(settings.mail_sender),
        **post_office.mail_settings(settings.mail_url),
    }
