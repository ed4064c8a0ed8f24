"""What the sources say of each procedure in prose, typed beside its article.

``minimum_days`` rows: the step whose deadline it is, the situation that opens it, the
calendar days from the sending of the notice or invitation, the article. Situations:
``standard``; ``electronic`` bids; ``prior_notice`` (préinformation); ``urgent`` (duly
justified); ``entity`` (the buyer is an entité adjudicatrice); ``no_agreement``
(candidates did not agree on a date).
``levels``: where a buyer may choose the procedure — ``exempted`` needs (under the
dispensation), ``adapted`` ones, ``formal`` ones (European thresholds), ``social``
services whatever their amount. ``requires_case``: only in a case the law lists.
"""

from typing import Any

STAGES = {
    "definition": "definition",
    "consultation_de_devis_facultative": "optional_quotes",
    "attribution": "award",
    "notification": "notification",
    "decp_ou_liste_annuelle": "essential_data_or_yearly_list",
    "validation": "validation",
    "publicite": "publicity",
    "retrait_depot": "withdrawals_and_deposits",
    "ouverture_candidatures_offres": "opening",
    "regularisation": "completion",
    "analyse": "analysis",
    "negociation_eventuelle": "optional_negotiation",
    "information_rejetes": "rejection_letters",
    "standstill": "standstill",
    "signature": "signature",
    "controle_legalite": "legality_control",
    "avis_attribution": "award_notice",
    "decp": "essential_data",
    "consultation_ecrite_titulaires": "invitation_of_holders",
    "remise_offres_delai_suffisant": "bids",
    "ouverture": "opening",
    "emission": "order",
    "avis_CCSPL": "users_commission",
    "deliberation_principe_L1411-4": "assembly_principle",
    "avis_concession": "publicity",
    "candidatures": "applications",
    "commission_liste_candidats_L1411-5": "commission_admits",
    "offres": "bids",
    "commission_analyse_et_avis": "commission_opinion",
    "negociation_executif": "executive_negotiation",
    "transmission_documents_15j_avant": "assembly_documents",
    "deliberation_choix_>=2_mois_apres_saisine_commission": "assembly_choice",
    "transmission_prefet_15j": "legality_control",
}

ALL_BUYERS = ["local", "central", "entity"]
AUTHORITIES = ["local", "central"]
EVERY_LEVEL = ["exempted", "adapted", "formal", "social"]
FORMAL_NOTICES = ["JOUE", "BOAMP"]
STANDSTILL = {"electronic": 11, "other": 16}
CAO = {"body": "cao", "role": "awards", "article": "CGCT L1414-2"}
EFORMS = {"competition": "16", "result": "29"}
NO_CALL = "Marché passé sans publicité ni mise en concurrence préalable"


def delays(*rows: tuple[str, str, int, str]) -> list[dict[str, Any]]:
    """Name the columns of a table of minimum delays."""
    names = ("step", "situation", "days", "article")
    return [dict(zip(names, row, strict=True)) for row in rows]


def entry(**values: Any) -> dict[str, Any]:
    """Complete a procedure with what most of them have not."""
    return {
        "is_formal": False,
        "may_be_chosen": True,
        "requires_case": False,
        "levels": [],
        "buyer_kinds": ALL_BUYERS,
        "phases": ["bids"],
        "minimum_days": [],
        "candidates_minimum": None,
        "candidates_article": None,
        "negotiation": "none",
        "commission": None,
        "standstill_days": None,
        "notices": [],
        "award_notice_days": None,
        "decp_procedure": None,
        "decp_technique": None,
        "decp_nature": "Marché",
        "eforms_subtypes": {},
    } | values


def formal(**values: Any) -> dict[str, Any]:
    """Describe a formal procedure: European notices, standstill, commission."""
    return (
        entry(
            is_formal=True,
            levels=EVERY_LEVEL,
            commission=CAO,
            standstill_days=STANDSTILL,
            notices=FORMAL_NOTICES,
            award_notice_days=30,
            eforms_subtypes=EFORMS,
        )
        | values
    )


