"""The words of the sheet by which a study team corrects its record in the registry."""

AGREES = "The registry agrees with what you told us. There is nothing to change."
NOTHING_TOLD = "The study team has told us nothing of this site yet. There is nothing to change."
DUTY = (
    "We copy the registry and never change it. Whoever is responsible for the record, usually the "
    "sponsor, enters the corrections. For many trials United States law (42 CFR 11.64) sets 30 "
    "days for a change of the status of a study or of one of its sites; other details, contacts "
    "among them, have to be right at least once a year. Patients call the number that stands there "
    "now: please do not wait."
)
BY_LINK = "the study team, by a link"
UNNAMED = "a coordinator of the site"
NOT_DECIDED = "Our editors have not decided on this yet."
MOVED = "The registry changed this after you told us. Enter it only if it is still right."
STATUS_CHOICE = (
    "You told us that you are not taking new people. Where that is what happened, choose "
    "“Completed”, “Suspended”, “Terminated”, “Withdrawn” or “Not yet recruiting” instead."
)
NOTHING = "(nothing)"
NOT_MY_SITE = (
    "Somebody who is listed as a contact told us on {day} that this is not their site. Please "
    "enter the right contact."
)
SOMETHING = "You told us on {day} that something must change, but not what."
OTHER = "You told us on {day}: {note}"
CONTACT_GONE = (
    "You told us on {day} that “{field}” of {contact} should say “{value}”. The registry no longer "
    "lists this contact here, or not with this number."
)
CHANGED = (
    "The registry changed {what} after you confirmed the details on {day}. Please check what it "
    "says now."
)
