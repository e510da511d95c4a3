"""Asking the questions of a recording one after another, and saving each answer before the next is put."""

from collections.abc import Callable

from pbpmaturity.analysis.gaps import gaps
from pbpmaturity.analysis.movement import movement
from pbpmaturity.cli import keyboard
from pbpmaturity.cli.advice import command as pbp_command
from pbpmaturity.cli.assessing import commands, course
from pbpmaturity.cli.assessing.before import Quit, say
from pbpmaturity.cli.assessing.commands import Command, command_in, text_meant
from pbpmaturity.cli.assessing.question import Question, Taken, doubt
from pbpmaturity.cli.assessing.questions import QUESTIONS
from pbpmaturity.cli.assessing.reading import NotUnderstood, theme_of
from pbpmaturity.cli.assessing.recording import Recording
from pbpmaturity.cli.assessing.whole import when_agreed
from pbpmaturity.cli.output import shown_path, tell
from pbpmaturity.diagnostics.suggest import quoted
from pbpmaturity.diagnostics.visible import one_line, visible
from pbpmaturity.model.draft import Position
from pbpmaturity.report import words, workshop
from pbpmaturity.report.terminal import diff_text, show_text
from pbpmaturity.report.view import view_of

_ALWAYS = "back, skip, jump, progress, help, quit"
_DOUBT = (
    "{} looks like {}, and a file holds roles and organisations only. Write it again; or type yes to keep it as it is."
)


def first_question(recording: Recording, *, is_dated: bool) -> Position | None:
    """Return the question to begin with: the date of one that has none yet, else where the recording stopped."""
    if not is_dated:
        return Position("date")
    is_begun = any(recording.is_recorded(theme) for theme in recording.matrix.theme_ids)
    is_new = not recording.file.is_saved or not (is_begun or recording.is_change)
    if is_new and recording.file.position is None and recording.assessment.method is None:
        return Position("method")
    return course.first(recording)


def hold(recording: Recording, first: Position | None, *, has_answers: bool) -> None:
    """Ask all questions from one on; Quit, keyboard.Ended or KeyboardInterrupt if somebody stops before the end.

    `has_answers` says that options or a file brought some, which are saved first.
    """
    conversation = _Conversation(recording)
    conversation.open()
    if has_answers:
        recording.save(first)
    last, next_ = None, first
    while next_ is not None:
        last, next_ = next_, conversation.asked(next_)
    if last == Position("agreed-minute"):  # the last of what there is to say of an agreement
        recording.take(when_agreed(recording.assessment))
    recording.save(None)
    conversation.close()


def how_to_go_on(recording: Recording | None) -> str:
    """Return where the answers are, and the command that goes on with them."""
    if recording is None or not recording.file.is_saved:
        return "Nothing was recorded yet."
    path = shown_path(recording.file.path)
    if recording.is_change:
        return f"All answers so far are in {path}."
    name = f"{recording.assessment.place}@{recording.assessment.date}"
    return f"All answers so far are in {path}. To go on at this question: {pbp_command('assess', name, '--resume')}"


