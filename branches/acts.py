"""Every act that the audit log knows, with its name for people.

A code is `thing.deed` and never changes: entries are kept for years. Where an address and its act
are one, the code is the name of the address (`activity_void` → `activity.void`), so that a request
that was denied is found beside those that were done.
"""

from django.utils.translation import gettext_lazy as _

ACTS = {
    # The session.
    "login": _("Log in"),
    "logout": _("Log out"),
    "password.set": _("Set a password by a one-time link"),
    "password.change": _("Change the password"),
    "device.end": _("Log a device out"),
    "device.end_others": _("Log all other devices out"),
    # Organizations, people and accounts.
    "roster.import": _("Import a roster"),
    "user.create": _("Create a user"),
    "user.edit": _("Change a user's name"),
    "user.link": _("Make a one-time link"),
    "user.link_service": _("Connect a user with the login service"),
    "user.appoint": _("Appoint a user"),
    "sensitive.settings": _("Turn sensitive fields on or off"),
    "member.sensitive": _("Keep or erase sensitive fields"),
    "sensitive.reveal": _("Show a sensitive field"),
    "sensitive.export": _("Export sensitive fields"),
    "appointment.end": _("End an appointment"),
    "user.deactivate": _("Deactivate a user"),
    "user.activate": _("Activate a user again"),
    "organization.found": _("Found an organization"),
    "organization.rename": _("Rename an organization"),
    "organization.move": _("Stand an organization below another one"),
    "organization.merge": _("Merge an organization into another one"),
    "organization.split": _("Split an organization"),
    "organization.dissolve": _("Dissolve an organization"),
    "organization.undo": _("Undo an entry about an organization"),
    "organization.term_begin": _("Begin a term of office"),
    "organization.term_extend": _("Put a re-election off"),
    "organization.term_end": _("End a term of office"),
    # Records.
    "activity.create": _("Record an activity"),
    "activity.edit": _("Change a record"),
    "activity.submit": _("Submit a record"),
    "activity.review": _("Review a record"),
    "activity.return": _("Return a record"),
    "activity.accept": _("Accept records"),
    "review.list": _("Accept records of the list"),
    "activity.void": _("Void a record"),
    "activity.restore": _("Restore a void record"),
    "activity.revert": _("Write an earlier version again"),
    "activity.import": _("Import activities"),
    "activity.export": _("Export activities"),
    "typed.draft_discard": _("Discard what was typed"),
    "template.create": _("Keep a template"),
    "template.retire": _("Retire a template"),
    "rectification.create": _("Open a rectification"),
    "rectification.edit": _("Correct a rectification"),
    "rectification.close": _("Close a rectification"),
    "rectification.reopen": _("Reopen a rectification"),
    "attachment.upload": _("Attach a file"),
    "attachment.file": _("Open an attached file"),
    # Imports in the browser; what is written is roster.import or activity.import.
    "import.list": _("Upload a file to import"),
    "import.detail": _("Correct rows of an import"),
    "import.columns": _("Read the columns of an import otherwise"),
    "import.commit": _("Ask for an import to be written"),
    "import.reopen": _("Take back an import not yet written"),
    "import.abandon": _("Give an import up"),
    "import.undo": _("Take an import back"),
    # What is asked.
    "requirement.create": _("Add a rule"),
    "requirement.end": _("Set the end of a rule"),
    "exemption.create": _("Name an exemption"),
    "exemption.end": _("Set the end of an exemption"),
    "kinds.apart_create": _("Keep two kinds apart"),
    "kinds.apart_remove": _("Let two kinds be combined"),
    "holiday.edit": _("Type in the notice of a holiday"),
    # Annual reports.
    "report.compose": _("Draft an annual report"),
    "report.detail": _("Save the text of an annual report"),
    "report.plan": _("Save the plan of an annual report"),
    "report.finalize": _("Finalize an annual report"),
    "report.download": _("Download an annual report"),
    # The site.
    "audit.export": _("Export the audit log"),
    "demo.seed": _("Write the demo bureau"),
    # A request to a page that does nothing of the kind.
    "request": _("Other request"),
}
