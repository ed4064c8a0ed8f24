"""Files that agree with the demonstration « Nettoyage des locaux », and sentences that
do not.

The clean files are full of what looks like a contradiction and is none: other delays,
other dates, other amounts.
"""

CCTP = (
    "Cahier des clauses techniques particulières",
    "Acheteur : Région Île-des-Alpes",
    "Référence de la consultation : {reference}",
    "# 1. Objet du marché",
    "Le présent CCTP décrit les prestations de nettoyage des lycées (CPV 90911200). Il "
    "complète le CCAP et renvoie au CCAG-FCS pour tout ce qu’il ne dit pas.",
    "Les prestations sont réparties en trois lots. Un soumissionnaire peut remporter "
    "deux lots au plus.",
    [
        ["Lot", "Objet"],
        ["1", "Lycées de la vallée de la Sarenne"],
        ["2", "Lycées du plateau"],
        ["3", "Vitrerie de tous les lycées"],
    ],
    "# 2. Durée et calendrier",
    "Le marché est conclu pour une durée d’un an, reconductible trois fois par période "
    "d’un (1) an, soit une durée totale de quatre ans, reconductions comprises.",
    "La reconduction est tacite.",
    "Pendant toute la durée du marché, dans un délai de 2 mois, le titulaire remet un "
    "plan de progrès. La garantie des matériels posés a une durée de 24 mois.",
    "Si la durée du marché excède six mois, une réunion de bilan se tient.",
    "La formation des agents a une durée de deux mois. Les registres sont conservés "
    "cinq ans après la fin du marché.",
    "La période de préparation est de trois semaines. Les plans de prévention ont une "
    "validité de 12 mois.",
    "# 3. Consultation",
    "Les plis sont remis au plus tard le {bids}. Les questions des candidats sont "
    "posées au plus tard le {questions}.",
    "La visite des lieux est obligatoire. Les visites de contrôle en cours "
    "d’exécution sont facultatives.",
    "Les offres restent valables ; la validité des offres est de 180 jours. Les bons "
    "de garantie ont 24 mois.",
    "Les variantes sont interdites. Les variantes de produits proposées en cours "
    "d’exécution suivent l’article 9.1 du CCAP.",
    "# 4. Lot 1 : prescriptions particulières",
    "Le lot n° 1 comprend 12 établissements. Le lot 3 exclut les vitrages hauts.",
    "# 5. Exécution",
    "Le titulaire peut, après accord de l’acheteur, sous-traiter la vitrerie en "
    "hauteur. La sous-traitance totale du marché est interdite.",
    "Il réalise 4 200 heures d’insertion. La pénalité d’absence à une réunion est de "
    "50 €. Une pénalité de 80 € par jour de retard dans la remise du rapport annuel "
    "s’applique.",
    "Les prestations sont réglées par application des prix unitaires du bordereau. "
    "Un forfait de mise en route est compris dans les prix.",
    "Les prix sont révisables une fois par an. Le prix du produit de référence était "
    "ferme en 2024.",
    "Les paiements interviennent à 30 jours à compter de la réception de la facture. "
    "Les réclamations sont traitées en 15 jours.",
    "Le maximum de l’accord-cadre est de 4 800 000 € HT, tous lots confondus. Le "
    "maximum de produit par dose est de 12 €.",
    "Aucune retenue de garantie n’est prélevée. Les remises commerciales vont jusqu’à "
    "5 %.",
    "La liste des sites est en annexe 1 et le guide d’entretien en annexe n° 2. Les "
    "fiches suivent l’annexe 20 du code de la commande publique.",
    "Le critère « Valeur technique », pondéré à 30 %, est noté au vu du mémoire.",
    "L’ancien CCAG de 2009 a été remplacé par celui de 2021.",
    "Le nettoyage a lieu du lundi au vendredi à compter du 1er septembre de chaque "
    "année scolaire.",
)
SITES = (
    "# Liste des sites",
    "Lot 1 : Lycées de la vallée de la Sarenne",
    "Lycée du Val : 4 200 m², ouvert en 2009, 3 bâtiments.",
    "Lot 2 : Lycées du plateau",
    "Lycée du Haut : 12 mois d’ouverture, visite possible chaque semaine.",
    "Lot n° 3 – Vitrerie de tous les lycées",
    "Le présent document est l’annexe 1 du CCTP.",
)
PRICES = {
    "BPU": [
        ["Lot", "Désignation", "Unité", "Prix unitaire en € HT"],
        ["1", "Nettoyage courant", "m²", None],
        ["3", "Vitrerie", "m²", None],
    ],
    "DQE": [
        ["Lot", "Désignation", "Quantité", "Prix total en € HT"],
        ["1", "Nettoyage courant", 4200, None],
    ],
}
GUIDE = (
    "Article 1 – Objet du guide",
    "Le présent guide décrit les gestes d’entretien attendus dans chaque lycée pendant "
    "toute la durée du marché, ainsi que le contrôle de leur qualité par l’acheteur.",
    "Article 2 – Produits",
    "Les produits portent un label écologique. Leur durée de conservation est de "
    "24 mois et leur prix est compris dans celui des prestations.",
    "Le titulaire est payé dans les conditions du CCAP, établi par référence au CCAG "
    "Fournitures courantes et services.",
)

