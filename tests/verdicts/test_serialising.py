from shop.verdicts.serialising import findings_from_json, findings_to_json
from tests.verdicts.factories import DOUBT, GOOD


def test_findings_come_back_with_their_rules():
    assert findings_from_json(findings_to_json([GOOD, DOUBT])) == (GOOD, DOUBT)


def test_finding_of_a_rule_out_of_use_says_so():
    (kept,) = findings_to_json([GOOD])
    (found,) = findings_from_json([{**kept, "code": "seller.{retired}"}])

    assert (
        found.sentence == "This was found by a check that is no longer in use (seller.{retired})."
    )
    assert (found.severity, found.outcome) == (GOOD.severity, GOOD.outcome)
    assert findings_to_json([found]) == [{**kept, "code": "seller.{retired}"}]


def test_finding_of_a_wording_out_of_use_says_so():
    (found,) = findings_from_json(findings_to_json([GOOD._replace(variant="older")]))
    assert "no longer in use" in found.sentence
