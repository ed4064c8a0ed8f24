"""The root of a site, and the services that every site has."""

from typing import Any

from persistent.mapping import PersistentMapping
from substanced.content import content
from substanced.interfaces import IRoot
from substanced.objectmap import ObjectMap
from zope.interface import implementer

from sicp.content_types.background import Background
from sicp.content_types.base import Container

#: The services of a site: name in the address, content type, French title.
SERVICES = (
    ("organisation", "Organisation", "Organisation"),
    ("utilisateurs", "Users", "Utilisateurs"),
    ("profils", "Profiles", "Profils"),
    ("consultations", "Consultations", "Procédures"),
    ("clausier", "ClauseLibrary", "Clausier"),
    ("canevas", "TemplateLibrary", "Canevas"),
    ("propositions", "Proposals", "Propositions"),
    ("publications", "Releases", "Publications du clausier"),
    ("connaissances", "KnowledgeBase", "Base de connaissances"),
    ("entreprises", "Companies", "Entreprises"),
    ("journal", "Journal", "Journal"),
)


@content("Root", after_create="after_create")
@implementer(IRoot)
class Site(Container):
    """The root of all content.

    ``business_catalog`` is the catalogue of lists and rights; ``sequences`` holds the
    counters of references; both are set when the site is made. ``background`` holds
    what waits to be done beside the pages, None as long as nothing ever did.
    """

    background: Background | None = None

    def __init__(self) -> None:
        super().__init__("SICP")
        self.sequences = PersistentMapping()
        self.business_catalog: Any = None

    def after_create(self, _inst: "Site", registry: Any) -> None:  # noqa: ANN401
        """Make the object map and the services."""
        self.__objectmap__ = ObjectMap(self)
        self.__objectmap__.add(self, ("",))
        for name, content_type, title in SERVICES:
            service = registry.content.create(content_type)
            service.title = title
            self.add(name, service, registry=registry)