#: Sentences that contradict the form or another piece, by subject.
CONTRADICTIONS = (
    ("bids-due", "La date limite de remise des offres est fixée au 28/01/2027 à 12 h."),
    ("bids-due", "Les plis doivent parvenir avant le 21 janvier 2027 à 16h00."),
    (
        "questions-due",
        "Les demandes de renseignements sont envoyées jusqu’au 12 janvier 2027.",
    ),
    ("start", "Les prestations débuteront le 1er mars 2027."),
    ("start", "La durée du marché court à compter de sa notification."),
    ("duration", "Le marché est conclu pour une durée de deux ans."),
    (
        "duration",
        "La durée initiale de l’accord-cadre est fixée à vingt-quatre (24) mois.",
    ),
    ("duration", "L’accord-cadre est passé pour 18 mois."),
    ("total-duration", "La durée totale du marché ne peut excéder trois (3) ans."),
    ("renewals", "Le marché est reconductible deux fois."),
    ("renewals", "Le marché n’est pas reconductible."),
    ("renewal-period", "Il est reconduit par périodes successives de six mois."),
    ("renewal-form", "Le marché fait l’objet d’une reconduction expresse."),
    ("lots", "Les prestations sont décomposées en quatre lots."),
    ("lots", "Le marché n’est pas alloti."),
    ("lots-known", "Les stocks du lot n° 4 sont gérés par le titulaire."),
    ("lot-titles", "Lot 2 : Lycées du littoral"),
    ("lot-titles", "Lot n° 3 – Nettoyage des façades"),
    ("maximum", "Le montant maximum de l’accord-cadre est de 5 200 000 € HT."),
    ("maximum", "Le maximum des commandes du lot 2 est fixé à 1 900 000,00 € HT."),
    ("minimum", "Le montant minimum des commandes est de 200 000 € HT."),
    (
        "penalty",
        "En cas de retard, une pénalité de 200 € par jour de retard est appliquée.",
    ),
    (
        "penalty",
        "La pénalité encourue pour chaque jour de retard est fixée à 175 euros.",
    ),
    ("advance", "Aucune avance n’est versée au titulaire."),
    ("retention", "Une retenue de garantie de 5 % est prélevée sur chaque acompte."),
    ("payment", "Le délai global de paiement est de 45 jours."),
    ("payment", "Les factures sont payées sous soixante (60) jours."),
    ("offer-validity", "Le délai de validité des offres est de 120 jours."),
    ("offer-validity", "Les candidats restent engagés par leur offre pendant 4 mois."),
    ("turnover", "Un chiffre d’affaires minimal de 2 000 000 € est exigé."),
    ("insertion", "Le titulaire réalise 3 000 heures d’insertion."),
    ("criteria", "Le critère Prix est pondéré à 60 %."),
    ("criteria", "Jugement des offres : valeur technique (40 %)."),
    ("ccag", "Le marché est soumis au CCAG-PI."),
    (
        "ccag",
        "Le cahier des clauses administratives générales applicables aux marchés de "
        "travaux s’applique.",
    ),
    (
        "ccag-version",
        "Le CCAG-FCS approuvé par l’arrêté du 19 janvier 2009 s’applique.",
    ),
    ("price-form", "Le marché est traité à prix global et forfaitaire."),
    ("price-variation", "Les prix sont fermes et non révisables."),
    ("variants", "Les variantes sont autorisées."),
    ("site-visit", "La visite des sites est facultative."),
    ("subcontracting", "La sous-traitance est interdite."),
    ("holders", "L’accord-cadre est multi-attributaire."),
    ("currency", "Les offres sont chiffrées en francs suisses."),
    ("tax", "Les prix s’entendent toutes taxes comprises."),
    ("buyer", "Pouvoir adjudicateur : Département de la Haute-Sarenne"),
    ("reference", "Référence de la consultation : 2026-0099"),
    ("cpv", "Les prestations relèvent du code CPV 45000000-7."),
    ("annexes", "Les plannings figurent en annexe 7 au présent cahier."),
)

