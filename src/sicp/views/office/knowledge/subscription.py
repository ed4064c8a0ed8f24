"""What a person follows: folders and themes, and the page that lists them."""

from typing import Any

import colander
from pyramid.httpexceptions import HTTPSeeOther
from pyramid.view import view_config

from sicp import permissions as p
from sicp.exceptions import InvalidInputError
from sicp.i18n import _
from sicp.interfaces.knowledge import IKnowledgeBase
from sicp.interfaces.knowledge import IKnowledgeFolder
from sicp.interfaces.knowledge import ISheet
from sicp.operations.knowledge.listing import theme_title
from sicp.operations.knowledge.subscription import folder_key
from sicp.operations.knowledge.subscription import follow_folder
from sicp.operations.knowledge.subscription import follow_theme
from sicp.operations.knowledge.subscription import is_following
from sicp.operations.knowledge.subscription import subscriptions_of
from sicp.operations.knowledge.subscription import theme_key
from sicp.operations.knowledge.subscription import unfollow
from sicp.views.office.knowledge.offer import ASIDE
from sicp.views.office.knowledge.offer import TOP
from sicp.views.office.knowledge.offer import offer
from sicp.views.office.knowledge.offer import part
from sicp.views.office.knowledge.wording import typed
from sicp.views.shared.forms import Button
from sicp.views.shared.forms import Form
from sicp.views.shared.forms import Text
from sicp.views.shared.forms import validate
from sicp.views.shared.layout import Action
from sicp.views.shared.layout import flash

_LONGEST_THEME = 80
_LONGEST_KEY = 300


@offer(IKnowledgeBase, rank=80, place=TOP)
def subscription_list_action(base: Any, request: Any) -> Any:
    """Offer what the person follows."""
    url = request.resource_url(base, "mes-abonnements")
    yield Action(_("my-subscriptions", default="Mes abonnements"), url)


@offer(IKnowledgeFolder, rank=80, place=TOP)
def follow_action(folder: Any, request: Any) -> Any:
    """Offer to follow a folder, or to follow it no more."""
    is_followed = is_following(request.site, folder_key(folder), request.actor)
    title = _UNFOLLOW if is_followed else _FOLLOW
    view = "ne-plus-suivre" if is_followed else "suivre"
    yield Action(title, request.resource_url(folder, view), method="post")


@part(ISheet, ASIDE, rank=60, template="templates/subscription/panel.pt")
def follow_panel(sheet: Any, request: Any) -> dict[str, Any] | None:
    """Offer to follow the folder of a sheet and its themes."""
    folder = sheet.__parent__
    followed = []
    if IKnowledgeFolder.providedBy(folder):
        followed.append(_line(sheet, folder.title, folder_key(folder), "", request))
    followed += [
        _line(sheet, theme, theme_key(theme), theme, request)
        for theme in sheet.shown.themes
    ]
    return {"lines": followed} if followed else None


@view_config(
    name="suivre",
    context=IKnowledgeFolder,
    permission=p.VIEW_KNOWLEDGE,
    request_method="POST",
)
def follow(context: Any, request: Any) -> Any:
    """Follow a folder."""
    follow_folder(context, actor=request.actor, now=request.now)
    flash(request, _followed(context.title))
    return HTTPSeeOther(request.resource_url(context))


@view_config(
    name="ne-plus-suivre",
    context=IKnowledgeFolder,
    permission=p.VIEW_KNOWLEDGE,
    request_method="POST",
)
def leave(context: Any, request: Any) -> Any:
    """Follow a folder no more."""
    unfollow(request.site, folder_key(context), actor=request.actor)
    flash(request, _left(context.title))
    return HTTPSeeOther(request.resource_url(context))


@view_config(
    name="suivre",
    context=ISheet,
    permission=p.VIEW_KNOWLEDGE,
    request_method="POST",
)
def follow_from_sheet(context: Any, request: Any) -> Any:
    """Follow the folder of a sheet, or one of its themes."""
    theme = _theme_of(context, request)
    if theme:
        follow_theme(request.site, theme, actor=request.actor, now=request.now)
    else:
        follow_folder(context.__parent__, actor=request.actor, now=request.now)
    flash(request, _followed(theme or context.__parent__.title))
    return HTTPSeeOther(request.resource_url(context))


@view_config(
    name="ne-plus-suivre",
    context=ISheet,
    permission=p.VIEW_KNOWLEDGE,
    request_method="POST",
)
def leave_from_sheet(context: Any, request: Any) -> Any:
    """Follow the folder of a sheet, or one of its themes, no more."""
    theme = _theme_of(context, request)
    key = theme_key(theme) if theme else folder_key(context.__parent__)
    unfollow(request.site, key, actor=request.actor)
    flash(request, _left(theme or context.__parent__.title))
    return HTTPSeeOther(request.resource_url(context))


