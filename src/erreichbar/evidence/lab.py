"""What would happen if the office were reached in another way: choose, let it run, compare. No page of it is about a person."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from erreichbar import access
from erreichbar.access import AccessModel
from erreichbar.centre import queries
from erreichbar.evidence import runs
from erreichbar.evidence.runs import Question, Run, State
from erreichbar.evidence.seeing import for_roles
from erreichbar.lab.experiment.result import Comparison
from erreichbar.lab.office import NAMES as OFFICES
from erreichbar.lab.report import page as report
from erreichbar.lab.report import tables, words
from erreichbar.record.words import Role

SEEN_BY = (Role.TEAM_LEADER, Role.MANAGER, Role.AUDITOR)
OURS = "office.toml"
"""The office file in force, where it can be simulated; ``MODEL`` the access model in force, where it is no preset."""
MODEL = "model.toml"
MOST_DAYS, MOST_MODELS, MOST_SEED = 366, 10, 2**31
FEWEST = 30
"""So many replications at least, where a precision is wished for (``lab.statistics.Stopping``)."""
WISHES: dict[str, tuple[tuple[str, str], Promise]] = {
    "look": (("--replications", "10"), lazy("a first look: 10 replications")),
    "5": (("--precision", "5%"), lazy("each figure to 5 %")),
    "2": (("--precision", "2%"), lazy("each figure to 2 %")),
    "1": (("--precision", "1%"), lazy("each figure to 1 % (long)")),
}


@require_http_methods(["GET", "POST"])
@for_roles(*SEEN_BY)
def page(request: HttpRequest) -> HttpResponse:
    """Show what can be asked and what was asked before; start a run of what is asked."""
    choices = _models()
    given: Mapping[str, Any] = {
        "office": OFFICES[0], "models": list(choices)[:2], "baseline": next(iter(choices)), "days": "120", "wish": "look", "seed": "1",
    }  # fmt: skip
    faults: list[str] = []
    if request.method == "POST":
        names = ("office", "baseline", "days", "wish", "seed")
        given = {name: request.POST.get(name, "") for name in names} | {"models": request.POST.getlist("model")}
        faults, question = _asked(given, choices)
        if question is not None:
            try:
                return redirect("evidence:lab_run", runs.start(question))
            except runs.Busy as busy:
                faults = [_("Another comparison is running. Please wait until it is done, or stop it.")]
                given = {**given, "busy": busy.id}
    context = {
        "installed": runs.is_installed(),
        "faults": faults,
        "given": given,
        "offices": [(name, _office_name(name)) for name in _offices()],
        "models": [(name, model.title.in_(_language())) for name, model in choices.items()],
        "wishes": [(name, said) for name, (_option, said) in WISHES.items()],
        "most_days": MOST_DAYS,
        "before": [_before(one, choices) for one in runs.runs()],
    }
    return render(request, "evidence/lab.html", context, status=422 if faults else 200)


@require_GET
@for_roles(*SEEN_BY)
def run(request: HttpRequest, id: str) -> HttpResponse:
    """Show a run: how far it is, and what it has found so far."""
    return render(request, "evidence/lab_run.html", _shown(_run(id)))


@require_GET
@for_roles(*SEEN_BY)
def now(request: HttpRequest, id: str) -> HttpResponse:
    """Show a run anew, or say that it is as it was (204)."""
    one = _run(id)
    if request.GET.get("seen") == one.seen():
        return HttpResponse(status=204)
    return render(request, "evidence/lab_now.html", _shown(one))


@require_POST
@for_roles(*SEEN_BY)
def stop(_request: HttpRequest, id: str) -> HttpResponse:
    """Stop a run; what it has found stays."""
    runs.stop(_run(id).id)
    return redirect("evidence:lab_run", id)


@require_GET
@for_roles(*SEEN_BY)
def file(_request: HttpRequest, id: str, name: str) -> HttpResponse:
    """Hand over a file of a run: its result (JSON, CSV, one page), or what it was asked with."""
    one = _run(id)
    found = one.found() if one.state is State.DONE else None
    if found is not None and name == "result.csv":
        return _attached(tables.as_csv(found), "text/csv; charset=utf-8", name)
    if found is not None and name == "result.html":
        return _attached(report.html(found, _language()), "text/html; charset=utf-8", name)
    path = runs.file_of(one, name)
    if path is None:
        raise Http404
    return _attached(path.read_bytes(), "application/octet-stream", name)


def _attached(content: str | bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(content, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _run(id: str) -> Run:
    one = runs.run(id)
    if one is None:
        raise Http404
    return one


def _shown(one: Run) -> dict[str, Any]:
    found = one.found()
    return {
        "run": one,
        "is_running": one.state is State.RUNNING,
        "is_done": one.state is State.DONE,
        "refused": one.refused() if one.state is State.FAILED else "",
        "seen": one.seen(),
        "claims": report.CLAIMS.in_(_language()),
        **(_found(one, found) if found else {}),
    }


def _found(one: Run, found: Comparison) -> dict[str, Any]:
    language = _language()
    option, value = one.question.wish
    return {
        "found": found,
        "wished": int(value) if option == "--replications" else max(FEWEST, found.replications),
        "parts": report.parts(found, language),
        "assumptions": tables.assumptions(found, language),
        "assumed": sum(row.source == tables.ASSUMED for row in found.assumptions),
        "missing": tables.unknown(found, language),
        "missing_head": tables.UNKNOWN.in_(language),
        "again": report.run(found, language),
        "command": "erreichbar " + " ".join(one.question.arguments()),
        "files": ["result.json", "result.csv", "result.html", *(name for name, _text in one.question.files)],
    }


def _asked(given: Mapping[str, Any], choices: Mapping[str, AccessModel]) -> tuple[list[str], Question | None]:
    """Return what is wrong (field, value, what would be possible), or the question."""
    faults = []
    if given["office"] not in _offices():
        faults.append(_("Office: there is no “%(value)s” to choose.") % {"value": given["office"]})
    unknown = [name for name in (given["baseline"], *given["models"]) if name not in choices]
    faults += [_("Access models: there is no “%(value)s” to choose.") % {"value": name} for name in unknown]
    models = (given["baseline"], *(name for name in choices if name in given["models"] and name != given["baseline"]))
    if len(models) > MOST_MODELS:
        faults.append(_("Access models: at most %(most)s can be told apart in a picture.") % {"most": MOST_MODELS})
    days = _whole(given["days"], 1, MOST_DAYS)
    if days is None:
        said = _("Days: “%(value)s” is none of the numbers from 1 to %(most)s.")
        faults.append(said % {"value": given["days"], "most": MOST_DAYS})
    seed = _whole(given["seed"], 0, MOST_SEED)
    if seed is None:
        said = _("Seed: “%(value)s” is none of the numbers from 0 to %(most)s.")
        faults.append(said % {"value": given["seed"], "most": MOST_SEED})
    if given["wish"] not in WISHES:
        faults.append(_("Precision: there is no “%(value)s” to choose.") % {"value": given["wish"]})
    if faults or days is None or seed is None:
        return faults, None
    files = {OURS: queries.office_in_force().text} if given["office"] == OURS else {}
    if MODEL in models:
        files[MODEL] = choices[MODEL].text
    return [], Question(given["office"], models, days, WISHES[given["wish"]][0], seed, tuple(files.items()))


def _whole(text: str, least: int, most: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return None
    return int(text) if least <= int(text) <= most else None


def _offices() -> list[str]:
    return [*OFFICES, *([OURS] if "lab" in queries.office_in_force().sections else [])]


def _office_name(name: str) -> str:
    return words.OFFICES[name].in_(_language()) if name in words.OFFICES else _("This office, as in its file")


def _models() -> dict[str, AccessModel]:
    """Return the access models to choose from, the one in force first."""
    in_force, presets = queries.model_in_force(), {name: access.load(name) for name in access.names()}
    name = next((name for name, preset in presets.items() if preset.digest == in_force.digest), MODEL)
    return {name: in_force, **presets}


def _before(one: Run, choices: Mapping[str, AccessModel]) -> dict[str, Any]:
    titles = [choices[name].title.in_(_language()) if name in choices else name for name in one.question.models]
    return {
        "id": one.id,
        "state": one.state,
        "models": titles,
        "office": _office_name(one.question.office),
        "days": one.question.days,
    }


def _language() -> str:
    return "de" if (get_language() or "de").startswith("de") else "en"
