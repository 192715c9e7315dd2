"""What the panels beside the scanner say; %(…)s is filled in on the phone."""

from app.core.texts import Lazy, _l

STATUS: dict[str, Lazy] = {
    "online": _l("Online"),
    "offline": _l("Offline: no network"),
    "syncing": _l("Fetching the list …"),
    "unsent": _l("Unsent: %(n)s"),
    "list_age": _l("List: %(age)s"),
    "list_missing": _l("No list yet"),
    "just_now": _l("just now"),
    "session": _l("Now: %(what)s"),
    "session_own": _l("This gate's own sitting"),
    "session_at": _l("%(gate)s: %(what)s"),
    "revoked": _l("This phone has been revoked. Ask the lead to pair it again."),
    "revoked_unsent": _l(
        "Not sent yet: %(n)s. If the number does not fall, press More, save them as a file and "
        "give it to the lead."
    ),
}
SEARCHING: dict[str, Lazy] = {
    "search_short": _l("Write at least two letters."),
    "search_none": _l("Nobody is found. Try fewer letters, or only the surname."),
    "search_many": _l("Only the first %(n)s are shown. Write more of the name."),
    "search_found": _l("Found: %(n)s"),
    "search_spent": _l(
        "Too many searches. Write more of the name, or wait ten minutes. The lead can see it."
    ),
    "search_failed": _l("The search did not work. Check the network and try again."),
    "unlock_wrong": _l("The code is not right. Ask the lead for it once more."),
    "let_in_one": _l("Let in"),
    "let_out_one": _l("Let out"),
    "state_valid": _l("Has a ticket"),
    "state_cancelled": _l("Place cancelled"),
    "state_waitlisted": _l("Waiting list"),
    "state_revoked": _l("Old ticket"),
    "state_some": _l("Some have come"),
    "state_inside": _l("Already in"),
    "alike": _l(
        "On the list already: %(who)s. Is it the same person? Then find them by name, or scan the "
        "ticket. Is it somebody else? Press “Let in” once more."
    ),
    "alike_address": _l("somebody of that address"),
    "alike_name": _l("somebody of nearly that name"),
    "name_missing": _l("Write the person's name."),
    "mail_wrong": _l("Write a whole mail address, such as name@example.dk, or none."),
    "seats_wrong": _l("Write a number from 1 to 50."),
}
COUNTING: dict[str, Lazy] = {
    "inside_counted": _l("Without a ticket: counted by hand"),
    "inside_tickets": _l("With a ticket: by their scans"),
    "inside_both": _l("With and without a ticket together"),
    "inside_estimate": _l("Between %(low)s and %(high)s"),
    "inside_limit": _l("At most %(limit)s"),
    "near_limit": _l("Nearly full: room for %(n)s more"),
    "at_limit": _l("Full: nobody more in"),
    "counted_here": _l("Counted on this phone: %(entered)s in, %(left)s out"),
}
PREFLIGHT: dict[str, Lazy] = {
    "check_good": _l("OK"),
    "check_bad": _l("Missing"),
    "check_waits": _l("Not tried yet"),
    "tickets": _l("Tickets loaded: %(n)s"),
    "tickets_fix": _l("No tickets are loaded. Stay on the network and check again."),
    "never_fresh": _l("The list has not been fetched"),
    "never_fresh_fix": _l("Get on the network and check again."),
    "fresh": _l("The list was fetched %(age)s"),
    "fresh_fix": _l("The list is old. Get on the network and check again."),
    "tested": _l("A test scan passed"),
    "camera": _l("The camera may be used"),
    "camera_fix": _l("Allow the camera for this page in the browser's settings."),
    "camera_untried": _l("The camera has not been tried"),
    "camera_untried_fix": _l("Press “Try a scan”. Allow the camera if the phone asks."),
    "camera_asked": _l("The browser asks whether the camera may be used"),
    "camera_asked_fix": _l("Answer the browser's question about the camera: allow it."),
    "untested": _l("No test scan yet"),
    "untested_fix": _l("Press “Try a scan” and hold up any ticket. Nothing is recorded."),
    "storage": _l("The phone keeps what it has stored"),
    "storage_unasked": _l("The browser has not been asked to keep what is stored"),
    "storage_unasked_fix": _l("Press “Keep what is stored”, and say yes if the browser asks."),
    "storage_asked": _l("Answer the browser's question about storing."),
    "storage_unknown": _l("This browser does not say whether it keeps what is stored"),
    "storage_unknown_fix": _l(
        "Put the page on the home screen and open it every few days. On the day let the phone send "
        "what waits before you close the page."
    ),
    "check_known": _l("Good to know"),
    "storage_fix": _l("Put the page on the home screen; then the phone does not clear it away."),
    "signature": _l("The phone recognises false codes by itself"),
    "signature_fix": _l("This browser is old. It still works by the list; a newer one is better."),
    "offline_ready": _l("Ready to work without network"),
    "offline_ready_fix": _l("Keep the page open on the network for a minute and check again."),
    "sent": _l("Everything is sent"),
    "sent_fix": _l("Scans wait here: %(n)s. Get on the network, or save them as a file."),
    "all_good": _l("This phone is ready."),
    "some_bad": _l("This phone is not ready yet. Not in order: %(n)s."),
    "checking": _l("Checking …"),
}
UNSENT: dict[str, Lazy] = {
    "nothing_unsent": _l("Everything is sent. There is nothing to save."),
    "unsent_waiting": _l("Not sent yet: %(n)s. They stay on this phone until they are sent."),
    "unsent_none": _l("Everything is sent. Nothing is lost."),
    "unpaired": _l("This phone is no longer paired. The list and all names are gone from it."),
    "file_name": _l("unsent-scans"),
    "saved_one": _l("The file is saved. Give it to the lead of the event."),
    "saved_next": _l("File %(n)s of %(all)s is saved. Press again for the next one."),
    "saved_last": _l("File %(n)s of %(all)s is saved. Give them all to the lead of the event."),
}