@view_config(
    name="ne-plus-suivre",
    context=IKnowledgeBase,
    permission=p.VIEW_KNOWLEDGE,
    request_method="POST",
)
def leave_one(context: Any, request: Any) -> Any:
    """Follow something no more, by its key."""
    key = typed(request, "key", _LONGEST_KEY)
    if not is_following(request.site, key, request.actor):
        raise InvalidInputError(
            _("subscription-unknown", default="Vous ne suivez rien de tel."), "key"
        )
    unfollow(request.site, key, actor=request.actor)
    flash(request, _("subscription-left-one", default="Vous ne le suivez plus."))
    return HTTPSeeOther(request.resource_url(context, "mes-abonnements"))


@view_config(
    name="mes-abonnements",
    context=IKnowledgeBase,
    permission=p.VIEW_KNOWLEDGE,
    renderer="templates/subscription/show_all.pt",
)
def show_all(context: Any, request: Any) -> Any:
    """List what the person follows; follow one more theme."""
    form = _theme_form(context, request)
    if request.method == "POST":
        values = validate(form, request.POST)
        if values is not None:
            try:
                follow_theme(
                    request.site,
                    values["theme"],
                    actor=request.actor,
                    now=request.now,
                )
            except InvalidInputError as error:
                form.refuse(error.message, error.field)
            else:
                flash(request, _followed(values["theme"]))
                return HTTPSeeOther(request.resource_url(context, "mes-abonnements"))
    request.layout.show(_("my-subscriptions", default="Mes abonnements"))
    return {
        "lines": [
            _listed(subscription, context, request)
            for subscription in subscriptions_of(request.site, request.actor)
        ],
        "form": form.render(),
        "leave_url": request.resource_url(context, "ne-plus-suivre"),
    }


def _listed(subscription: Any, base: Any, request: Any) -> dict[str, Any]:
    folder = subscription.folder
    if folder is not None:
        url, kind = request.resource_url(folder), _FOLDER
        title = folder.title
    else:
        theme = subscription.title
        url = request.resource_url(base, query={"theme": theme})
        title, kind = theme_title(request.site, request.shelves.tokens, theme), _THEME
    return {"title": title, "url": url, "kind": kind, "key": subscription.key}


def _line(sheet: Any, title: str, key: str, theme: str, request: Any) -> dict[str, Any]:
    is_followed = is_following(request.site, key, request.actor)
    view = "ne-plus-suivre" if is_followed else "suivre"
    return {
        "title": title,
        "kind": _THEME if theme else _FOLDER,
        "is_followed": is_followed,
        "url": request.resource_url(sheet, view),
        "theme": theme,
    }


def _theme_of(sheet: Any, request: Any) -> str:
    """Return the theme that was chosen among those of a sheet, empty for its folder.

    Raises:
        InvalidInputError: the sheet has no such theme.
    """
    theme = typed(request, "theme", _LONGEST_THEME)
    if "theme" in request.POST and theme not in sheet.shown.themes:
        raise InvalidInputError(
            _("theme-not-here", default="Cette fiche ne porte pas ce thème."), "theme"
        )
    return theme


def _theme_form(base: Any, request: Any) -> Form:
    theme = colander.SchemaNode(
        Text(_LONGEST_THEME),
        name="theme",
        title=_("subscription-theme", default="Suivre un thème"),
        description=_(
            "subscription-theme-help",
            default="Un courriel part à chaque fiche publiée sur ce thème.",
        ),
    )
    return Form(
        colander.SchemaNode(colander.Mapping(), theme),
        request,
        formid="theme",
        marks_optional=False,
        action=request.resource_url(base, "mes-abonnements"),
        warns_unsaved=False,
        buttons=[Button("follow", _("subscription-follow", default="Suivre"))],
    )


def _followed(title: str) -> str:
    return _(
        "subscription-followed",
        default="Vous suivez « ${title} » : un courriel dira ce qui y est publié.",
        mapping={"title": title},
    )


def _left(title: str) -> str:
    return _(
        "subscription-left",
        default="Vous ne suivez plus « ${title} ».",
        mapping={"title": title},
    )


_FOLLOW = _("folder-follow", default="Suivre ce dossier")
_UNFOLLOW = _("folder-unfollow", default="Ne plus suivre")
_FOLDER = _("subscription-folder", default="Dossier")
_THEME = _("subscription-theme-kind", default="Thème")
