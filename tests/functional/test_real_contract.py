"""From one real published contract to the three pieces of its consultation."""

import io
import os
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
import transaction

from sicp import clock
from sicp.clock import legal_day
from sicp.operations.open_data import begin_import
from sicp.operations.open_data import read_contracts
from sicp.operations.open_data import take
from sicp.operations.user.account import create_user
from sicp.operations.user.assignment import assign
from tests.conftest import all_powerful
from tests.functional.conftest import log_in

DATA = Path(os.environ.get("SICP_REAL_DATA", "../shared/data")) / "decp"
FILE = DATA / "decp_v1_data.gouv.fr_pes_2019.json.gz"
CANEVAS = ("rc-open-call", "ccap-common-services", "ae-services")
#: What the published contract does not tell, as the agent types it, step by step.
TYPED = {
    "need": {
        "category": "common_services",
        "estimated_amount": "153 900,00",
        "place": "Nantes",
    },
    "contract": {
        "contract_form": "ordinary",
        "ccag": "fcs",
        "form-variants": "forbidden",
        "form-start": "notification",
    },
    "lots": {
        "form-is_allotted": "false",
        "no_lots_reason": "Prestations indissociables.",
    },
    "price": {
        "form-price_form": "lump_sum",
        "form-price_variation": "firm",
        "form-advance": "legal",
        "payment_days": "30",
    },
    "award": {"offer_validity_days": "120"},
    "commitments": {
        "environmental_clause": "Produits écolabellisés.",
        "form-has_social_clause": "false",
        "form-has_personal_data": "false",
    },
    "calendar": {
        "launch_on": "15/12/2026",
        "contact_name": "Service des achats",
        "contact_email": "achats@example.org",
    },
}


@pytest.fixture
def contract(site, served):
    """Import the real file; return one contract for services by open call."""
    if not FILE.exists():
        pytest.skip(f"the real data is not at {DATA}")
    now = clock.now()
    by = {"actor": all_powerful(site), "now": now, "registry": served.registry}
    wanted = [
        c
        for c in read_contracts(FILE)
        if getattr(c, "buyer_siret", "") == "13001898900017"
    ]
    outcomes = take(begin_import(site, **by), wanted[:20])
    assert {o.kind for o in outcomes} == {"created"}
    transaction.commit()
    found = next(
        c
        for body in site["consultations"].values()
        for year in body.values()
        for c in year.values()
        if c.source_uid and c.answers.get("procedure") == "AOO"
    )
    buyer = site.__objectmap__.object_for(found.body_entity)
    user = create_user(site, "agent", "Agent", "", buyer, **by)
    model = site["utilisateurs"]["redacteur"]
    user.password_hash, user.password_set_at = model.password_hash, now
    user.is_demonstration = True
    assign(
        site, user, "administrative-writer", buyer, legal_day(now) - timedelta(1), **by
    )
    transaction.commit()
    return found


def test_an_agent_completes_a_real_contract_and_produces_its_pieces(
    served, site, contract
) -> None:
    app = log_in(served, "agent")
    year = contract.__parent__
    path = f"/consultations/{year.__parent__.__name__}/{year.__name__}"
    path = f"{path}/{contract.reference}"
    page = app.get(path + "/detail")
    assert contract.object in page
    assert "Contrat attribué" in page
    complete(app, path)
    for canevas in CANEVAS:
        app.get(path + "/pieces/")
        form = next(
            f
            for f in app.get(path + "/pieces/").forms.values()
            if f.action.endswith("commencer") and canevas in str(f.submit_fields())
        )
        form.submit(status=303)
        docx = app.get(f"{path}/pieces/{canevas}/docx")
        text = zipfile.ZipFile(io.BytesIO(docx.body)).read("word/document.xml").decode()
        assert contract.reference in text
        assert "INOVALYS" in text


def complete(app, path) -> None:
    """Fill every step."""
    for step, values in TYPED.items():
        form = app.get(f"{path}/formulaire/{step}").forms["form"]
        for name, value in values.items():
            form.set(name, value, index=0)
        if step == "calendar":
            form.set("date", "20/01/2027", index=0)
            form.set("time", "12:00", index=0)
        form.submit("next", status=303)