class _Conversation:
    """The questions as they are put: what is on the screen already, and which way was taken."""

    def __init__(self, recording: Recording) -> None:
        self._recording = recording
        self._way: list[Position] = []
        self._theme_on_screen: str | None = None
        self._knows_why = False

    def open(self) -> None:
        """Say what is recorded, and what can be typed at every question."""
        recording = self._recording
        themes = len(recording.matrix.themes)
        nothing_to_come = not any(recording.is_to_come(theme) for theme in recording.matrix.theme_ids)
        all_there = " Every theme has its answer; jump takes you to one." if nothing_to_come else ""
        say(
            f"{visible(recording.place_name)}, {visible(recording.matrix.title)} ({recording.matrix.ref}), {themes}"
            f" {'theme' if themes == 1 else 'themes'}. Each answer is saved at once. At every question you can type:"
            f" {_ALWAYS}.{'' if recording.only_theme else all_there}"
        )

    def close(self) -> None:
        """Say what came of it, and what to do next."""
        recording = self._recording
        name = f"{recording.assessment.place}@{recording.assessment.date}"
        if recording.is_change:
            say(f"Saved in {shown_path(recording.file.path)}. See it with: {pbp_command('show', name)}")
            return
        say(visible(words.agreement(recording.assessment)))
        say(f"Saved in {shown_path(recording.file.path)}.")
        say(f"Next: pbp validate, then pbp show {name} or pbp report {name} -o report.html")

    def asked(self, position: Position) -> Position | None:
        """Put a question until it is answered or left; return the next, None after the last."""
        question = QUESTIONS[position.question]
        self._set_the_scene(position)
        self._put(question, position)
        doubted: str | None = None
        while True:
            text = keyboard.ask(is_prose=question.takes == "prose")
            try:
                command = command_in(text, self._recording.matrix)
                if command is not None:
                    went = self._obeyed(command, position)
                    if went != position:
                        return went
                    if command.word == commands.JUMP:
                        self._set_the_scene(position)  # to the theme that is on the screen: it is shown again
                    self._put(question, position)
                    continue
                if doubted and text.lower() in ("y", "yes"):
                    text = doubted
                elif looks_like := doubt(self._recording, question, text):
                    doubted = text
                    say(_DOUBT.format(quoted(text), looks_like))
                    continue
                return self._moved_on(position, self._taken(question, position, text))
            except NotUnderstood as error:
                say(str(error))

    def _taken(self, question: Question, position: Position, text: str) -> Taken:
        """Return what an answer leads to; NotUnderstood if it cannot be one."""
        recording = self._recording
        now, offered = question.now(recording, position), question.offers(recording, position)
        if text == "-":
            if now is None:
                raise NotUnderstood("There is nothing recorded here that could be taken out.")
            if question.clears is None:
                raise NotUnderstood("What is recorded here can be changed, but not taken out.")
            return question.clears(recording, position)
        if text:
            return question.answered(recording, position, text_meant(text))
        needed = question.needs(recording, position)
        if needed and (now is None or self._is_of_another_stage(position)) and offered is None:
            raise NotUnderstood(needed)
        return Taken(recording.assessment) if offered is None else question.answered(recording, position, offered)

    def _is_of_another_stage(self, position: Position) -> bool:
        return position.question == "rationale" and position.theme in self._recording.rejudged

    def _moved_on(self, position: Position, taken: Taken) -> Position | None:
        recording = self._recording
        recording.take(taken.assessment)
        if position.question == "stage":
            recording.passed_over.add(position.theme)  # it has had its turn
        next_ = None if taken.is_last else taken.go_to or course.following(recording, position)
        recording.save(next_)
        self._way.append(position)
        if taken.says:
            say(taken.says)
        if position.question == "stage":
            self._show_views(position)
        if position.question == "stage" and not recording.shows_last_first:
            self._show_last_time(position)
        if position.question == "criterion" and (next_ is None or next_.question not in ("criterion", "keep")):
            self._say_what_criteria_support(position)
        return next_

    def _say_what_criteria_support(self, position: Position) -> None:
        support = self._recording.support(position)
        if support is not None:
            say(f"{visible(words.criteria(support, self._recording.matrix))}.")

    def _obeyed(self, command: Command, position: Position) -> Position | None:
        """Do what was asked for; return the question to go to, which is the same one where it is to be put again."""
        if command.word == commands.QUIT:
            raise Quit
        if command.word == commands.HELP:
            say("\n".join([f"Accepted here: {QUESTIONS[position.question].accepts}.", *commands.HELP_LINES]))
        elif command.word == commands.PROGRESS:
            self._show(workshop.progress, self._recording.assessment, position.theme or None)
        elif position.question == "date" and not self._recording.file.is_saved:
            say("The date comes first: the file is called after it.")
        elif command.word == commands.BACK:
            return self._gone_back(position)
        elif command.word == commands.CRITERIA:
            return self._gone_to_criteria(position)
        elif command.word == commands.JUMP:
            return self._jumped(command.theme, position)
        else:
            return self._passed_over(position)
        return position

    def _gone_back(self, position: Position) -> Position:
        while self._way and not course.is_asked(self._recording, self._way[-1]):
            self._way.pop()  # what it was about has been taken out since
        before = self._way.pop() if self._way else course.preceding(self._recording, position)
        if before is None:
            say("This is the first question.")
            return position
        self._recording.save(before)
        return before

    def _passed_over(self, position: Position) -> Position | None:
        after = course.following(self._recording, position)
        if position.question == "status":
            after = None
        if position.question == "stage" and not self._recording.only_theme:
            self._recording.passed_over.add(position.theme)
            after = course.next_theme(self._recording, position.theme)
        self._recording.save(after)
        self._way.append(position)
        return after

    def _jumped(self, theme: str | None, position: Position) -> Position:
        if self._recording.only_theme:
            say("Only this theme is being changed. For another: quit, and name it with --theme.")
            return position
        theme = theme or self._theme_to_jump_to(position)
        if theme is None:
            return position
        self._recording.passed_over.discard(theme)
        self._way.append(position)
        there = Position("stage", theme)
        self._recording.save(there)
        return there

    def _theme_to_jump_to(self, position: Position) -> str | None:
        """Return the theme that somebody names; None if they would rather stay."""
        self._show(workshop.progress, self._recording.assessment, position.theme or None)
        while True:
            say("To which theme? Its number or name; Enter to stay.")
            answer = keyboard.ask()
            if answer.lower() in ("quit", "exit", "stop"):
                raise Quit
            if answer.lower() in ("", "back", "skip", "jump", "criteria"):
                return None
            if answer.lower() in ("help", "?", "progress"):
                continue
            try:
                return theme_of(answer.removeprefix("jump "), self._recording.matrix)
            except NotUnderstood as error:
                say(str(error))

    def _gone_to_criteria(self, position: Position) -> Position:
        recording = self._recording
        if not position.theme or not recording.theme(position).criterion_ids:
            say("There are no criteria to go through here.")
            return position
        recording.wants_criteria.add(position.theme)
        if not recording.is_rated(position):
            say("The criteria of this theme come after its stage.")
            return position
        self._way.append(position)
        there = Position("criterion", position.theme)
        recording.save(there)
        return there

    def _set_the_scene(self, position: Position) -> None:
        """Show what belongs to a question before it is put: its theme, or what the whole amounts to."""
        recording = self._recording
        if position.question == "status":
            self._show_what_came_of_it()
        is_new_theme = position.theme and position.theme != self._theme_on_screen
        if position.question == "stage" or is_new_theme:
            tell("")
            self._show(workshop.theme_card, position.theme)
            if recording.is_recorded(position.theme):
                tell("")
                self._show(workshop.said_so_far, recording.said(position))
            if recording.shows_views_first:
                self._show_views(position)
            if recording.shows_last_first:
                self._show_last_time(position)
        self._theme_on_screen = position.theme or None
        if position.question == "criterion" and not position.index:
            say("\nCriterion by criterion: 1 met, 2 partly met, 3 not met; Enter where nobody can say.")

    def _put(self, question: Question, position: Position) -> None:
        now, offered = question.now(self._recording, position), question.offers(self._recording, position)
        if now is not None and self._is_of_another_stage(position):
            hint = f"Recorded: {one_line(now)}\n(it is that of another stage; help for more)"
        elif now is not None:
            taken_out = ", - takes it out" if question.clears else ""
            hint = f"Recorded: {one_line(now)}\n(Enter keeps it{taken_out}; help for more)"
        elif offered is not None:
            hint = f"(Enter: {offered}; help for more)"
        elif question.needs(self._recording, position):
            hint = "(help for more)"
        else:
            hint = f"(Enter: {question.nothing}; help for more)"
        say(f"\n{question.asks(self._recording, position)}\n{hint}")

    def _show_last_time(self, position: Position) -> None:
        recording = self._recording
        if recording.last is None:
            self._say_why_there_is_no_last_time()
            return
        before = recording.said_last(position)
        if before is None:
            say(f"Last time ({recording.last.assessment.date.month_shown()}) the theme's stage was not published.")
            return
        self._show(workshop.last_time, before, recording.last.assessment.date, recording.steps(position))

    def _show_views(self, position: Position) -> None:
        self._show(workshop.views, self._recording.assessment, self._recording.views(position))

    def _say_why_there_is_no_last_time(self) -> None:
        date = self._recording.shelf.agreed_before(self._recording.assessment.date.text)
        if date is not None and not self._knows_why:
            say(f"What was said last time is not shown: {date} cannot be read, or uses another matrix.")
        self._knows_why = True

    def _show_what_came_of_it(self) -> None:
        recording, width, colour = self._recording, keyboard.width(), keyboard.is_colourful()
        tell("")
        if recording.last is not None:
            view = view_of(recording.filed, movement(recording.last, recording.filed))
            tell(diff_text(view, None, width=width, colour=colour))
        else:
            tell(show_text(view_of(recording.filed), width=width, colour=colour))
        self._show(workshop.missing, gaps(recording.filed, recording.last))

    def _show(self, screen: Callable[..., str], *values: object) -> None:
        text = screen(self._recording.matrix, *values, width=keyboard.width(), colour=keyboard.is_colourful())
        if text:
            tell(text.rstrip("\n"))
