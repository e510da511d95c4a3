"""The third slide: what is next, and what the board is asked."""

from pbpmaturity.report.deck.content import Block, Slide, Table, blocks, flat_line
from pbpmaturity.report.paper import Paper
from pbpmaturity.report.progress_view import TargetView, TrackedActionView
from pbpmaturity.report.readiness_view import ReadinessTestView, ReadinessView
from pbpmaturity.report.theme_view import Cell
from pbpmaturity.report.view import AssessmentView

_MOST_FILES = 6


def next_slide(paper: Paper, version: str) -> Slide:
    """Return the slide on what is asked, actions, targets and readiness; its foot says what it was made of."""
    actions = paper.actions.next
    table = _actions(paper, actions) if actions else None
    return Slide(
        title="What is next, and what the board is asked" if paper.asks else "What is next",
        left=blocks(
            Block("The board is asked to", paper.asks, is_list=True, comes_first=True),
            *_tests(paper.readiness),
            _targets(paper.targets),
        ),
        right=(_heading(paper),) if table else blocks(_without_table(paper)),
        notes=_notes(paper, actions, version),
        table=table,
        foot=_made_of(paper.view, version),
    )


def _summary(paper: Paper) -> str:
    if _nothing_published(paper):
        return "Actions and targets were not published."
    if paper.actions.parts:
        return f"{paper.actions.summary[:1].upper()}{paper.actions.summary[1:]}"
    return "No action is recorded."


def _without_table(paper: Paper) -> Block:
    if _nothing_published(paper):
        return Block("Actions and targets", ("They were not published.",))
    return Block("Actions", (_summary(paper),))


def _nothing_published(paper: Paper) -> bool:
    """Say whether an assessment is known by its overall stage only, so that nobody knows its actions and targets."""
    return paper.view.is_stated and not paper.actions.parts and not paper.targets


def _heading(paper: Paper) -> Block:
    return Block(f"Actions: {paper.actions.summary.removesuffix('.')}", ())


def _actions(paper: Paper, actions: tuple[TrackedActionView, ...]) -> Table:
    has_owners = not paper.is_public and any(one.owner for one in actions)
    late = {id(one) for one in paper.actions.overdue}
    rows = []
    for one in actions:
        due = one.due or "No date"
        shown = f"{due} (overdue)" if id(one) in late else due
        said = (one.action, *([one.owner or "Not recorded"] if has_owners else []), shown)
        rows.append(tuple(Cell(flat_line(text), None) for text in said))
    ordered = "overdue ones first, then by due date" if late else "by due date"
    return Table(
        name="Next actions",
        description=f"Open actions, {ordered}.",
        heads=("Next action", *(("Owner",) if has_owners else ()), "Due"),
        rows=tuple(rows),
        rest="actions",
    )


def _targets(targets: tuple[TargetView, ...]) -> Block:
    """Return the targets still to be reached, those whose date is past first, without those that were replaced."""
    reached, unknown = (sum(one.result == result for one in targets) for result in ("reached", "not-known"))
    open_ = [one for one in targets if one.result == "not-reached"]
    ordered = [*(one for one in open_ if one.is_past), *(one for one in open_ if not one.is_past)]
    lines = tuple(f"{one.theme}: {_target(one)}" for one in ordered)
    counts = f"{reached or 'none'} reached, {len(lines) or 'none'} still to be reached"
    counts += f", of {unknown} not known" if unknown else ""
    if targets and not lines:
        return Block("Targets", (f"{counts[:1].upper()}{counts[1:]}.",))
    return Block(f"Targets: {counts}", lines, is_list=True)


def _target(one: TargetView) -> str:
    past = f" (now {one.now.words}, and the date is past)" if one.is_past and one.result == "not-reached" else ""
    return f"{_aim(one)}{past}"


def _aim(one: TargetView) -> str:
    return f"{one.target.words} by {one.by}" if one.by else one.target.words


def _aloud(one: TargetView) -> str:
    return f"Target for {one.theme}, set in {one.set_on}: {_aim(one)}. {one.standing}; now {one.now.words}."


def _tests(readiness: ReadinessView | None) -> tuple[Block, ...]:
    return tuple(_test(readiness, one) for one in readiness.tests) if readiness else ()


def _test(readiness: ReadinessView, test: ReadinessTestView) -> Block:
    results = list(dict.fromkeys(one.result for one in test.conditions))
    counts = "; ".join(f"{result} {sum(one.result == result for one in test.conditions)}" for result in results)
    named = {
        result: f"{result}: {'; '.join(one.name for one in test.conditions if one.result == result)}."
        for result in results
    }
    not_met = tuple(said for result, said in named.items() if result not in ("Met", "Attested"))
    about = f"{test.result}. Conditions: {counts}. {readiness.judged_on}"
    note = (test.note,) if test.note else ()
    end = (*note, readiness.closing)
    return Block(
        f"Readiness test: {flat_line(test.title)}",
        (about, *named.values(), *end),
        shorter=((about, *not_met, *end), (about, *end), (about, readiness.closing)),
    )


def _made_of(view: AssessmentView, version: str) -> str:
    """Return the last line; the hashes, and the names of very many files, are in the notes."""
    files = ", ".join(file.path for file in view.inputs)
    if len(view.inputs) > _MOST_FILES:
        return f"{_made(view, version, f'{len(view.inputs)} files')}; names and hashes in the notes."
    return f"{_made(view, version, files)}; hashes in the notes."


def _made(view: AssessmentView, version: str, files: str) -> str:
    return flat_line(
        f"Made by pbp {version} from {files}; matrix {view.matrix_ref}; rule for the overall stage: {view.rule}"
    )


def _notes(paper: Paper, actions: tuple[TrackedActionView, ...], version: str) -> tuple[str, ...]:
    readiness = paper.readiness
    tests = readiness.tests if readiness else ()
    hashed = ", ".join(f"{file.path} (SHA-256 {file.sha256})" for file in paper.view.inputs)
    return (
        *(f"The board is asked to {ask.rstrip('.')}." for ask in paper.asks),
        _summary(paper),
        *(f"{_said(one)}." for one in actions),
        *(_aloud(one) for one in paper.targets),
        *(readiness.banners if readiness else ()),
        *(readiness.about if readiness else ()),
        *(f"{test.title}: {test.result}. {test.note or ''}" for test in tests),
        *(f"{one.result}: {one.name}. {one.detail}" for test in tests for one in test.conditions),
        *([readiness.closing] if readiness else []),
        f"{_made(paper.view, version, hashed)}.",
    )


def _said(one: TrackedActionView) -> str:
    details = [one.theme, *([one.owner] if one.owner else []), f"due {one.due}" if one.due else "no date"]
    return f"{one.action} ({'; '.join(details)})"
