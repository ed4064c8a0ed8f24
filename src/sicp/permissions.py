"""Permissions: what a view asks for. A view without one is a fault."""

# Anyone, logged in or not
PUBLIC = "sicp.public"

# Everyone logged in
ENTER = "sicp.enter"

# Consultations
VIEW_CARD = "sicp.consultation.view_card"
VIEW_DETAIL = "sicp.consultation.view_detail"
CREATE_CONSULTATION = "sicp.consultation.create"
EDIT_FORM = "sicp.consultation.edit_form"
DRAFT_DOCUMENTS = "sicp.consultation.draft_documents"
BUNDLE_ADMINISTRATIVE = "sicp.consultation.bundle_administrative"
BUNDLE_TECHNICAL = "sicp.consultation.bundle_technical"
CHOOSE_SUPPORTS = "sicp.consultation.choose_supports"
PREPARE_NOTICE = "sicp.consultation.prepare_notice"
ADJUST = "sicp.consultation.adjust"
CHOOSE_CORRECTION_SUPPORTS = "sicp.consultation.choose_correction_supports"
PREPARE_CORRECTION = "sicp.consultation.prepare_correction"
FOLLOW_PUBLICITY = "sicp.consultation.follow_publicity"
RECORD_EXCHANGES = "sicp.consultation.record_exchanges"
SEND_LETTERS = "sicp.consultation.send_letters"
PREFILLED_DOCUMENTS = "sicp.consultation.prefilled_documents"
FOLLOW_UP = "sicp.consultation.follow_up"
DUPLICATE = "sicp.consultation.duplicate"
PLAN_CALENDAR = "sicp.consultation.plan_calendar"
UPDATE_CALENDAR = "sicp.consultation.update_calendar"
OPEN_APPLICATIONS = "sicp.consultation.open_applications"
ASK_COMPLEMENTS = "sicp.consultation.ask_complements"
RECOMMEND_APPLICATIONS = "sicp.consultation.recommend_applications"
REJECT_APPLICATIONS = "sicp.consultation.reject_applications"
VALIDATE_RECOMMENDATION = "sicp.consultation.validate_recommendation"
OPEN_BIDS = "sicp.consultation.open_bids"
RANK_BIDS = "sicp.consultation.rank_bids"
REGISTER_FOR_COMMISSION = "sicp.consultation.register_for_commission"
RECORD_AWARD = "sicp.consultation.record_award"
CHOOSE_AWARD_SUPPORTS = "sicp.consultation.choose_award_supports"
PREPARE_AWARD_NOTICE = "sicp.consultation.prepare_award_notice"
MANAGE_DELIBERATIONS = "sicp.consultation.manage_deliberations"
SPLIT_LOT = "sicp.consultation.split_lot"
ABANDON = "sicp.consultation.abandon"
CLOSE = "sicp.consultation.close"

# Clauses and templates
VIEW_LIBRARY = "sicp.clause.view"
EDIT_LIBRARY = "sicp.clause.edit"
VIEW_PROPOSALS = "sicp.clause.view_proposals"
VOTE_PROPOSALS = "sicp.clause.vote"
PUBLISH_LIBRARY = "sicp.clause.publish"

# Knowledge base
VIEW_KNOWLEDGE = "sicp.knowledge.view"
EDIT_KNOWLEDGE = "sicp.knowledge.edit"
PUBLISH_KNOWLEDGE = "sicp.knowledge.publish"
MANAGE_KNOWLEDGE = "sicp.knowledge.manage"

# Administration
VIEW_ADMINISTRATION = "sicp.administration.view"
VIEW_ORGANISATION = "sicp.organisation.view"
MANAGE_ORGANISATION = "sicp.organisation.manage"
VIEW_USERS = "sicp.user.view"
MANAGE_USERS = "sicp.user.manage"
ASSIGN_PROFILES = "sicp.user.assign"
VIEW_PROFILES = "sicp.profile.view"
MANAGE_PROFILES = "sicp.profile.manage"
SIMULATE = "sicp.user.simulate"
VIEW_JOURNAL = "sicp.journal.view"
IMPORT_DATA = "sicp.exchange.import"

# Companies
VIEW_COMPANIES = "sicp.company.view"