PROCEDURES: dict[str, dict[str, Any]] = {
    "MPI": entry(
        levels=["exempted"],
        phases=["single"],
        negotiation="free",
        decp_procedure=NO_CALL,
    ),
    "MAPA": entry(
        levels=["exempted", "adapted"],
        negotiation="optional",
        notices=["FREE_OR_BOAMP_JAL"],
        decp_procedure="Procédure adaptée",
        eforms_subtypes={"competition": "E3"},
    ),
    "MAPA_SOCIAL": entry(
        levels=["social"],
        negotiation="optional",
        notices=["FREE_OR_JOUE"],
        decp_procedure="Procédure adaptée",
        eforms_subtypes={"prior": "12", "competition": "20", "result": "33"},
        award_notice_days=30,
    ),
    "AOO": formal(
        negotiation="forbidden",
        decp_procedure="Appel d'offres ouvert",
        minimum_days=delays(
            ("bids", "standard", 35, "R2161-2"),
            ("bids", "electronic", 30, "R2161-3 2°"),
            ("bids", "prior_notice", 15, "R2161-3 1°"),
            ("bids", "urgent", 15, "R2161-3 3°"),
        ),
    ),
    "AOR": formal(
        negotiation="forbidden",
        phases=["applications", "bids"],
        decp_procedure="Appel d'offres restreint",
        candidates_minimum=5,
        candidates_article="R2142-17 1°",
        minimum_days=delays(
            ("applications", "standard", 30, "R2161-6 1°"),
            ("applications", "urgent", 15, "R2161-6 1°"),
            ("applications", "entity", 15, "R2161-6 2°"),
            ("bids", "standard", 30, "R2161-7"),
            ("bids", "electronic", 25, "R2161-8 2°"),
            ("bids", "prior_notice", 10, "R2161-8 1°"),
            ("bids", "urgent", 10, "R2161-8 3°"),
            ("bids", "no_agreement", 10, "R2161-9"),
        ),
    ),
    "PAN": formal(
        negotiation="mandatory",
        requires_case=True,
        buyer_kinds=AUTHORITIES,
        phases=["applications", "bids", "negotiation", "final_bids"],
        decp_procedure="Procédure avec négociation",
        candidates_minimum=3,
        candidates_article="R2142-17 2°",
        minimum_days=delays(
            ("applications", "standard", 30, "R2161-12"),
            ("applications", "urgent", 15, "R2161-12"),
            ("bids", "standard", 30, "R2161-14"),
            ("bids", "electronic", 25, "R2161-15 2°"),
            ("bids", "prior_notice", 10, "R2161-15 1°"),
            ("bids", "urgent", 10, "R2161-15 3°"),
            ("bids", "no_agreement", 10, "R2161-16"),
        ),
    ),
    "PAN_EA": formal(
        negotiation="mandatory",
        buyer_kinds=["entity"],
        phases=["applications", "bids", "negotiation", "final_bids"],
        decp_procedure="Procédure avec négociation",
        eforms_subtypes={"competition": "17", "result": "30"},
        minimum_days=delays(
            ("applications", "standard", 15, "R2161-21"),
            ("bids", "no_agreement", 10, "R2161-22"),
        ),
    ),
    "DC": formal(
        negotiation="dialogue",
        requires_case=True,
        phases=["applications", "dialogue", "final_bids"],
        decp_procedure="Dialogue compétitif",
        candidates_minimum=3,
        candidates_article="R2142-17 2°",
        minimum_days=delays(("applications", "standard", 30, "R2161-25")),
    ),
    "SPMC": entry(
        levels=EVERY_LEVEL,
        requires_case=True,
        phases=["single"],
        negotiation="free",
        notices=["VOLUNTARY_VEAT"],
        decp_procedure=NO_CALL,
        eforms_subtypes={"voluntary_transparency": "25", "result": "29"},
    ),
    "CONCOURS": entry(
        levels=EVERY_LEVEL,
        phases=["applications", "projects", "jury", "negotiation"],
        negotiation="after_jury",
        notices=["CONTEST", "CONTEST_RESULT"],
        commission={"body": "jury", "role": "opinion", "article": "R2162-22"},
        decp_procedure=NO_CALL,
        decp_technique="Concours",
        eforms_subtypes={"competition": "23", "result": "36"},
    ),
    "AC": entry(
        may_be_chosen=False, phases=["by_procedure"], decp_technique="Accord-cadre"
    ),
    "MS": entry(may_be_chosen=False, decp_technique="Accord-cadre"),
    "BC": entry(may_be_chosen=False, phases=["order"]),
    "SAD": entry(
        may_be_chosen=False,
        is_formal=True,
        phases=["applications", "bids"],
        decp_technique="Système d'acquisition dynamique",
        decp_procedure="Appel d'offres restreint",
        notices=FORMAL_NOTICES,
        award_notice_days=30,
        eforms_subtypes=EFORMS,
        commission=CAO,
        minimum_days=delays(
            ("applications", "standard", 30, "R2162-44"),
            ("bids", "standard", 10, "R2162-50"),
        ),
    ),
    "PI": formal(
        negotiation="mandatory",
        requires_case=True,
        phases=["applications", "bids", "negotiation", "research", "acquisition"],
        decp_procedure="Procédure avec négociation",
        candidates_minimum=3,
        candidates_article="R2142-17 2°",
        minimum_days=delays(("applications", "standard", 30, "R2172-28")),
    ),
    "CONC": entry(
        is_formal=True,
        levels=["concession"],
        phases=["applications", "bids", "negotiation"],
        negotiation="free",
        notices=["JOUE", "BOAMP_OR_JAL", "SPECIALISED_PRESS"],
        commission={"body": "dsp", "role": "opinion", "article": "CGCT L1411-5"},
        standstill_days=STANDSTILL,
        award_notice_days=48,
        decp_procedure="Procédure négociée restreinte",
        decp_nature="Concession de service",
        eforms_subtypes={"competition": "19", "result": "32"},
        minimum_days=delays(
            ("applications", "standard", 30, "R3123-14 1°"),
            ("applications", "electronic", 25, "R3123-14 2°"),
            ("bids", "standard", 22, "R3124-2 1°"),
            ("bids", "electronic", 17, "R3124-2 2°"),
        ),
    ),
    "DSP": entry(
        levels=["concession"],
        phases=["applications", "bids", "negotiation"],
        negotiation="free",
        notices=["BOAMP_OR_JAL"],
        commission={"body": "dsp", "role": "opinion", "article": "CGCT L1411-5"},
        decp_procedure="Procédure négociée ouverte",
        decp_nature="Délégation de service public",
        eforms_subtypes={"competition": "19", "result": "32"},
    ),
    "AVENANT": entry(
        may_be_chosen=False,
        phases=["amendment"],
        commission={"body": "cao", "role": "opinion", "article": "CGCT L1414-4"},
        eforms_subtypes={"modification": "38", "concession_modification": "40"},
    ),
}
