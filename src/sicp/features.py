"""The eleven feature names: the doors of every room."""

FEATURES = (
    "organisation",
    "user",
    "company",
    "consultation",
    "commission",
    "clause",
    "template",
    "knowledge",
    "statistics",
    "reference_data",
    "journal",
)
