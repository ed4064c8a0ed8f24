"""The names a module may bear.

In a room, the first name is a feature (``sicp/features.py``) or one of the words that
the room itself needs. In the package of a feature, it is one of the words of that
feature, the same in every room: a word is added here when it is meant to be one.
"""

#: Rooms whose doors are feature names, and the words each needs beside them.
ROOM_WORDS = {
    "catalog": {"indexes", "words"},
    "content_types": {"base", "root"},
    "interfaces": {"root"},
    "operations": {
        "demonstration",
        "document",
        "evolution",
        "health",
        "index",
        "open_data",
        "search",
        "site",
    },
    "subscribers": set(),
    "views.office": {"forms", "frame", "home", "search", "wording"},
    "views.portal": {"frame", "home"},
    "views.api": {"open_data"},
    "workflows": {"base"},
}

#: The words of each feature that has grown into a package.
FEATURE_WORDS = {
    "clause": {
        "clause",
        "committee",
        "comparison",
        "condition",
        "discussion",
        "editing",
        "exchange",
        "field",
        "folder",
        "library",
        "model",
        "proof",
        "proposal",
        "release",
        "seed",
        "usage",
        "version",
        "wording",
    },
    "commission": {
        "agenda_item",
        "commission",
        "member",
        "minutes",
        "session",
        "summons",
    },
    "consultation": {
        "application",
        "attachment",
        "award",
        "basis",
        "bid",
        "calendar",
        "coherence",
        "consultation",
        "document",
        "draft",
        "folder",
        "letter",
        "listing",
        "lot",
        "notice",
        "perimeter",
        "question",
        "rebase",
        "reference",
        "register",
        "short_card",
        "stage",
        "upstream_form",
        "wording",
    },
    "organisation": {"change", "entity", "organisation"},
    "template": {
        "editing",
        "node",
        "properties",
        "style",
        "template",
        "trial",
        "version",
    },
    "statistics": {"amounts", "commissions", "delays", "suppliers", "volumes"},
    "user": {
        "account",
        "assignment",
        "mail",
        "password",
        "perimeter",
        "profile",
        "reason",
        "right",
        "session",
        "sight",
        "simulation",
        "user",
    },
}

#: Names that say nothing of what a module is for.
EMPTY_WORDS = {"common", "helper", "helpers", "manager", "misc", "new", "old", "utils"}