#: The same in other words, written after the reader was.
OTHER_WORDS = (
    (
        "bids-due",
        "Toute offre devra être déposée sur la plateforme le 4 février 2027 à 17 h au "
        "plus tard.",
    ),
    (
        "bids-due",
        "Date limite de réception des candidatures et des offres : mardi 2 février "
        "2027 – 12 heures",
    ),
    (
        "bids-due",
        "Les soumissionnaires remettent leur offre avant le 3 mars 2027 à midi.",
    ),
    (
        "questions-due",
        "Les candidats peuvent poser des questions jusqu’au 2 janvier 2027.",
    ),
    ("start", "Le démarrage des prestations est fixé au 1er avril 2027."),
    ("start", "Date de début des prestations : 01/04/2027"),
    ("duration", "La durée du contrat est de 36 mois."),
    ("duration", "Durée du marché : 2 ans"),
    ("duration", "Le marché court sur une période de vingt-quatre mois."),
    ("duration", "Le présent marché est conclu pour trois années."),
    (
        "duration",
        "L’accord-cadre a une durée de 18 mois à compter de l’ordre de service.",
    ),
    (
        "total-duration",
        "La durée maximale de l’accord-cadre, toutes reconductions comprises, est de "
        "36 mois.",
    ),
    ("renewals", "L’accord-cadre pourra être reconduit 2 fois."),
    ("renewals", "Il peut être renouvelé une fois par décision expresse."),
    ("renewals", "Nombre de reconductions : 2"),
    ("renewal-period", "Chaque période de reconduction dure six mois."),
    ("renewal-form", "La reconduction du marché est expresse."),
    ("lots", "La consultation comporte 5 lots."),
    ("lots", "L’opération est divisée en deux (2) lots."),
    ("lots", "Le présent marché est un marché unique."),
    ("lots-known", "Le titulaire du lot 5 coordonne les interventions."),
    ("lot-titles", "Lot n° 2 - Lycées de la plaine"),
    ("maximum", "Les commandes ne pourront excéder 5 000 000 € HT."),
    ("maximum", "Montant maximum : 3,5 millions d’euros HT"),
    (
        "minimum",
        "L’accord-cadre est conclu avec un minimum de 100 000 € HT et un maximum de 4 "
        "800 000 € HT.",
    ),
    (
        "penalty",
        "Tout retard dans l’exécution donne lieu à une pénalité de 300 € par jour "
        "calendaire.",
    ),
    ("penalty", "Pénalités de retard : 100 €/jour"),
    ("advance", "Il n’est pas prévu d’avance."),
    ("advance", "Le titulaire ne bénéficie d’aucune avance."),
    ("retention", "Il est appliqué une retenue de garantie au taux de 5 %."),
    (
        "payment",
        "Le paiement s’effectue dans un délai maximum de 50 jours à réception de "
        "facture.",
    ),
    ("offer-validity", "Durée de validité des offres : 90 jours"),
    (
        "offer-validity",
        "Le délai pendant lequel les candidats sont tenus par leur offre est de 150 "
        "jours.",
    ),
    ("turnover", "Chiffre d’affaires annuel minimum exigé : 900 000 € HT."),
    ("insertion", "Un volume de 5000 heures d’insertion est imposé."),
    (
        "criteria",
        "Prix des prestations : 55 %, valeur technique : 25 %, performance "
        "environnementale : 20 % (critères de jugement).",
    ),
    ("ccag", "Le CCAG Travaux s’applique au présent marché."),
    ("ccag", "Les documents applicables sont le CCAG TIC et le présent CCTP."),
    ("ccag-version", "CCAG-FCS (arrêté du 19/01/2009)"),
    ("price-form", "La rémunération est forfaitaire et globale."),
    ("price-form", "Les prestations sont rémunérées par un prix forfaitaire."),
    ("price-variation", "Les prix du marché sont fermes pour toute sa durée."),
    ("variants", "Les candidats peuvent présenter des variantes."),
    ("variants", "La présentation de variantes est autorisée."),
    ("site-visit", "La visite n’est pas obligatoire."),
    ("site-visit", "Aucune visite n’est prévue."),
    ("subcontracting", "Le titulaire ne peut recourir à la sous-traitance."),
    ("subcontracting", "Il est interdit de sous-traiter les prestations."),
    ("holders", "L’accord-cadre est conclu avec trois titulaires."),
    ("currency", "L’unité monétaire du marché est le dollar."),
    ("tax", "Les prix unitaires sont exprimés TTC."),
    ("buyer", "Maître d’ouvrage : Commune de Montclar"),
    ("reference", "Consultation n° 2025-0042"),
    ("cpv", "Code CPV : 77310000"),
    ("annexes", "Voir l’annexe n° 4 pour les fréquences."),
    ("annexes", "Les fréquences sont données à l’annexe B."),
)
