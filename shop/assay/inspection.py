"""How is an inspection asked for, and what is said when a subject could not be judged at all?"""

from shop.assay.vocabulary import Outcome, Rule, Severity, Subject, SubjectKind

# The kind of job: rung for by the rooms whose records change, answered by `inspections`.
JOB = "inspect"

UNAVAILABLE = Rule(
    code="inspection.unavailable",
    severity=Severity.NOTICE,
    outcome=Outcome.INDETERMINATE,
    wordings={"default": "We tried to check this and could not. A person will look at it."},
)
RULES = (UNAVAILABLE,)


def key_of(subject: Subject) -> str:
    """The subject as a job's key, "offer:abc"."""
    return f"{subject.kind}:{subject.public_id}"


def subject_of(key: str) -> Subject:
    """The other way round. Raises ValueError for what is no such key."""
    kind, _, public_id = key.partition(":")
    return Subject(SubjectKind(kind), public_id)
