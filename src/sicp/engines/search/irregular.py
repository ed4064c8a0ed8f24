"""Forms of one word that French stemming leaves apart: one group per line."""

GROUPS: tuple[tuple[str, ...], ...] = tuple(
    tuple(line.split())
    for line in """
    travail travaux travailler
    public publics publique publiques
    notifier notification notifié notifiée notifications
    exécuter exécution exécuté exécutée exécutoire
    résilier résiliation résilié résiliée
    nettoyer nettoyage nettoyé
    construire construction constructeur construit
    attribuer attribution attribué attributaire
    négocier négociation négocié
    publier publication publié publiée
    réviser révision révisé révisable
    réceptionner réception réceptionné
    sous-traiter sous-traitance
    fournir fourniture fournisseur
    acheter achat acheteur achats
    consulter consultation
    entretenir entretien
    livrer livraison livré
    modifier modification modifié
    prolonger prolongation
    reconduire reconduction reconduit
    rejeter rejet rejeté
    retirer retrait retiré
    déposer dépôt déposé
    payer paiement payé paye
    vérifier vérification
    rénover rénovation
    réhabiliter réhabilitation
    restaurer restauration
    assurer assurance
    étudier étude
    sélectionner sélection
    signer signature signé
    régulariser régularisation
    communal communaux
    local locaux
    national nationaux
    départemental départementaux
    régional régionaux
    général généraux
    social sociaux
    légal légaux
    initial initiaux
    principal principaux
    spécial spéciaux
    environnemental environnementaux
    matériel matériaux
    hôpital hôpitaux hospitalier
    canal canaux
    journal journaux
    bail baux
    signal signaux
    métal métaux
    végétal végétaux
    bref brève
    actif active
    définitif définitive
    neuf neuve neuves
    """.strip().splitlines()
)
